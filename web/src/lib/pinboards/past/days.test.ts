import { expect, test } from 'vitest';
import { byDay } from './days';

test('days are the reader’s, and follow one another', () => {
	const noon = new Date(2026, 2, 1, 12).getTime();
	const at = (day: number, hour: number) => ({ at: new Date(2026, 1, day, hour).getTime() });
	const days = byDay([{ at: noon }, at(28, 23), at(28, 1), at(27, 23)], noon);
	expect(days.map(({ name }) => name).slice(0, 2)).toEqual(['Today', 'Yesterday']);
	expect(days.map(({ items }) => items.length)).toEqual([1, 2, 1]);
	expect(days[2]?.name).toContain('27');
});

test('a day of another year says which', () => {
	const now = new Date(2026, 5, 1).getTime();
	expect(byDay([{ at: new Date(2025, 5, 1).getTime() }], now)[0]?.name).toContain('2025');
	expect(byDay([], now)).toEqual([]);
});
