import { expect, test } from 'vitest';
import { readTable } from './csv';

test('cells are numbers, texts or nothing, by the names of the first line', () => {
	expect(readTable('day,sold,code\nMon,120,007\nTue,,"a, ""b"""\n')).toEqual({
		columns: ['day', 'sold', 'code'],
		rows: [
			{ day: 'Mon', sold: 120, code: '007' },
			{ day: 'Tue', sold: null, code: 'a, "b"' }
		]
	});
});

test('tabs and semicolons part cells too, and lines may end as on Windows', () => {
	expect(readTable('\uFEFFa\tb\r\n1\t2,5\r\n\r\n')).toEqual({ columns: ['a', 'b'], rows: [{ a: 1, b: '2,5' }] });
	expect(readTable('a;b\n"x\ny";-1.5')?.rows).toEqual([{ a: 'x\ny', b: -1.5 }]);
});

test('columns without a name, or with one twice, get one', () => {
	expect(readTable('a,,a\n1,2,3')?.columns).toEqual(['a', 'column_2', 'a_2']);
	expect(readTable('__proto__,b\n1,2')?.columns).toEqual(['__proto__', 'b']);
});

test('what has one line or one column is no table', () => {
	expect(readTable('only,a,head')).toBeUndefined();
	expect(readTable('just\nlines')).toBeUndefined();
	expect(readTable('')).toBeUndefined();
});
