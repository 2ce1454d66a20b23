import { expect, test } from 'vitest';
import { whoSees } from './who-sees';

const flags = { is_public: true, require_sign_in: false };

test('a private thing is for its people', () => {
	expect(whoSees('pins', { ...flags, is_public: false })).toMatch(/nobody else.*boards and pages/);
	expect(whoSees('pinboards', { ...flags, is_public: false })).toMatch(/nobody else.*also private ones/);
});

test('a public link that is over opens nothing', () => {
	expect(whoSees('pins', { ...flags, expires_at: 1000 }, 1000)).toMatch(/^The public link is over/);
	expect(whoSees('pins', { ...flags, expires_at: 1001 }, 1000)).toMatch(/^Everyone with the link/);
});

test('a public one for everyone, or for everyone who signs in', () => {
	expect(whoSees('pins', flags)).toBe('Everyone with the link sees this pin. Nobody but editors may change it.');
	expect(whoSees('pins', { ...flags, allow_edit: true })).toMatch(/Signed-in visitors may change it/);
	expect(whoSees('pages', { ...flags, require_sign_in: true })).toMatch(/^Everyone with the link and an account here sees this page/);
});
