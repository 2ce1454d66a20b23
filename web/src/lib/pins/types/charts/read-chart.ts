/** Reading the configs of `line-chart` and `charts`, in each of the forms they may have. */

import { date, momentOf } from '../../format';
import { numberOf } from '../../number';
import { colour, seriesColour } from '../colour';
import { fields, isFields, list, records, text, truth, type Fields } from '../reading';
import { flag, kindOf, type ChartModel, type Kind, type Point, type Series } from './model';

const MOST_SERIES = 24;
const MOST_POINTS = 20_000; // twice what the type promises to draw; the rest would only slow the page

/** A value as sent, before it is known which axis it stands on. */
interface Raw {
	x: unknown;
	y: unknown;
	from: Fields;
}
interface RawSeries {
	name: string;
	from: Fields;
	points: Raw[];
}

/** The chart a config describes, or undefined where `charts` names no kind. What does not fit is left out. */
export function readChart(config: unknown, fallback?: Kind): ChartModel | undefined {
	const written = fields(config);
	const kind = kindOf(written['type']) ?? fallback;
	if (!kind) return undefined;
	const raw = rawSeries(written, kind).slice(0, MOST_SERIES);
	const labels = list(written['labels'] ?? written['categories']).map(text);
	const { axis, names, place } = axisOf(raw, labels, kind);
	return {
		kind,
		axis,
		labels: names,
		series: raw.map((series, index) => readSeries(series, index, place, kind)),
		manner: { unit: text(written['unit']), format: text(written['format']) },
		xLabel: text(written['xLabel']),
		yLabel: text(written['yLabel']),
		area: kind === 'area' || truth(written['area']),
		smooth: flag(written, 'smooth'),
		stacked: kind === 'stacked-bar' || truth(written['stacked']),
		yMin: numberOf(written['yMin']),
		yMax: numberOf(written['yMax']),
		thresholds: records(written['thresholds']).flatMap((line) => {
			const value = numberOf(line['value']);
			return value === undefined ? [] : [{ value, label: text(line['label']), colour: colour(line['color']) ?? 'var(--bad)' }];
		}),
		annotations: records(written['annotations']).flatMap((note) => {
			const x = place(note['x']);
			return x === undefined ? [] : [{ x, label: text(note['label']) }];
		})
	};
}

function rawSeries(config: Fields, kind: Kind): RawSeries[] {
	const series = list(config['series']);
	if (series.length > 0) {
		// `series: [3, 5, 4]` is one series that lost its name.
		if (!series.some((one) => isFields(one) || Array.isArray(one))) return [{ name: '', from: {}, points: series.map(rawPoint) }];
		return series.filter((one) => isFields(one) || Array.isArray(one)).map((one) => ({ name: text(fields(one)['name']), from: fields(one), points: list(isFields(one) ? one['data'] : one).slice(0, MOST_POINTS).map(rawPoint) }));
	}
	const data = list(config['data']).slice(0, MOST_POINTS);
	if (!data.some(isFields)) return data.length > 0 ? [{ name: '', from: {}, points: data.map(rawPoint) }] : [];
	return fromRows(records(data), config, kind);
}

function rawPoint(point: unknown): Raw {
	if (Array.isArray(point)) return { x: point.length > 1 ? point[0] : undefined, y: point.length > 1 ? point[1] : point[0], from: { array: point } };
	if (!isFields(point)) return { x: undefined, y: point, from: {} };
	return { x: point['x'] ?? point['name'] ?? point['label'] ?? point['date'] ?? point['time'], y: point['y'] ?? point['value'], from: point };
}

function fromRows(rows: Fields[], config: Fields, kind: Kind): RawSeries[] {
	const keys = [...new Set(rows.slice(0, 50).flatMap(Object.keys))];
	const numeric = (key: string) => rows.some((row) => numberOf(row[key]) !== undefined) && !rows.some((row) => momentOf(row[key]) && typeof row[key] === 'string');
	const xKey = text(config['xKey']) || (keys.find((key) => /^(x|date|time|timestamp|day|month|label|name|category)$/i.test(key)) ?? keys.find((key) => !numeric(key)) ?? '');
	if (kind === 'candlestick') return [{ name: text(config['name']), from: {}, points: rows.map((row) => ({ x: row[xKey], y: row['close'], from: row })) }];
	if (kind === 'heatmap' && keys.includes('y')) return byRow(rows, xKey);
	const said = list(config['yKeys']).map((key) => text(isFields(key) ? (key['key'] ?? key['id']) : key));
	const yKeys = said.length > 0 ? said : keys.filter((key) => key !== xKey && numeric(key));
	return yKeys.map((key) => ({ name: key, from: {}, points: rows.map((row) => ({ x: row[xKey], y: row[key], from: row })) }));
}

