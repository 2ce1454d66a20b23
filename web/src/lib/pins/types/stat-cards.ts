/** Reading a `stat-cards` config, and how many figures stand beside one another. */

import { line, shown, type Shown } from '../format';
import { numberOf } from '../number';
import { colour } from './colour';
import type { PinViewLike } from './drawing';
import { characters, widthInEms } from './figure-width';
import { fields, isFields, list, text, within, type Fields } from './reading';
import { sparkNumbers } from './sparkline';
import { toneOfTrend, trendOf, type Tone, type Trend } from './tone';

export interface Stat {
	title: string;
	icon: string;
	figure: Shown;
	ems: number;
	change: string;
	trend: Trend | undefined;
	tone: Tone;
	description: string;
	colour: string;
	numbers: number[];
	target: { share: number; says: string } | undefined;
}

/** The cards of a config; none where it holds none. A single card may be written without its list. */
export function readStats(config: unknown, view: PinViewLike): Stat[] {
	const written = Array.isArray(config) ? config : fields(config)['cards'];
	const cards = Array.isArray(written) ? written : isFields(config) && 'value' in config ? [config] : [];
	const stats = cards.map((card: unknown, at) => readStat(isFields(card) ? card : { value: card }, `cards/${at}/value`, view));
	// Neighbours are set in one size; only a figure of unusual length is set smaller by itself.
	const shared = Math.min(USUAL_EMS, Math.max(0, ...stats.map((stat) => stat.ems)));
	return stats.map((stat) => ({ ...stat, ems: Math.max(stat.ems, shared) }));
}

const USUAL_EMS = 6;

function readStat(card: Fields, path: string, view: PinViewLike): Stat {
	const manner = { unit: text(card['unit']), format: text(card['format']) };
	const figure = shown(card['value'], manner);
	const trend = trendOf(card['trend'], card['change']);
	const target = numberOf(card['target']);
	const number = numberOf(card['value']);
	const share = target && number !== undefined ? number / target : undefined;
	return {
		title: text(card['title']),
		icon: icon(card['icon']),
		figure,
		ems: widthInEms(figure.text) + (figure.unit ? 0.5 * widthInEms(figure.unit) + 0.16 : 0),
		change: changeText(card['change'], trend),
		trend,
		tone: toneOfTrend(trend, card['goodWhen']),
		description: text(card['description']),
		colour: colour(card['color']) ?? 'var(--s1)',
		numbers: card['sparkline'] === 'auto' ? history(view, path, number) : sparkNumbers(card['sparkline']),
		target: share === undefined ? undefined : { share: within(share, 0, 1), says: targetText(share, card['target'], manner) }
	};
}

function changeText(change: unknown, trend: Trend | undefined): string {
	if (typeof change === 'number') return line(change, { decimals: [0, 1] });
	return text(change) || (trend === 'neutral' ? 'steady' : '');
}

function targetText(share: number, target: unknown, manner: { unit: string; format: string }): string {
	return `${line(share, { format: 'percent', decimals: [0, 0] })} of ${line(target, manner)}`;
}

/** A character that one can type; a name out of an icon set is left out. */
function icon(value: unknown): string {
	const written = text(value);
	return characters(written).length <= 1 ? written : '';
}

function history(view: PinViewLike, path: string, now: number | undefined): number[] {
	const past = sparkNumbers(list(view.history?.[path]));
	return now !== undefined && past[past.length - 1] !== now ? [...past, now] : past;
}

export const LEAST_HEIGHT = 56; // pixels below which title and figure no longer fit over one another
const LEAST_WIDTH = 84;

/** The columns that leave the figures largest. */
export function columnsFor(count: number, width: number, height: number): number {
	if (count <= 1 || width <= 0 || height <= 0) return 1;
	const most = Math.min(count, Math.max(1, Math.floor(width / LEAST_WIDTH)));
	// Too many to stand in sight: then as many beside one another as can be read, and the rest by scrolling.
	if (Math.ceil(count / most) * LEAST_HEIGHT > height) return most;
	let best = { columns: 1, size: 0 };
	for (let columns = 1; columns <= most; columns++) {
		const rows = Math.ceil(count / columns);
		const empty = (rows * columns - count) / count;
		const size = Math.min((height / rows) * 0.36, width / columns / 5) * (1 - empty * 0.4);
		if (size > best.size) best = { columns, size };
	}
	return best.columns;
}
