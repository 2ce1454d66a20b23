/** Figures, money, dates and ages as the reader writes them. Reading numbers back is in `number.ts`. */

import { CURRENCY_SIGNS, numberOf } from './number';

export { numberOf };

/** How a number should be shown: `format` names the kind, `unit` its currency, sign or measure. */
export interface Manner {
	format?: string;
	unit?: string;
	locale?: string;
	/** The fewest and the most decimals; a column of figures wants the same for all. */
	decimals?: [number, number];
}

/** A figure split where the eye splits it: `231` large, `°C` small behind it. */
export interface Shown {
	text: string;
	unit: string;
}

export const NOTHING = '–';

/** The languages the reader's browser asks for; the runtime's own where there is no browser. */
export function readerLocale(): string | undefined {
	const asked = typeof navigator === 'undefined' ? undefined : navigator.language;
	try {
		return asked ? Intl.getCanonicalLocales(asked)[0] : undefined;
	} catch {
		return undefined;
	}
}

/** Any value of a config as text and unit. Formatted text stays as it is; nothing becomes a dash. */
export function shown(value: unknown, manner: Manner = {}): Shown {
	if (typeof value === 'number') return Number.isFinite(value) ? shownNumber(value, manner) : { text: NOTHING, unit: '' };
	if (typeof value === 'bigint') return { text: value.toLocaleString(manner.locale ?? readerLocale()), unit: manner.unit ?? '' };
	if (typeof value === 'boolean') return { text: value ? 'yes' : 'no', unit: '' };
	if (typeof value !== 'string' || value.trim() === '') return { text: NOTHING, unit: '' };
	if (manner.format === 'date') return { text: date(value, manner.locale), unit: '' };
	const text = value.trim();
	const unit = manner.unit ?? '';
	const saysUnit = unit === '' || text.endsWith(unit) || text.startsWith(unit) || currencyOf(unit) !== undefined;
	return { text, unit: saysUnit ? '' : unit };
}

/** The same on one line. */
export function line(value: unknown, manner: Manner = {}): string {
	const { text, unit } = shown(value, manner);
	if (unit === '') return text;
	return /^[%°′″]$/.test(unit) ? text + unit : `${text}\u00a0${unit}`;
}

function shownNumber(value: number, manner: Manner): Shown {
	const locale = manner.locale ?? readerLocale();
	const unit = manner.unit ?? '';
	const currency = currencyOf(unit);
	switch (manner.format) {
		case 'date':
			return { text: date(value, locale), unit: '' };
		case 'duration':
			return { text: duration(value * (SECONDS_IN[unit] ?? 1)), unit: '' };
		case 'bytes':
			return bytes(value, locale);
		case 'percent':
			return { text: numberFormat(locale, { style: 'percent', ...decimals(value * 100, manner, 1) }).format(value), unit: '' };
		case 'currency':
			return { text: money(value, currency ?? 'USD', manner, locale), unit: '' };
	}
	if (currency) return { text: money(value, currency, manner, locale), unit: '' };
	return { text: plain(value, manner, locale), unit };
}

function plain(value: number, manner: Manner, locale?: string): string {
	const size = Math.abs(value);
	if (size >= 1e15 || (size > 0 && size < 1e-6))
		return numberFormat(locale, { notation: 'scientific', maximumFractionDigits: 3 }).format(value);
	if (!manner.decimals && size > 0 && size < 0.1)
		return numberFormat(locale, { maximumSignificantDigits: 3 }).format(value);
	return numberFormat(locale, decimals(value, manner, 2)).format(value);
}

function money(value: number, currency: string, manner: Manner, locale?: string): string {
	// Whole amounts lose their zeros: €12,450 reads faster than €12,450.00.
	const digits = manner.decimals ? decimals(value, manner, 2) : Number.isInteger(value) ? { minimumFractionDigits: 0, maximumFractionDigits: 0 } : {};
	return numberFormat(locale, { style: 'currency', currency, currencyDisplay: 'narrowSymbol', ...digits }).format(value);
}

function decimals(value: number, manner: Manner, most: number): Intl.NumberFormatOptions {
	const [fewest, limit] = manner.decimals ?? [0, Number.isInteger(value) ? 0 : most];
	return { minimumFractionDigits: fewest, maximumFractionDigits: limit };
}

/** Amounts of data in powers of a thousand, as disks and networks are sold. */
function bytes(value: number, locale?: string): Shown {
	const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB'];
	const step = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, Math.abs(value))) / 3)));
	const scaled = value / 1000 ** step;
	const digits = step === 0 || Math.abs(scaled) >= 100 ? 0 : 1;
	return { text: numberFormat(locale, { maximumFractionDigits: digits }).format(scaled), unit: units[step] ?? 'B' };
}

const SECONDS_IN: Record<string, number> = { ms: 0.001, s: 1, min: 60, h: 3600, d: 86_400 };

