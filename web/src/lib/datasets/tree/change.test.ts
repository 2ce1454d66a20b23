import { expect, test } from 'vitest';
import { grown, taken, typed } from './change';

test('a number stays a number as long as it is one', () => {
	expect(typed(12, '13.5')).toBe(13.5);
	expect(typed(12, 'none yet')).toBe('none yet');
	expect(typed(12, ' ')).toBe('');
	expect(typed(null, '7')).toBe(7);
	expect(typed(null, '')).toBeNull();
	expect(typed('12', '13')).toBe('13');
});

const sales = { total: 12, rows: [{ shop: 'Harbour', sold: 3, open: true }, { shop: 'Station', sold: 4, open: false }] };

test('a value is taken away, and what lies behind it in a list moves up', () => {
	expect(taken(sales, ['total'])).toEqual({ rows: sales.rows });
	expect(taken(sales, ['rows', 0])).toEqual({ total: 12, rows: [sales.rows[1]] });
	expect(taken(sales, ['rows', 1, 'sold'])).toEqual({ total: 12, rows: [sales.rows[0], { shop: 'Station', open: false }] });
	expect(sales.rows).toHaveLength(2);
});

test('a list grows by an empty item like its last', () => {
	expect(grown(sales, ['rows'])).toEqual({ total: 12, rows: [...sales.rows, { shop: '', sold: 0, open: false }] });
	expect(grown({ list: [] }, ['list'])).toEqual({ list: [''] });
	expect(grown([1], [])).toEqual([1, 0]);
	expect(grown(sales, ['total'])).toBe(sales);
});
