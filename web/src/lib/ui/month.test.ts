import { expect, test } from 'vitest';
import { addMonths, dayOf, firstDay, sameDay, weeksOf } from './month';

const numbers = (weeks: Date[][]) => weeks.map((week) => week.map((day) => day.getDate()));

test('a month is whole weeks, from its first day to its last', () => {
	expect(numbers(weeksOf(new Date(2026, 10, 23), 1))).toEqual([
		[26, 27, 28, 29, 30, 31, 1],
		[2, 3, 4, 5, 6, 7, 8],
		[9, 10, 11, 12, 13, 14, 15],
		[16, 17, 18, 19, 20, 21, 22],
		[23, 24, 25, 26, 27, 28, 29],
		[30, 1, 2, 3, 4, 5, 6]
	]);
	expect(numbers(weeksOf(new Date(2026, 1, 1), 7))).toHaveLength(4);
});

test('no day is missing or twice where the clocks change', () => {
	for (let month = 0; month < 12; month++) {
		const days = weeksOf(new Date(2026, month, 15), 1).flat();
		expect(new Set(days.map((day) => day.toDateString())).size).toBe(days.length);
	}
});

test('a month later is never a month too far', () => {
	expect(sameDay(addMonths(new Date(2026, 0, 31), 1), new Date(2026, 1, 28))).toBe(true);
	expect(sameDay(addMonths(new Date(2026, 0, 31), -1), new Date(2025, 11, 31))).toBe(true);
});

test('a moment belongs to its own day', () => {
	expect(sameDay(new Date(2026, 10, 23, 0, 1), new Date(2026, 10, 23, 23, 59))).toBe(true);
	expect(dayOf(new Date(2026, 10, 23, 23, 59)).getDate()).toBe(23);
});

test('a week begins with a day', () => {
	expect(firstDay('en-GB')).toBeGreaterThanOrEqual(1);
	expect(firstDay('en-GB')).toBeLessThanOrEqual(7);
});
