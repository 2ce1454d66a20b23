/** A month as whole weeks, for a calendar. Days are local ones, at noon: no change of the clock moves them. */

export const dayOf = (moment: Date | number) => {
	const on = new Date(moment);
	return new Date(on.getFullYear(), on.getMonth(), on.getDate(), 12);
};
export const sameDay = (a: Date, b: Date) => dayOf(a).getTime() === dayOf(b).getTime();

/** The day some days later. */
export const addDays = (day: Date, days: number) => new Date(day.getFullYear(), day.getMonth(), day.getDate() + days, 12);

/** The same day some months later, or the last of that month if it is shorter. */
export function addMonths(day: Date, months: number): Date {
	const last = new Date(day.getFullYear(), day.getMonth() + months + 1, 0, 12);
	return new Date(last.getFullYear(), last.getMonth(), Math.min(day.getDate(), last.getDate()), 12);
}

/** The weeks that a month touches; `first` is the day they begin with, 1 for Monday to 7 for Sunday. */
export function weeksOf(day: Date, first: number): Date[][] {
	const begin = new Date(day.getFullYear(), day.getMonth(), 1, 12);
	const before = (begin.getDay() - first + 7) % 7;
	const last = new Date(day.getFullYear(), day.getMonth() + 1, 0, 12).getDate();
	const weeks = Math.ceil((before + last) / 7);
	return Array.from({ length: weeks }, (_, week) =>
		Array.from({ length: 7 }, (_, at) => addDays(begin, week * 7 + at - before))
	);
}

/** With which day a week begins where the reader is. */
export function firstDay(locale: string): number {
	const known = new Intl.Locale(locale) as Intl.Locale & { getWeekInfo?: () => { firstDay: number } };
	return known.getWeekInfo?.().firstDay ?? 1;
}
