import { describe, expect, it } from 'vitest';
import { age, date, duration, line, numberOf, shown } from './format';

const en = 'en-US';
const space = '\u00a0';

describe('a number out of formatted text', () => {
	it.each([
		['$12,450', 12450],
		['€5.310,20', 5310.2],
		['1 234,5', 1234.5],
		["1'234.50", 1234.5],
		['−8.9 %', -8.9],
		['+45.2%', 45.2],
		['-$1,200', -1200],
		['$-1,200', -1200],
		['(1,200)', -1200],
		['1.2M', 1_200_000],
		['12k users', 12_000],
		['$1.2B', 1_200_000_000],
		['512B', 512],
		['1,23', 1.23],
		['0,123', 0.123],
		['1.234.567', 1_234_567],
		['3 of 5', 3],
		['6.02e23', 6.02e23],
		['38 orders', 38],
		['+9 since 08:00', 9],
		[42, 42]
	])('%s is %s', (text, number) => expect(numberOf(text)).toBe(number));

	it.each(['', 'open', 'v1.2.3', '12:30', '2026-11-22', 'abc123', null, Number.NaN, {}, '9'.repeat(81)])('%s holds none', (text) =>
		expect(numberOf(text)).toBeUndefined()
	);
});

describe('showing a value', () => {
	it('keeps formatted text as it is', () => expect(shown('$12,450', { unit: 'USD', locale: en })).toEqual({ text: '$12,450', unit: '' }));
	it('separates a unit from its figure', () => expect(shown(231, { unit: '°C', locale: en })).toEqual({ text: '231', unit: '°C' }));
	it('does not say a unit twice', () => expect(shown('231 °C', { unit: '°C', locale: en })).toEqual({ text: '231 °C', unit: '' }));
	it.each([
		[12450, { unit: 'EUR' }, '€12,450'],
		[5310.2, { unit: '€' }, '€5,310.20'],
		[1000, { format: 'currency' }, '$1,000'],
		[0.235, { format: 'percent' }, '23.5%'],
		[23.5, { unit: '%' }, '23.5%'],
		[1536, { format: 'bytes' }, `1.5${space}kB`],
		[999, { format: 'bytes' }, `999${space}B`],
		[7500, { format: 'duration' }, `2${space}h 5${space}min`],
		[350, { format: 'duration', unit: 'ms' }, `350${space}ms`],
		[0.00123, {}, '0.00123'],
		[1234.5678, {}, '1,234.57'],
		[1e21, {}, '1E21'],
		[0, {}, '0'],
		[Number.NaN, {}, '–'],
		[null, {}, '–'],
		['', { unit: 'kg' }, '–'],
		[true, {}, 'yes'],
		[{ nested: 1 }, {}, '–']
	])('%s with %o is %s', (value, manner, text) => expect(line(value, { ...manner, locale: en })).toBe(text));

	it('follows the reader', () => expect(line(5310.2, { unit: 'EUR', locale: 'de-DE' })).toBe(`5.310,20${space}€`));
});

describe('times', () => {
	it('keeps a day the day it names', () => expect(date('2026-11-22', en)).toBe('Nov 22, 2026'));
	it('reads epoch seconds and milliseconds alike', () => expect(date(1_730_476_800, en)).toBe(date(1_730_476_800_000, en)));
	it('leaves what is no date as it is', () => expect(date('next week', en)).toBe('next week'));
	it('stops at the first empty part', () => expect(duration(86_405)).toBe(`1${space}d`));
	it.each([
		[0, 'just now'],
		[12_000, `12${space}s ago`],
		[1_080_000, `18${space}min ago`],
		[3 * 86_400_000, `3${space}d ago`],
		[-5000, 'just now']
	])('%s ms back is %s', (back, text) => expect(age(1e12 - back, 1e12, en)).toBe(text));
});
