import { expect, test } from 'vitest';
import { locate, problemsOf } from './config-problems';
import { ValidationFailed } from '@pindown/client';

const text = JSON.stringify(
	{
		cards: [
			{ title: 'a "quoted" {brace}', value: 1 },
			{ title: 'b', 'x/y': [true, null, -1500] }
		],
		last: 'z'
	},
	null,
	2
);
const at = (path: string) => {
	const { from, to } = locate(text, path);
	return text.slice(from, to);
};

test('finds an entry by its path, whatever stands in the texts before it', () => {
	expect(at('cards/0/value')).toBe('"value": 1');
	expect(at('cards/1/title')).toBe('"title": "b"');
	expect(at('cards/1/x~1y/2')).toBe('-1500');
	expect(at('last')).toBe('"last": "z"');
	expect(JSON.parse(at('cards/1'))).toEqual({ title: 'b', 'x/y': [true, null, -1500] });
});

test('what is missing is shown at what should have held it', () => {
	expect(at('cards/1/value')).toBe(at('cards/1'));
	expect(at('nothing/here')).toBe(text);
	expect(at('')).toBe(text);
});

test('works on JSON without any space as well', () => {
	const tight = '{"a":[{"b":"]"},{"c":2}]}';
	const { from, to } = locate(tight, 'a/1/c');
	expect(tight.slice(from, to)).toBe('"c":2');
});

function refusal(details: Record<string, unknown>) {
	return new ValidationFailed(
		{ code: 'VALIDATION_FAILED', message: 'Invalid content structure', details },
		400,
		null,
		null
	);
}

test('every problem the server lists, with its path inside the config', () => {
	const errors = [
		{ field: 'pin_config/cards/0/value', message: 'is missing' },
		{ field: 'content/cards', message: 'must be a list' }
	];
	expect(problemsOf(refusal({ field: 'x', errors }))).toEqual([
		{ field: 'cards/0/value', message: 'is missing' },
		{ field: 'cards', message: 'must be a list' }
	]);
	expect(problemsOf(refusal({ field: 'pin_config' }))).toEqual([
		{ field: '', message: 'Invalid content structure' }
	]);
});
