import { expect, test } from 'vitest';
import { freshness, span } from './freshness';

const pin = { pushed_at: 0, updated_at: 0, is_late: false, expect_every: null };

test('a value is fresh for ten seconds', () => {
	expect(freshness(pin, 2_000).state).toBe('fresh');
	expect(freshness(pin, 10_000).state).toBe('calm');
});

test('one that stopped says for how long, and how often it should have come', () => {
	const late = { ...pin, is_late: true, expect_every: 300 };
	expect(freshness(late, 41 * 60_000).text).toBe('Silent for 41 min, expected every 5');
	expect(freshness(late, 3 * 3_600_000).text).toBe('Silent for 3 h, expected every 5 min');
	expect(freshness({ ...late, expect_every: null }, 90_000).text).toBe('Silent for 1 min');
});

test('one that was never pushed is as old as its last change', () => {
	const written = { ...pin, pushed_at: null, updated_at: 60_000 };
	expect(freshness(written, 62_000).state).toBe('fresh');
});

test('a span takes the largest unit that fits', () => {
	expect(span(59)).toEqual([59, 's']);
	expect(span(86_400)).toEqual([1, 'd']);
	expect(span(-4)).toEqual([0, 's']);
});
