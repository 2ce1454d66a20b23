import { expect, test } from 'vitest';
import { told } from './told';

test('what was done to a board is said in words', () => {
	expect(told('created')).toBe('Made the board');
	expect(told('layout')).toBe('Moved cards');
	expect(told('restored 12')).toBe('Went back to revision 12');
	expect(told('description, title')).toBe('Changed description and title');
	expect(told('is_public, require_sign_in')).toBe('Changed who sees it');
});

test('what a newer server says is not hidden', () => {
	expect(told('background')).toBe('Changed background');
});
