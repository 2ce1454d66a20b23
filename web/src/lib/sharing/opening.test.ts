import { expect, test } from 'vitest';
import { audience } from './opening';

const board = (isPublic: boolean) => ({ kind: 'pinboards' as const, id: 'pb-a', isPublic });

test('who a pin opens to, in words', () => {
	expect(audience(board(false), 0)).toBe('nobody else yet');
	expect(audience(board(false), 3)).toBe('3 people it is shared with');
	expect(audience(board(true), 0)).toBe('everyone with the link');
	expect(audience(board(true), 1)).toBe('everyone with the link, and one person');
});
