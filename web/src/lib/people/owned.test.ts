import { expect, test } from 'vitest';
import { inWords } from './owned';

test('what somebody has is said in words, and what they have not is not', () => {
	expect(inWords([12, 1, 0, 0, 4])).toBe('12 pins, 1 board and 4 keys');
	expect(inWords([0, 0, 1, 0, 0])).toBe('1 page');
	expect(inWords([0, 0, 0, 0, 0])).toBe('');
});
