/**
 * The grid: where pins lie on a pinboard. Plain data in, plain data out.
 *
 * The same rule as the server's `pinboards/grid.py`; `contract/grid-cases.json` holds both to it.
 * A layout that comes out of here never overlaps, never leaves the grid, and lists its pins in
 * reading order: top to bottom, left to right. While something is dragged, place it on the layout
 * of when the drag began, and what it passed over moves back by itself.
 */

/** A rectangle of slots, counted from the upper left corner. */
export interface Box {
	x: number;
	y: number;
	w: number;
	h: number;
}

export type Layout = Record<string, Box>;
export type Size = Pick<Box, 'w' | 'h'>;

/** One thing that is wrong with a box: where, what, and what would fit. */
export interface Problem {
	field: string;
	message: string;
	expected: string;
}

export const DESKTOP = 12;
export const PHONE = 2;
export const TALLEST = 100;
/** 1,000 pins of the greatest height under one another, and still pixels that browsers can scroll. */
export const LOWEST = 100_000;

/** The slots of a pin of `columns x rows` cards, `4x4` for example. */
export function sizeOf(pinLayout: string, columns: number): Size {
	const [wide = 1, high = 1] = pinLayout.split('x').map(Number);
	return columns === PHONE ? { w: Math.min(wide, PHONE), h: high } : { w: wide * 3, h: high * 2 };
}

/** What keeps a box from the grid, by field; nothing if it may lie there. */
export function problems(box: { [field in keyof Box]?: unknown }, columns: number): Problem[] {
	const bounds = [
		['x', 0, columns - 1],
		['y', 0, LOWEST],
		['w', 1, columns],
		['h', 1, TALLEST]
	] as const;
	const found = bounds
		.filter(([field, least, most]) => !isWithin(box[field], least, most))
		.map(([field, least, most]) => ({
			field,
			message: `${field} must be a whole number from ${least} to ${most}`,
			expected: `${least}..${most}`
		}));
	if (found.length > 0) return found;
	const { x, w } = box as Box;
	if (x + w <= columns) return [];
	return [
		{ field: 'w', message: `x + w must not be more than ${columns} columns`, expected: `1..${columns - x}` }
	];
}

/** The ids, top to bottom and left to right. */
export function readingOrder(layout: Layout): string[] {
	return Object.entries(layout)
		.sort(([, a], [, b]) => a.y - b.y || a.x - b.x)
		.map(([pinId]) => pinId);
}

/** The first place in reading order where nothing lies yet, from the row `below` on. */
export function firstFree(layout: Layout, size: Size, columns: number, below = 0): Box {
	const taken = new Taken(columns);
	for (const box of Object.values(layout)) taken.take(box);
	return taken.firstFree(size, below);
}

/** Give a pin, new or known, exactly this box; what is in the way moves down. */
export function place(layout: Layout, pinId: string, box: Box, columns: number): Layout {
	return patch(layout, { [pinId]: box }, columns);
}

/**
 * Give pins their boxes, the first one first; what is in the way moves down.
 *
 * A named pin that collides with one named before it moves down too. The others move only if
 * something comes to lie on them, only down, only as far as needed, and the upper ones first.
 */
export function patch(layout: Layout, boxes: Layout, columns: number): Layout {
	const taken = new Taken(columns);
	const settled = settle(boxes, taken);
	return inReadingOrder({ ...settled, ...settle(without(layout, boxes), taken) });
}

/** Give pins their boxes, the first one first; the rest find a place under all of them. */
export function replaceAll(layout: Layout, boxes: Layout, columns: number): Layout {
	const taken = new Taken(columns);
	const settled = settle(boxes, taken);
	const bottom = Math.max(0, ...Object.values(settled).map((box) => box.y + box.h));
	for (const [pinId, size] of Object.entries(without(layout, boxes))) {
		const box = taken.firstFree(size, bottom);
		taken.take(box);
		settled[pinId] = box;
	}
	return inReadingOrder(settled);
}

/** The layout without the pin; its place stays empty, for nothing floats up by itself. */
export function remove(layout: Layout, pinId: string): Layout {
	return Object.fromEntries(Object.entries(layout).filter(([other]) => other !== pinId));
}

/** Which slots are taken: for each column a number whose bit `y` stands for its row `y`. */
class Taken {
	readonly #columns: bigint[];

	constructor(columns: number) {
		this.#columns = Array<bigint>(columns).fill(0n);
	}

	take({ x, y, w, h }: Box): void {
		const rows = ((1n << BigInt(h)) - 1n) << BigInt(y);
		for (let column = x; column < x + w; column++) this.#columns[column]! |= rows;
	}

	/** Take the box, moved down past whatever lies there. */
	settle({ x, y, w, h }: Box): Box {
		const across = this.#columns.slice(x, x + w).reduce((all, column) => all | column, 0n);
		const rows = (1n << BigInt(h)) - 1n;
		for (let hits = across & (rows << BigInt(y)); hits !== 0n; hits = across & (rows << BigInt(y))) {
			y = bitLength(hits); // the row under the lowest hit: all above it would hit it too
		}
		const settled = { x, y, w, h };
		this.take(settled);
		return settled;
	}

	/** The first place in reading order that fits, without taking it. */
	firstFree({ w, h }: Size, below: number): Box {
		const columns = this.#columns.map((column) => runs(~column, h));
		let first: Box | undefined;
		for (let x = 0; x + w <= columns.length; x++) {
			const fits = columns.slice(x, x + w).reduce((all, column) => all & column, -1n);
			const under = (fits >> BigInt(below)) << BigInt(below);
			const y = bitLength(under & -under) - 1;
			if (first === undefined || y < first.y) first = { x, y, w, h };
		}
		if (first === undefined) throw new RangeError(`${w} columns do not fit on ${columns.length}`);
		return first;
	}
}

/** The bits at which as many free rows begin one after another. */
function runs(free: bigint, length: number): bigint {
	let have = 1;
	while (have < length) {
		const step = Math.min(have, length - have);
		free &= free >> BigInt(step);
		have += step;
	}
	return free;
}

function bitLength(bits: bigint): number {
	return bits.toString(2).length;
}

function settle(boxes: Layout, taken: Taken): Layout {
	return Object.fromEntries(Object.entries(boxes).map(([pinId, box]) => [pinId, taken.settle(box)]));
}

function without(layout: Layout, named: Layout): Layout {
	return inReadingOrder(Object.fromEntries(Object.entries(layout).filter(([id]) => !Object.hasOwn(named, id))));
}

function inReadingOrder(layout: Layout): Layout {
	return Object.fromEntries(readingOrder(layout).map((pinId) => [pinId, layout[pinId]!]));
}

function isWithin(value: unknown, least: number, most: number): boolean {
	return Number.isInteger(value) && least <= (value as number) && (value as number) <= most;
}
