import { expect, test } from 'vitest';
import { screensOf } from './screens';

const box = (x: number, y: number, w: number, h: number) => ({ x, y, w, h });
const board = { a: box(0, 0, 6, 4), b: box(6, 0, 6, 2), c: box(6, 2, 6, 3), d: box(0, 5, 12, 2) };

test('a board that fits is one screen', () => {
	expect(screensOf(board, [], 9)).toEqual([{ layout: board, hidden: [], rows: 7 }]);
	expect(screensOf({}, [], 9)).toEqual([]);
});

test('a longer one is cut where no card is, and what lies below begins at the top', () => {
	const [first, second, ...more] = screensOf(board, [box(0, 7, 3, 1)], 6);
	expect(first?.layout).toEqual({ a: board.a, b: board.b, c: board.c });
	expect(second).toEqual({ layout: { d: box(0, 0, 12, 2) }, hidden: [box(0, 2, 3, 1)], rows: 3 });
	expect(more).toEqual([]);
});

test('rather than half a screen, rows are a little lower', () => {
	const low = { a: box(0, 0, 3, 2), b: box(0, 2, 6, 4), c: box(6, 2, 6, 2), d: box(6, 4, 6, 4), e: box(0, 6, 6, 4) };
	expect(screensOf(low, [], 8).map(({ rows }) => rows)).toEqual([10]);
	expect(screensOf(low, [], 6).map(({ rows }) => rows)).toEqual([2, 8]);
});

test('a card higher than the screen is whole, and rows without a card are left out', () => {
	const tall = { a: box(0, 3, 6, 12), b: box(0, 20, 3, 2) };
	expect(screensOf(tall, [], 6)).toEqual([
		{ layout: { a: box(0, 0, 6, 12) }, hidden: [], rows: 12 },
		{ layout: { b: box(0, 0, 3, 2) }, hidden: [], rows: 2 }
	]);
});
