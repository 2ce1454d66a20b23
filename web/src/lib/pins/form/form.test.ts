import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Json } from '../written';
import { inserted, moved, put, removed } from './change';
import { blank, read, readWords, shown } from './entry';
import { byField } from './placing';
import { fieldsOf, isForm, shapeOf, type Schema } from './schema';

const folder = join(import.meta.dirname, '../../../../../contract/pin-types');
const types = readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Schema & { examples: Json[] });
const statCards = types.find(({ title }) => title === 'stat-cards') ?? {};
const figures = fieldsOf(statCards)[0]?.schema.items ?? {};
const figure = (name: string) => figures.properties?.[name] ?? {};

test('a field is what its value is, and what its schema says where there is none', () => {
	expect(shapeOf(figure('title'), 'Sales')).toBe('text');
	expect(shapeOf(figure('value'), 12)).toBe('figure');
	expect(shapeOf(figure('trend'), undefined)).toBe('choice');
	expect(shapeOf(figure('sparkline'), undefined)).toBe('words');
	expect(shapeOf(figure('sparkline'), 'auto')).toBe('text');
	expect(shapeOf(figure('sparkline'), [1, 'a, b'])).toBe('json');
	expect(shapeOf({ type: 'array', items: figures }, '{{sales.cards}}')).toBe('text');
	expect(shapeOf({ type: ['boolean', 'number', 'null'] }, 2)).toBe('figure');
	expect(shapeOf({ type: 'string', 'x-text': 'markdown' }, undefined)).toBe('long');
	expect(shapeOf({ type: 'array', items: { type: 'object' } }, Array(51).fill({}))).toBe('json');
	expect(shapeOf({}, { a: 1 })).toBe('json');
});

test.each(['alert-action', 'charts', 'embed', 'flexible-table', 'image', 'long-short-pie', 'score-gauge', 'stat-cards'])(
	'all that an example of %s says has a field',
	(title) => {
		const type = types.find((one) => one.title === title) ?? { examples: [] };
		const example = type.examples[0] as Record<string, Json>;
		const known = fieldsOf(type).filter(({ name }) => name in example);
		expect(known.map(({ name }) => name).sort()).toEqual(Object.keys(example).sort());
		expect(known.map(({ name, schema }) => shapeOf(schema, example[name]))).not.toContain('json');
		expect(isForm(fieldsOf(type), example)).toBe(true);
	}
);

test('what may hold anything has no form', () => {
	const anything = types.find(({ title }) => title === 'json-viewer') ?? {};
	expect(isForm(fieldsOf(anything), { data: { a: 1 } })).toBe(false);
	expect(isForm([], {})).toBe(false);
});

test('what a line says is read as what it was', () => {
	const value = figure('value');
	expect(['84', '12.50', '$12', '-3', ''].map((text) => read(text, value, undefined))).toEqual([84, '12.50', '$12', -3, undefined]);
	expect(read('85', value, '84')).toBe('85');
	expect(read('85', figure('title'), undefined)).toBe('85');
	expect(readWords('4, 6,, auto ,', figure('sparkline').items ?? {})).toEqual([4, 6, 'auto']);
	expect([undefined, null, 0, false, [4, 'a']].map(shown)).toEqual(['', '', '0', 'false', '4, a']);
});

test('a new thing has what it cannot be without', () => {
	expect(blank(figures)).toEqual({ title: '', value: 0 });
	expect(blank({ type: 'object' })).toEqual({});
});

test('one value changes, and what the form does not know stays', () => {
	const cards: Json[] = [{ title: 'A', mine: true }, { title: 'B' }];
	const config = { own: { deep: [1] }, cards };
	expect(put(config, ['cards', 0, 'title'], 'C')).toEqual({ own: { deep: [1] }, cards: [{ title: 'C', mine: true }, { title: 'B' }] });
	expect(put(config, ['cards', 0, 'mine'], undefined)).toEqual({ ...config, cards: [{ title: 'A' }, { title: 'B' }] });
	expect(Object.keys(put({ b: 1, a: 2 }, ['b'], 3) as object)).toEqual(['b', 'a']);
	expect(put({}, ['sortBy', 'id'], 'shop')).toEqual({ sortBy: { id: 'shop' } });
	expect(cards[0]).toEqual({ title: 'A', mine: true });
});

test('things of a list are put in, taken out and moved', () => {
	expect(inserted(['a', 'b'], 1, 'x')).toEqual(['a', 'x', 'b']);
	expect(removed(['a', 'b'], 0)).toEqual(['b']);
	expect([moved(['a', 'b', 'c'], 2, 0), moved(['a', 'b'], 0, -1), moved(['a', 'b'], 1, 2)]).toEqual([
		['c', 'a', 'b'],
		['a', 'b'],
		['a', 'b']
	]);
});

test('what the server finds wrong is told at its field, or the nearest around it', () => {
	const config = { cards: [{ title: 'A', value: 1, sparkline: ['x'] }] };
	const wrong = (field: string) => [...byField([{ field, message: 'No' }], statCards, config).keys()];
	expect(wrong('cards/0/value')).toEqual(['cards/0/value']);
	expect(wrong('cards/0/sparkline/0')).toEqual(['cards/0/sparkline']);
	expect(wrong('cards/0')).toEqual(['cards']);
	expect(wrong('elsewhere/a')).toEqual(['']);
	expect(wrong('')).toEqual(['']);
	const both = [{ field: 'cards', message: 'One.' }, { field: 'cards/7', message: 'Two.' }];
	expect([...byField(both, statCards, config).entries()]).toEqual([['cards', 'One. Two.']]);
});
