import type { PinView } from '@pindown/client';
import { expect, test } from 'vitest';
import { whichPins } from './which';

const view = (id: string, title: string) => ({ id, title }) as PinView;
const rye = view('p-rye', 'Rye left');
const oven = view('p-oven', 'Oven 2');
const board = (revision: number, ...views: PinView[]) => ({ revision, pins: views.map(({ id }) => id), views });

test('which pins came and went is told by their titles', () => {
	expect(whichPins(board(1), board(2, rye))).toBe('Added “Rye left”');
	expect(whichPins(board(2, rye), board(3))).toBe('Took off “Rye left”');
	expect(whichPins(board(2, rye), board(3, oven))).toBe('Added “Oven 2”, took off “Rye left”');
	expect(whichPins(board(1), board(2, rye, oven))).toBe('Added 2 pins');
});

test('what the reader does not see has no title', () => {
	expect(whichPins(board(1), { revision: 2, pins: ['p-rye'], views: [] })).toBe('Added a pin');
});

test('nothing is made up where one of the two is not known, or something lies between them', () => {
	expect(whichPins(undefined, board(2, rye))).toBeUndefined();
	expect(whichPins(board(1), undefined)).toBeUndefined();
	expect(whichPins(board(1), board(3, rye))).toBeUndefined();
	expect(whichPins(board(1, rye), board(2, rye))).toBeUndefined();
});
