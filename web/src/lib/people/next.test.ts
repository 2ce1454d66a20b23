import { expect, test } from 'vitest';
import { ownPath } from './next';

test('leads back to where the reader was', () => {
	expect(ownPath('/boards/pb-a?x=1')).toBe('/boards/pb-a?x=1');
});

test.each([
	null,
	'',
	'https://evil.example/',
	'//evil.example',
	'/\\evil.example',
	'javascript:alert(1)',
	'/sign-in'
])('never leads away from us: %s', (wanted) => expect(ownPath(wanted)).toBe('/'));
