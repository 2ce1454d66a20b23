import { expect, test } from 'vitest';
import { linePath, numberPaths, pathName, share } from './timeline';

test('the figure itself comes before other numbers', () => {
	const config = { limit: 5, cards: [{ title: 'A/b', target: 9, value: '$12' }, { value: 3, title: 'none' }] };
	expect(numberPaths(config)).toEqual(['cards/0/value', 'cards/1/value', 'limit', 'cards/0/target']);
	expect(numberPaths({ 'a/b': { '~': 1 } })).toEqual(['a~1b/~0']);
	expect(numberPaths('text')).toEqual([]);
});

test('a number is called by what stands beside it', () => {
	const config = {
		limit: 5,
		cards: [{ title: 'Sales today', value: 12, target: 20 }, { value: 3 }],
		rows: [{ sales: '€5', shop: 'Harbour', 'a/b': 1 }]
	};
	const name = (path: string) => pathName(config, path);
	expect(['limit', 'cards/0/value', 'cards/0/target'].map(name)).toEqual(['limit', 'Sales today', 'Sales today · target']);
	expect(['cards/1/value', 'rows/0/a~1b'].map(name)).toEqual(['cards · 2', 'Harbour · a/b']);
	expect(name('gone/0/value')).toBe('gone · 0');
});

test('a line runs through its moments and on until now', () => {
	expect(linePath([[0, 1], [50, 3]], 0, 100)).toEqual({ line: 'M0 96L50 4L100 4', area: 'M0 96L50 4L100 4L100 100L0 100Z' });
	expect(linePath([[0, 2], [50, 2]], 0, 100)?.line).toBe('M0 50L50 50L100 50');
	expect(linePath([[0, 1]], 0, 100)).toBeUndefined();
});

test('what lies outside lies at the edge', () => {
	expect([share(-5, 0, 10), share(5, 0, 10), share(50, 0, 10), share(1, 1, 1)]).toEqual([0, 50, 100, 100]);
});

test('a sentence is no figure, though there is a number in it', () => {
	const config = { title: 'Flour', message: 'Type 550 is at 18 kg; a batch takes 16.', label: 'Order 250 kg', value: '€12,450', score: '-3.4 %' };
	expect(numberPaths(config)).toEqual(['value', 'score']);
});
