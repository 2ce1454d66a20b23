import { expect, test } from 'vitest';
import { written } from './written';

test('what fits on a line stays on it, the rest is broken up', () => {
	const config = {
		cards: [{ title: 'Sales', value: 12450, sparkline: [4, 6, 9] }],
		empty: {},
		none: []
	};
	expect(written(config)).toBe(
		[
			'{',
			'  "cards": [{ "title": "Sales", "value": 12450, "sparkline": [4, 6, 9] }],',
			'  "empty": {},',
			'  "none": []',
			'}'
		].join('\n')
	);
});

test('it is the same value, however it is written', () => {
	const rows = Array.from({ length: 40 }, (_, index) => ({
		index,
		text: 'a "b" \\ \n',
		deep: [[index], null, true]
	}));
	expect(JSON.parse(written({ rows }))).toEqual({ rows });
	expect(JSON.parse(written('text'))).toBe('text');
});