/** A length of time in its two largest parts: `2 h 5 min`, `41 min`, `350 ms`. */
export function duration(seconds: number): string {
	if (!Number.isFinite(seconds)) return NOTHING;
	const sign = seconds < 0 ? '−' : '';
	const size = Math.abs(seconds);
	if (size === 0) return '0\u00a0s';
	if (size < 1) return `${sign}${Math.max(1, Math.round(size * 1000))}\u00a0ms`;
	if (size < 10 && !Number.isInteger(size)) return `${sign}${Number(size.toFixed(1))}\u00a0s`;
	let left = Math.round(size);
	const parts: string[] = [];
	for (const [unit, worth] of [['d', 86_400], ['h', 3600], ['min', 60], ['s', 1]] as const) {
		const count = Math.floor(left / worth);
		left -= count * worth;
		if (count > 0) parts.push(`${count}\u00a0${unit}`);
		else if (parts.length > 0) break; // `2 h 0 min 5 s` would claim a precision nobody asked for
		if (parts.length === 2) break;
	}
	return sign + parts.join(' ');
}

/** A moment or a day. Days stay the day they name, wherever the reader is. */
export function date(value: unknown, locale = readerLocale()): string {
	const moment = momentOf(value);
	if (!moment) return typeof value === 'string' && value.trim() ? value.trim() : NOTHING;
	if (moment.dayOnly) return dateFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(moment.at);
	return dateFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(moment.at);
}

/** ISO text, or epoch milliseconds or seconds, as a moment; undefined where it is neither. */
export function momentOf(value: unknown): { at: Date; dayOnly: boolean } | undefined {
	if (typeof value === 'number') {
		// Epoch seconds would be a day in January 1970 if read as milliseconds.
		const at = new Date(Math.abs(value) < 1e11 ? value * 1000 : value);
		return Number.isNaN(at.getTime()) ? undefined : { at, dayOnly: false };
	}
	if (typeof value !== 'string' || !/^\d{4}-\d{2}(-\d{2})?([T ]\d{2}:\d{2}|$)/.test(value)) return undefined;
	const at = new Date(value.replace(' ', 'T'));
	return Number.isNaN(at.getTime()) ? undefined : { at, dayOnly: value.length <= 10 };
}

const AGE_STEPS = [['day', 86_400], ['hour', 3600], ['minute', 60], ['second', 1]] as const;

/** How long ago a moment was: `12 s ago`, `18 min ago`, `3 d ago`. Moments to come count as now. */
export function age(then: number, now: number, locale = readerLocale()): string {
	const seconds = Math.max(0, Math.floor((now - then) / 1000));
	if (seconds < 1) return 'just now';
	const [unit, worth] = AGE_STEPS.find(([, worth]) => seconds >= worth) ?? ['second', 1];
	// Narrow minutes are an `m`, which is a metre; narrow English sticks units to numbers: `12s ago`.
	const parts = relativeFormat(locale, unit === 'minute' ? 'short' : 'narrow').formatToParts(-Math.floor(seconds / worth), unit);
	return parts
		.map(({ type, value }, at) => {
			if (type !== 'literal') return value;
			const said = value.replace('.', '').trimStart();
			return at > 0 && /^\p{L}/u.test(said) ? `\u00a0${said}` : value;
		})
		.join('');
}

/** How far a moment is from now, before it or after: `3 h ago`, `in 3 h`. */
export function distance(then: number, now: number, locale = readerLocale()): string {
	if (then - now < 1000) return age(then, now, locale);
	const seconds = (then - now) / 1000;
	const [unit, worth] = AGE_STEPS.find(([, worth]) => seconds >= worth) ?? ['second', 1];
	return relativeFormat(locale, 'short').format(Math.floor(seconds / worth), unit);
}

const CURRENCIES = new Set(typeof Intl.supportedValuesOf === 'function' ? Intl.supportedValuesOf('currency') : ['USD', 'EUR', 'GBP', 'JPY', 'CHF']);

/** The ISO code a unit means, if it means money: `EUR` and `€` do, `kg` and `MOV` do not. */
export function currencyOf(unit: string): string | undefined {
	return CURRENCY_SIGNS[unit] ?? (CURRENCIES.has(unit) ? unit : undefined);
}

const formats = new Map<string, unknown>();

/** Intl objects take about a hundred times longer to make than to use. */
function kept<T>(kind: string, locale: string | undefined, options: object, make: () => T): T {
	const key = `${kind} ${locale ?? ''} ${JSON.stringify(options)}`;
	if (!formats.has(key)) formats.set(key, make());
	return formats.get(key) as T;
}

function numberFormat(locale: string | undefined, options: Intl.NumberFormatOptions): Intl.NumberFormat {
	return kept('number', locale, options, () => new Intl.NumberFormat(locale, options));
}

function dateFormat(locale: string | undefined, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
	return kept('date', locale, options, () => new Intl.DateTimeFormat(locale, options));
}

function relativeFormat(locale: string | undefined, style: 'narrow' | 'short'): Intl.RelativeTimeFormat {
	return kept('age', locale, { style }, () => new Intl.RelativeTimeFormat(locale, { style, numeric: 'always' }));
}
