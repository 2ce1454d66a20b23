/** What stands at the ticks of an axis: short, since it only helps to read the curve. */

import { currencyOf, line, readerLocale } from '../../format';
import type { ChartModel } from './model';

/** Numbers at an axis: `12K` and not `12,000` where the axis goes so far, with the sign of money or share but no other unit. */
export function axisNumber(manner: ChartModel['manner'], largest = 0): (value: number) => string {
	const locale = readerLocale();
	const currency = currencyOf(manner.unit) ?? (manner.format === 'currency' ? 'USD' : undefined);
	const money = currency ? { style: 'currency' as const, currency, currencyDisplay: 'narrowSymbol' as const, minimumFractionDigits: 0 } : {};
	const short = new Intl.NumberFormat(locale, { ...money, notation: 'compact', maximumFractionDigits: 1 });
	const whole = new Intl.NumberFormat(locale, { ...money, maximumFractionDigits: 2 });
	if (['percent', 'bytes', 'duration', 'date'].includes(manner.format)) return (value) => line(value, manner);
	return (value) => {
		const text = (Math.max(largest, Math.abs(value)) >= 10_000 ? short : whole).format(value);
		return manner.unit === '%' ? `${text}%` : text;
	};
}

/** Names at an axis without what all of them begin with: the times of one day without its date. */
export function withoutSameStart(labels: readonly string[]): (label: string) => string {
	const start = /^.*,\s/.exec(labels[0] ?? '')?.[0] ?? '';
	const same = labels.length > 1 && labels.every((label) => label.startsWith(start));
	return (label) => (same ? label.slice(start.length) : label);
}

const HOUR = 3_600_000;

/** Times at an axis: hours within two days, days within a year, months beyond. */
export function dayOrTime(model: ChartModel): (value: number) => string {
	let [from, to] = [Infinity, -Infinity];
	for (const series of model.series)
		for (const point of series.points) {
			from = Math.min(from, point.x);
			to = Math.max(to, point.x);
		}
	const span = to - from;
	const locale = readerLocale();
	const time = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' });
	const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' });
	const month = new Intl.DateTimeFormat(locale, { month: 'short', year: '2-digit' });
	if (span < 48 * HOUR) return (value) => time.format(value);
	return span < 366 * 24 * HOUR ? (value) => day.format(value) : (value) => month.format(value);
}
