/** A chart as it will be drawn: every way of writing one becomes this. */

import { text, type Fields } from '../reading';

export const KINDS = [
	'line', 'area', 'bar', 'horizontal-bar', 'stacked-bar', 'pie', 'donut',
	'scatter', 'radar', 'heatmap', 'funnel', 'candlestick'
] as const;
export type Kind = (typeof KINDS)[number];

/** On a category axis `x` is the place of a label, on a time axis epoch milliseconds. */
export interface Point {
	x: number;
	y: number | null;
	/** Open, close, lowest, highest. */
	candle?: [number, number, number, number];
	size?: number;
}

export interface Series {
	name: string;
	colour: string;
	/** Last week, a plan, a forecast: drawn quietly beside what really happens. */
	aside: boolean;
	points: Point[];
}

export interface Threshold {
	value: number;
	label: string;
	colour: string;
}

export interface ChartModel {
	kind: Kind;
	axis: 'category' | 'time' | 'value';
	labels: string[];
	series: Series[];
	manner: { unit: string; format: string };
	xLabel: string;
	yLabel: string;
	area: boolean;
	smooth: boolean | undefined;
	stacked: boolean;
	yMin: number | undefined;
	yMax: number | undefined;
	thresholds: Threshold[];
	annotations: { x: number; label: string }[];
}

/** One share of a whole: of a pie, a donut or a funnel. */
export interface Slice {
	name: string;
	value: number;
	colour: string;
	/** The steps of a funnel are one thing growing less, not several things. */
	strength: number;
}

export function kindOf(value: unknown): Kind | undefined {
	const written = text(value).toLowerCase().replaceAll('_', '-');
	return KINDS.find((kind) => kind === written);
}

export function isRound(kind: Kind): boolean {
	return kind === 'pie' || kind === 'donut' || kind === 'funnel';
}

/** Whether there is anything to draw. */
export function isEmpty(model: ChartModel): boolean {
	return !model.series.some((series) => series.points.some((point) => point.y !== null || point.candle));
}

/** What stands at `x` in words. */
export function labelAt(model: ChartModel, x: number, moment: (ms: number) => string, number: (value: number) => string): string {
	if (model.axis === 'category') return model.labels[x] ?? '';
	return model.axis === 'time' ? moment(x) : number(x);
}

const MOST_SLICES = 8; // more cannot be told apart, by colour or by eye

/** The shares of a whole, greatest first (a funnel keeps its order); the least become one. */
export function slices(model: ChartModel, colourAt: (index: number) => string): Slice[] {
	const [only] = model.series;
	const named =
		model.series.length === 1 && only
			? only.points.map((point) => ({ name: model.labels[point.x] ?? '', value: point.y ?? 0 }))
			: model.series.map((series) => ({ name: series.name, value: total(series.points) }));
	const shares = named.filter((slice) => slice.value > 0);
	if (model.kind !== 'funnel') shares.sort((one, other) => other.value - one.value);
	const kept = shares.length <= MOST_SLICES || model.kind === 'funnel' ? shares.slice(0, 24) : shares.slice(0, MOST_SLICES - 1);
	const rest = shares.slice(kept.length);
	if (rest.length > 0) kept.push({ name: `${rest.length} others`, value: rest.reduce((sum, slice) => sum + slice.value, 0) });
	return kept.map((slice, index) => ({
		...slice,
		colour: rest.length > 0 && index === kept.length - 1 ? 'var(--ghost)' : colourAt(model.kind === 'funnel' ? 0 : index),
		strength: model.kind === 'funnel' ? 1 - (0.65 * index) / Math.max(1, kept.length - 1) : 1
	}));
}

/** The figure that counts now: the last of the first series, or of all where they stand on one another. */
export function newest(model: ChartModel): number | undefined {
	const last = model.series[0]?.points.findLast((point) => point.y !== null);
	if (!last || !model.stacked) return last?.y ?? undefined;
	return model.series.reduce((sum, series) => sum + (series.points.find((point) => point.x === last.x)?.y ?? 0), 0);
}

function total(points: Point[]): number {
	return points.reduce((sum, point) => sum + (point.y ?? 0), 0);
}

export function flag(config: Fields, name: string): boolean | undefined {
	return typeof config[name] === 'boolean' ? config[name] : undefined;
}
