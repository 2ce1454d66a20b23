import type { Layout, Slot } from '@pindown/client';

/** What of a board stands on the screen at one time. Its places begin at row 0. */
export type Screen = { layout: Layout; hidden: Slot[]; rows: number };

/**
 * A board in screens of at most so many rows, one below the other. A screen ends where no card is cut;
 * a card that is higher than a screen has one of its own.
 */
export function screensOf(layout: Layout, hidden: readonly Slot[], most: number): Screen[] {
	const boxes = [...Object.values(layout), ...hidden];
	const end = Math.max(0, ...boxes.map(below));
	const screens: Screen[] = [];
	let from = Math.min(end, ...boxes.map(({ y }) => y));
	while (from < end) {
		const to = lastCut(boxes, from, most, end);
		screens.push(part(layout, hidden, from, to));
		// Rows where nothing lies are not shown by themselves.
		from = Math.min(end, ...boxes.map(({ y }) => y).filter((y) => y >= to));
	}
	return screens;
}

/** So many times the rows that fit well may be squeezed onto a screen. */
const squeezed = 1.5;

const below = ({ y, h }: Slot) => y + h;
const cuts = (boxes: readonly Slot[], row: number) => boxes.some((box) => box.y < row && below(box) > row);

/**
 * The row at which a screen that begins here ends: the last one that fits. Rather than a screen that is
 * half empty, one with rows a little lower.
 */
function lastCut(boxes: readonly Slot[], from: number, most: number, end: number): number {
	const free = (row: number) => row === end || !cuts(boxes, row);
	let fits = Math.min(end, from + most);
	while (fits > from && !free(fits)) fits--;
	if (fits === end || fits - from > most / 2) return fits;
	let next = from + most + 1;
	while (!free(next)) next++;
	return fits === from || next - from <= most * squeezed ? next : fits;
}

function part(layout: Layout, hidden: readonly Slot[], from: number, to: number): Screen {
	const inside = ({ y }: Slot) => y >= from && y < to;
	const raised = (box: Slot) => ({ ...box, y: box.y - from });
	const shown = Object.entries(layout).filter(([, box]) => inside(box));
	const places = hidden.filter(inside).map(raised);
	const here = Object.fromEntries(shown.map(([id, box]) => [id, raised(box)]));
	const rows = Math.max(...[...Object.values(here), ...places].map(below));
	return { layout: here, hidden: places, rows };
}
