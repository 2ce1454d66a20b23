import { expect, test } from 'vitest';
import cases from '../../../../contract/grid-cases.json';
import * as grid from './grid';
import type { Box, Layout } from './grid';

type Flat = [x: number, y: number, w: number, h: number];
type FlatLayout = Record<string, Flat>;

/** The rule by the name the shared cases give it, from and to what they are written in. */
const rule: Record<string, (...given: never[]) => unknown> = {
	size_of: (name: string, columns: number) => {
		const { w, h } = grid.sizeOf(name, columns);
		return [w, h];
	},
	problems: grid.problems,
	first_free: (layout: FlatLayout, [w, h]: [number, number], columns: number, below: number) =>
		flat(grid.firstFree(boxes(layout), { w, h }, columns, below)),
	place: (layout: FlatLayout, pinId: string, at: Flat, columns: number) =>
		written(grid.place(boxes(layout), pinId, box(at), columns)),
	patch: (layout: FlatLayout, named: FlatLayout, columns: number) =>
		written(grid.patch(boxes(layout), boxes(named), columns)),
	replace_all: (layout: FlatLayout, named: FlatLayout, columns: number) =>
		written(grid.replaceAll(boxes(layout), boxes(named), columns))
};

test.each(Object.keys(rule))('the same answers as the server: %s', (name) => {
	const mine = cases.filter(([of]) => of === name);
	expect(mine.length).toBeGreaterThan(10);
	for (const [, ...given] of mine) {
		const expected = given.pop();
		// As text, for the order of the pins is part of the answer.
		expect(JSON.stringify(rule[name]!(...(given as never[])))).toBe(JSON.stringify(expected));
	}
});

test('every shared case is of a function known here', () => {
	expect(new Set(cases.map(([name]) => name))).toEqual(new Set(Object.keys(rule)));
});

test('reading order is top to bottom, then left to right', () => {
	const layout = { c: box([0, 2, 3, 2]), b: box([3, 0, 3, 2]), a: box([0, 0, 3, 2]) };
	expect(grid.readingOrder(layout)).toEqual(['a', 'b', 'c']);
});

test('a removed pin leaves a gap and moves nothing', () => {
	const layout = { a: box([0, 0, 3, 2]), b: box([0, 2, 3, 2]) };
	expect(grid.remove(layout, 'a')).toEqual({ b: layout.b });
	expect(grid.remove(layout, 'z')).toEqual(layout);
});

test('what was given is not touched', () => {
	const layout = { a: box([0, 0, 3, 2]), b: box([0, 2, 3, 2]) };
	const before = structuredClone(layout);
	grid.place(layout, 'b', box([0, 0, 12, 8]), grid.DESKTOP);
	expect(layout).toEqual(before);
});

function box([x, y, w, h]: Flat): Box {
	return { x, y, w, h };
}

function boxes(layout: FlatLayout): Layout {
	return Object.fromEntries(Object.entries(layout).map(([pinId, at]) => [pinId, box(at)]));
}

function flat({ x, y, w, h }: Box): Flat {
	return [x, y, w, h];
}

function written(layout: Layout): FlatLayout {
	return Object.fromEntries(Object.entries(layout).map(([pinId, at]) => [pinId, flat(at)]));
}
