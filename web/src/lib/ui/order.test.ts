import { expect, test } from 'vitest';
import { movedTo } from './order';

test('one goes to its place, the others close up', () => {
	expect(movedTo(['a', 'b', 'c'], 'a', 2)).toEqual(['b', 'c', 'a']);
	expect(movedTo(['a', 'b', 'c'], 'c', 0)).toEqual(['c', 'a', 'b']);
	expect(movedTo(['a', 'b', 'c'], 'b', -4)).toEqual(['b', 'a', 'c']);
	expect(movedTo(['a', 'b', 'c'], 'b', 9)).toEqual(['a', 'c', 'b']);
});
