/** Marks what has changed, for a moment. */

import { untrack } from 'svelte';
import type { Attachment } from 'svelte/attachments';
import { prefersReducedMotion } from 'svelte/motion';

const MARK_MS = 1600;
const NEVER = Symbol('never drawn');

const MARKS = {
	wash: [{ backgroundColor: 'var(--pin-soft)' }, { backgroundColor: 'var(--pin-soft)', offset: 0.3 }, { backgroundColor: 'transparent' }],
	ink: [{ color: 'var(--pin)' }, { color: 'var(--pin)', offset: 0.3 }, {}]
};

/** Washes an element, or colours its ink, whenever `value` becomes another; not when it first appears. */
export function marked(value: () => unknown, mark: keyof typeof MARKS = 'wash'): Attachment<HTMLElement> {
	return (node) => {
		let before: unknown = NEVER;
		let running: Animation | undefined;
		$effect(() => {
			const now = value();
			if (before !== NEVER && now !== before && untrack(() => !prefersReducedMotion.current)) {
				running?.cancel();
				running = node.animate?.(MARKS[mark], { duration: MARK_MS, easing: 'ease-out' });
			}
			before = now;
		});
		return () => running?.cancel();
	};
}
