import { expect, test } from 'vitest';
import { namesIn } from './names';

test('each part of the data by the name that shows it', () => {
	const data = { total: 12, 'Open rate': 0.4, rows: [{ shop: 'Harbour' }, { shop: 'Station' }], none: null };
	expect(namesIn('sales', data)).toEqual([
		{ path: 'sales', shows: '4 names' },
		{ path: 'sales.total', shows: '12' },
		{ path: 'sales["Open rate"]', shows: '0.4' },
		{ path: 'sales.rows', shows: 'a list of 2' },
		{ path: 'sales.rows[0]', shows: '1 name' },
		{ path: 'sales.rows[0].shop', shows: 'Harbour' },
		{ path: 'sales.none', shows: 'null' }
	]);
});

test('large and deep data is not listed to its end', () => {
	const wide = Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`n${at}`, at]));
	expect(namesIn('wide', wide)).toHaveLength(40);
	let deep: unknown = 1;
	for (let at = 0; at < 30; at++) deep = { in: deep };
	expect(namesIn('deep', deep)).toHaveLength(5);
});