/** A heatmap of {x, y, value}: each `y` is a row of its own. */
function byRow(rows: Fields[], xKey: string): RawSeries[] {
	const found = new Map<string, Raw[]>();
	for (const row of rows) {
		const name = text(row['y']);
		found.set(name, [...(found.get(name) ?? []), { x: row[xKey], y: row['value'], from: row }]);
	}
	return [...found].map(([name, points]) => ({ name, from: {}, points }));
}

type Place = (x: unknown, at?: number) => number | undefined;

function axisOf(raw: RawSeries[], labels: string[], kind: Kind): { axis: ChartModel['axis']; names: string[]; place: Place } {
	const xs = raw.flatMap((series) => series.points.map((point) => point.x)).filter((x) => x !== undefined && x !== null);
	const needsNames = kind !== 'line' && kind !== 'area' && kind !== 'scatter';
	if (!needsNames && labels.length === 0 && xs.length > 0) {
		const isTime = xs.every((x) => (typeof x === 'string' ? momentOf(x) !== undefined : typeof x === 'number' && x > 1e11));
		if (isTime) return { axis: 'time', names: [], place: (x) => momentOf(x)?.at.getTime() };
		if (xs.every((x) => typeof x === 'number' && Number.isFinite(x))) return { axis: 'value', names: [], place: (x) => (typeof x === 'number' ? x : undefined) };
	}
	if (kind === 'scatter' && labels.length === 0) return { axis: 'value', names: [], place: (x, at) => numberOf(x) ?? at };
	return byName(raw, labels, xs);
}

function byName(raw: RawSeries[], labels: string[], xs: unknown[]): { axis: 'category'; names: string[]; place: Place } {
	const nameOf = (x: unknown) => (typeof x === 'string' && momentOf(x)) || (typeof x === 'number' && x > 1e11) ? date(x) : text(x);
	const names = labels.length > 0 ? [...labels] : [...new Set(xs.map(nameOf))];
	const longest = Math.max(0, ...raw.map((series) => series.points.length));
	if (names.length === 0) names.push(...Array.from({ length: longest }, (_, at) => String(at + 1)));
	const places = new Map(names.map((name, at) => [name, at]));
	return {
		axis: 'category',
		names,
		place: (x, at) => (x === undefined || x === null ? at : (places.get(nameOf(x)) ?? (typeof x === 'number' && labels.length > 0 ? x : undefined)))
	};
}

const ASIDE = /\b(last|previous|prior|prev|yesterday|plan(ned)?|target|goal|budget|forecast|expected|average|avg|baseline|benchmark)\b/i;

function readSeries(raw: RawSeries, index: number, place: Place, kind: Kind): Series {
	const points = raw.points.flatMap((point, at): Point[] => {
		const x = place(point.x, at);
		return x === undefined ? [] : [readPoint(point, x, kind)];
	});
	const aside = raw.from['dashed'] !== undefined ? truth(raw.from['dashed']) : index > 0 && ASIDE.test(raw.name);
	const fallback = aside ? 'var(--faint)' : seriesColour(index);
	return { name: raw.name, colour: colour(raw.from['color']) ?? fallback, aside, points };
}

function readPoint(raw: Raw, x: number, kind: Kind): Point {
	const size = numberOf(raw.from['size']);
	const number = numberOf(raw.y);
	// Beyond this an axis can no longer be divided into steps.
	const y = number === undefined || Math.abs(number) > 1e100 ? null : number;
	const point: Point = { x, y, ...(size === undefined ? {} : { size }) };
	if (kind !== 'candlestick') return point;
	const array = list(raw.from['array']);
	const written = array.length >= 4 ? array.slice(-4) : ['open', 'high', 'low', 'close'].map((name) => raw.from[name] ?? raw.from[name.charAt(0)]);
	const [open, , , close] = written.map(numberOf);
	const all = written.map(numberOf).filter((value) => value !== undefined);
	if (open === undefined || close === undefined || all.length < 4) return { x, y: null };
	return { x, y: close, candle: [open, close, Math.min(...all), Math.max(...all)] };
}
