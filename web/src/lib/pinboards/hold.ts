import type { Attachment } from 'svelte/attachments';
import type { Arranging } from './arranging.svelte';

type Grip = 'move' | 'resize';

/** How near to the edge of the window a held card makes the page scroll, and how fast. */
const edge = 56;
const speed = 14;

export type Hold = { id: string; dx: number; dy: number; grip: Grip };

/**
 * Lets a pointer carry or resize a card. The pointer stays with the element until it is let go;
 * Escape puts the card back.
 */
export function hold(
	id: string,
	grip: Grip,
	arranging: Arranging,
	grid: () => HTMLElement | undefined,
	held: (hold: Hold | undefined) => void
): Attachment<HTMLElement> {
	return (element) => {
		function start(down: PointerEvent) {
			const from = arranging.settled[id];
			const area = grid();
			if (down.button !== 0 || !from || !area) return;
			const target = down.target as Element;
			if (grip === 'move' && target.closest('[data-still]')) return;
			// A finger on a card scrolls the page; only on the grip it carries the card.
			const finger = down.pointerType === 'touch' && grip === 'move';
			if (finger && !target.closest('[data-grip]')) return;
			down.preventDefault();
			element.focus({ preventScroll: true });
			element.setPointerCapture(down.pointerId);
			const slot = slotSize(area, arranging.columns);
			const began = { x: down.clientX + scrollX, y: down.clientY + scrollY };
			let at = { x: down.clientX, y: down.clientY };
			let frame = 0;

			function follow() {
				const dx = at.x + scrollX - began.x;
				const dy = at.y + scrollY - began.y;
				const [x, y] = [Math.round(dx / slot.width), Math.round(dy / slot.height)];
				const box =
					grip === 'move'
						? { ...from!, x: from!.x + x, y: from!.y + y }
						: { ...from!, w: Math.min(from!.w + x, arranging.columns - from!.x), h: from!.h + y };
				arranging.carry(id, box);
				held({ id, dx, dy, grip });
			}
			function scroll() {
				const down = at.y > innerHeight - edge ? speed : at.y < edge ? -speed : 0;
				if (down) {
					window.scrollBy(0, down);
					follow();
				}
				frame = requestAnimationFrame(scroll);
			}
			function move(event: PointerEvent) {
				at = { x: event.clientX, y: event.clientY };
				follow();
			}
			function escape(event: KeyboardEvent) {
				if (event.key === 'Escape') end(false);
			}
			function end(keep: boolean) {
				cancelAnimationFrame(frame);
				element.removeEventListener('pointermove', move);
				element.removeEventListener('pointerup', drop);
				element.removeEventListener('pointercancel', lose);
				window.removeEventListener('keydown', escape, true);
				held(undefined);
				if (keep) arranging.putDown();
				else arranging.putBack();
			}
			const drop = () => end(true);
			const lose = () => end(false);

			element.addEventListener('pointermove', move);
			element.addEventListener('pointerup', drop);
			element.addEventListener('pointercancel', lose);
			window.addEventListener('keydown', escape, true);
			frame = requestAnimationFrame(scroll);
		}
		element.addEventListener('pointerdown', start);
		return () => element.removeEventListener('pointerdown', start);
	};
}

function slotSize(grid: HTMLElement, columns: number) {
	const style = getComputedStyle(grid);
	const rows = Number(style.getPropertyValue('--rows'));
	return { width: grid.clientWidth / columns, height: grid.clientHeight / rows };
}
