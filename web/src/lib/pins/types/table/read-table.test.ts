import { describe, expect, it } from 'vitest';
import { asCsv, cellOf, cellText, found, readTable, sorted, type Table } from './read-table';

const sales = readTable({
	columns: [
		{ id: 'product', label: 'Product', type: 'text' },
		{ id: 'sales', label: 'Sales', type: 'currency', unit: 'EUR' },
		{ id: 'vs', type: 'percent' }
	],
	rows: [
		{ product: 'Widget 10', sales: 1520.5, vs: '+3 %' },
		{ product: 'Widget 9', sales: 980, vs: '−8 %' },
		{ product: 'Bolt', sales: null, vs: null }
	]
});

const shownRows = (table: Table) => table.rows.map((row) => table.columns.map((column) => cellText(cellOf(row, column), column)));
const order = (table: Table, id: string, falls: boolean) => sorted(table.rows, table.columns.find((column) => column.id === id), falls).map((row) => row.key);

describe('reading a table', () => {
	it('gives a column of money the same decimals throughout', () => expect(shownRows(sales).map((cells) => cells[1])).toEqual(['€1,520.50', '€980.00', '']));
	it('infers columns, their words and their types from the rows', () => {
		const { columns } = readTable({ rows: [{ unitPrice: 3, is_live: true, at: '2026-11-22', page: 'https://a.example', name: 'Customer 7', trend: [1, 2] }] });
		expect(columns.map(({ label, type, align }) => [label, type, align])).toEqual([
			['Unit Price', 'number', 'right'], ['Is live', 'boolean', 'left'], ['At', 'date', 'left'], ['Page', 'link', 'left'], ['Name', 'text', 'left'], ['Trend', 'sparkline', 'left']
		]);
	});
	it('keeps the first of two columns with one id', () => expect(readTable({ columns: [{ id: 'a', label: 'One' }, { id: 'a' }, {}], rows: [] }).columns.map((column) => column.label)).toEqual(['One']));
	it('reads rows that are lists', () => expect(shownRows(readTable({ columns: ['a', 'b'], rows: [['x', 1]] }))).toEqual([['x', '1']]));
	it('shows nothing that every object has', () => expect(shownRows(readTable({ columns: [{ id: '__proto__' }, { id: 'toString' }], rows: [{ a: 1 }] }))).toEqual([['', '']]));
	it('knows a row by a cell that tells it from all others', () => expect(sales.rows.map((row) => row.key)).toEqual(['Widget 10', 'Widget 9', 'Bolt']));
	it.each([
		['sales', { id: 'sales', falls: false }], ['-sales', { id: 'sales', falls: true }], ['sales desc', { id: 'sales', falls: true }], [{ id: 'sales', direction: 'desc' }, { id: 'sales', falls: true }], ['nobody', undefined]
	])('sorts by %o', (sortBy, expected) => expect(readTable({ columns: ['sales'], rows: [], sortBy }).sortBy).toEqual(expected));
	it.each([undefined, null, 'text', 7, {}, { rows: 'none' }, { rows: [null, 7], columns: 'none' }])('has no columns in %o', (config) => expect(readTable(config).columns).toEqual([]));
});

describe('order', () => {
	it('is by size for figures, gaps last both ways', () => {
		expect(order(sales, 'sales', false)).toEqual(['Widget 9', 'Widget 10', 'Bolt']);
		expect(order(sales, 'sales', true)).toEqual(['Widget 10', 'Widget 9', 'Bolt']);
	});
	it('is natural for words', () => expect(order(sales, 'product', false)).toEqual(['Bolt', 'Widget 9', 'Widget 10']));
	it('reads signs of formatted text', () => expect(order(sales, 'vs', false)).toEqual(['Widget 9', 'Widget 10', 'Bolt']));
});

describe('finding and taking along', () => {
	it('wants every word, in any column', () => expect(found(sales.rows, sales.columns, 'widget 980').map((row) => row.key)).toEqual(['Widget 9']));
	it('writes plain numbers and quotes what needs it', () => {
		const table = readTable({ columns: ['a', 'b'], rows: [{ a: 'x, "y"', b: -3.5 }] });
		expect(asCsv(table.columns, table.rows)).toBe('A,B\r\n"x, ""y""",-3.5');
	});
	it('disarms what a spreadsheet would run', () => {
		const table = readTable({ columns: ['a'], rows: [{ a: '=HYPERLINK("//x")' }, { a: '@SUM(1)' }, { a: '+cmd' }] });
		expect(asCsv(table.columns, table.rows).split('\r\n').slice(1)).toEqual(['"\'=HYPERLINK(""//x"")"', "'@SUM(1)", "'+cmd"]);
	});
});
