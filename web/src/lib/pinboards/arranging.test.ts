import { expect, test } from 'vitest';
import type { Layout } from '@pindown/client';
import { Arranging, difference } from './arranging.svelte';

const start: Layout = {
	'p-a': { x: 0, y: 0, w: 3, h: 2 },
	'p-b': { x: 3, y: 0, w: 3, h: 2 }
};

/** A board that keeps what it is told, or refuses it. */
function arranging({ refuses = false } = {}) {
	const stored = { layout: start, mobile_layout: {} };
	const saved: Layout[] = [];
	const errors: unknown[] = [];
	const board = new Arranging(
		() => stored,
		async (which, changed) => {
			if (refuses) throw new Error('no');
			saved.push(changed);
			stored[which] = { ...stored[which], ...changed };
		},
		(error) => errors.push(error)
	);
	return { board, stored, saved, errors };
}

test('what is carried shows where it would lie, and is saved only when put down', async () => {
	const { board, saved } = arranging();
	board.nudge('p-a', { x: 1 });
	board.nudge('p-a', { x: 1 });
	expect(board.shown['p-a']).toEqual({ x: 2, y: 0, w: 3, h: 2 });
	expect(board.shown['p-b']).toEqual({ x: 3, y: 2, w: 3, h: 2 });
	await board.saved();
	expect(saved).toEqual([]);
	board.putDown();
	await board.saved();
	expect(saved).toEqual([{ 'p-a': { x: 2, y: 0, w: 3, h: 2 }, 'p-b': { x: 3, y: 2, w: 3, h: 2 } }]);
});

test('passing over a card leaves it where it was', () => {
	const { board } = arranging();
	board.nudge('p-a', { x: 3 });
	board.nudge('p-a', { x: 3 });
	expect(board.shown['p-b']).toEqual(start['p-b']);
});

test('Escape puts it back, and nothing can be carried off the grid', () => {
	const { board } = arranging();
	board.nudge('p-b', { x: 40, w: 40, y: -3 });
	expect(board.carried?.box).toEqual({ x: 0, y: 0, w: 12, h: 2 });
	board.putBack();
	expect(board.shown).toEqual(start);
});

test('undo goes back step by step and is saved too', async () => {
	const { board, stored } = arranging();
	board.nudge('p-a', { y: 4 });
	board.putDown();
	board.nudge('p-a', { w: 2 });
	board.putDown();
	board.undo();
	await board.saved();
	expect(stored.layout['p-a']).toEqual({ x: 0, y: 4, w: 3, h: 2 });
	board.undo();
	await board.saved();
	expect(stored.layout).toEqual(start);
	expect(board.canUndo).toBe(false);
});

test('a refused move is put back and said', async () => {
	const { board, errors } = arranging({ refuses: true });
	board.nudge('p-a', { y: 4 });
	board.putDown();
	expect(board.shown['p-a']?.y).toBe(4);
	await board.saved();
	expect(board.shown).toEqual(start);
	expect(errors).toHaveLength(1);
	expect(board.canUndo).toBe(false);
});

test('a difference names only what moved', () => {
	const after = { ...start, 'p-b': { x: 3, y: 5, w: 3, h: 2 } };
	expect(difference(start, after)).toEqual({ 'p-b': after['p-b'] });
	expect(difference(start, { ...start })).toEqual({});
});
