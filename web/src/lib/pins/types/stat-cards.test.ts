import { describe, expect, it } from 'vitest';
import { columnsFor, readStats } from './stat-cards';
import { sparkPath, thinned } from './sparkline';
import { toneOf, toneOfTrend, trendOf } from './tone';

describe('reading stat cards', () => {
	it('takes the quickstart card', () => {
		const [card] = readStats({ cards: [{ title: 'Total Sales', value: '$12,450', change: '+23.5%', trend: 'up' }] }, {});
		expect(card).toMatchObject({ title: 'Total Sales', figure: { text: '$12,450', unit: '' }, change: '+23.5%', trend: 'up', tone: 'good' });
	});
	it('reads the trend from the sign of the change', () => {
		expect(readStats({ cards: [{ value: 1, change: -4 }] }, {})[0]).toMatchObject({ trend: 'down', tone: 'bad', change: '-4' });
	});
	it('says how far a target is', () => {
		expect(readStats({ cards: [{ value: 84, target: 100, unit: 'kg' }] }, {})[0]?.target).toEqual({ share: 0.84, says: '84% of 100\u00a0kg' });
	});
	it('draws an automatic sparkline from the history, up to now', () => {
		const view = { history: { 'cards/0/value': [[1, 10], [2, 20]] as [number, number][] } };
		expect(readStats({ cards: [{ value: 30, sparkline: 'auto' }] }, view)[0]?.numbers).toEqual([10, 20, 30]);
	});
	it.each([undefined, null, 'text', 7, [], {}, { cards: 'none' }])('finds no card in %o', (config) => expect(readStats(config, {})).toEqual([]));
	it('lets nothing but a colour into a style', () => {
		expect(readStats({ cards: [{ value: 1, color: 'red;background:url(//x)' }] }, {})[0]?.colour).toBe('var(--s1)');
	});
});

describe('how figures stand', () => {
	it.each([
		[1, 300, 100, 1],
		[3, 290, 105, 3],
		[4, 840, 110, 4],
		[4, 400, 320, 2],
		[3, 120, 400, 1],
		[24, 400, 220, 4],
		[5, 0, 0, 1]
	])('%i in %i × %i: %i beside one another', (count, width, height, columns) => expect(columnsFor(count, width, height)).toBe(columns));
});

describe('trends and tones', () => {
	it.each([
		['up', '-3%', 'up'],
		[undefined, '+3%', 'up'],
		[undefined, '−3%', 'down'],
		[undefined, '0%', 'neutral'],
		[undefined, '3 new', undefined],
		[undefined, 5, 'up'],
		[undefined, '▼ 2', 'down'],
		[undefined, undefined, undefined]
	])('%s and %s go %s', (said, change, trend) => expect(trendOf(said, change)).toBe(trend));
	it('turns good into bad where a fall is good', () => expect(toneOfTrend('up', 'down')).toBe('bad'));
	it.each([['open', 'good'], ['Till offline', 'bad'], ['short of staff', 'late'], ['in progress', 'info'], ['Harbour', 'plain'], ['not ok', 'bad']])('%s is %s', (word, tone) => expect(toneOf(word)).toBe(tone));
});

describe('sparklines', () => {
	it('keeps peaks, lows and the last of many numbers', () => {
		const many = Array.from({ length: 10_000 }, (_, at) => (at === 5000 ? 99 : at === 2500 ? -99 : at % 7));
		const few = thinned(many, 120);
		expect(few.length).toBeLessThanOrEqual(120);
		expect([Math.max(...few), Math.min(...few), few[few.length - 1]]).toEqual([99, -99, many[9999]]);
	});
	it('draws nothing from one number and a level line from equal ones', () => {
		expect(sparkPath([5])).toBeUndefined();
		expect(sparkPath([5, 5, 5])?.end).toEqual([100, 50]);
	});
});
