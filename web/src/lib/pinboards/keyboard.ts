import type { Arranging } from './arranging.svelte';
import type { Box } from './grid';

const steps: Record<string, [number, number]> = {
	ArrowLeft: [-1, 0],
	ArrowRight: [1, 0],
	ArrowUp: [0, -1],
	ArrowDown: [0, 1]
};

/**
 * A key pressed on a focused card: arrows move it, Shift and arrows resize it, Enter puts it
 * down, Escape puts it back, Delete takes it off the board. Says whether the key was one of these.
 */
export function pressed(
	event: KeyboardEvent,
	id: string,
	arranging: Arranging,
	take: (id: string) => void
): boolean {
	const step = steps[event.key];
	if (step && !event.ctrlKey && !event.metaKey && !event.altKey) {
		const [x, y] = step;
		arranging.nudge(id, event.shiftKey ? { w: x, h: y } : { x, y });
		return true;
	}
	switch (event.key) {
		case 'Enter':
			arranging.putDown();
			return true;
		case 'Escape':
			arranging.putBack();
			return true;
		case 'Delete':
		case 'Backspace':
			take(id);
			return true;
	}
	return false;
}

/** Where a card lies, for somebody who cannot see it. */
export function spoken(title: string, box: Box): string {
	return `${title}: column ${box.x + 1}, row ${box.y + 1}, ${box.w} wide, ${box.h} high`;
}
