import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { particulars, placeOf, told } from './told';

test('everything that the log may say has its sentence', () => {
	const page = readFileSync(join(import.meta.dirname, '../../../../../docs/using/audit.md'), 'utf8');
	const rows = page.split('\n').filter((line) => line.startsWith('| `'));
	const written = rows.flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`([a-z_.]+)`/g)].map(([, what]) => what));
	expect(written.length).toBeGreaterThan(30);
	expect(Object.keys(told).sort()).toEqual([...new Set(written)].sort());
});

test('particulars are words, and ids are left out', () => {
	const details = { is_public: true, allow_comments: false, user_id: 'usr_1', role: 'editor', scopes: ['pins:read'], expires_at: null };
	expect(particulars({ details })).toEqual(['public link on', 'comments off', 'as editor', 'pins:read']);
});

test('a thing is linked to while it may be there', () => {
	expect(placeOf({ what: 'pinboard.shared', thing_id: 'pb-000000000000' })).toBe('/boards/pb-000000000000');
	expect(placeOf({ what: 'pin.deleted', thing_id: 'p-000000000000' })).toBeUndefined();
	expect(placeOf({ what: 'key.created', thing_id: 'key_000000000000' })).toBeUndefined();
});
