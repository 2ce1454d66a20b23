/** The line of a sparkline: numbers to a path in a box of 100 × 100. */

import { numberOf } from '../number';
import { list } from './reading';

const MOST_POINTS = 120; // more than the pixels such a line has

/** The numbers of a list of numbers, formatted texts or [time, number] pairs, in order. */
export function sparkNumbers(value: unknown): number[] {
	return list(value)
		.map((item) => numberOf(Array.isArray(item) ? item[1] : item))
		.filter((item) => item !== undefined);
}

/** A curve through the points that never swings past them, and where it ends. Empty below two points. */
export function sparkPath(numbers: readonly number[]): { path: string; area: string; end: [number, number] } | undefined {
	if (numbers.length < 2) return undefined;
	const values = thinned(numbers, MOST_POINTS);
	const low = Math.min(...values);
	const span = Math.max(...values) - low || 1;
	const flat = Math.max(...values) === low;
	const points = values.map((value, at): [number, number] => [(at / (values.length - 1)) * 100, flat ? 50 : 100 - ((value - low) / span) * 100]);
	const path = monotone(points);
	return { path, area: `${path}L100 100L0 100Z`, end: points[points.length - 1] ?? [100, 50] };
}

/** Cubic pieces with Fritsch and Carlson's slopes: no low is drawn lower than it was, no peak higher. */
function monotone(points: [number, number][]): string {
	const rises = points.slice(1).map(([x, y], at) => (y - (points[at]?.[1] ?? y)) / (x - (points[at]?.[0] ?? x) || 1));
	const slopes = points.map((_, at) => {
		const [left, right] = [rises[at - 1], rises[at]];
		if (left === undefined || right === undefined) return left ?? right ?? 0;
		return left * right <= 0 ? 0 : (2 * left * right) / (left + right);
	});
	return points.reduce((path, point, at) => {
		const before = points[at - 1];
		if (!before) return `M${place(point)}`;
		const third = (point[0] - before[0]) / 3;
		const leaving: [number, number] = [before[0] + third, before[1] + third * (slopes[at - 1] ?? 0)];
		const arriving: [number, number] = [point[0] - third, point[1] - third * (slopes[at] ?? 0)];
		return `${path}C${place(leaving)} ${place(arriving)} ${place(point)}`;
	}, '');
}

function place([x, y]: [number, number]): string {
	return `${Number(x.toFixed(2))} ${Number(y.toFixed(2))}`;
}

/** Fewer numbers that keep every peak and low: the least and the greatest of each stretch, and the last. */
export function thinned(numbers: readonly number[], most: number): number[] {
	if (numbers.length <= most) return [...numbers];
	const stretches = Math.floor(most / 2);
	const kept: number[] = [];
	for (let stretch = 0; stretch < stretches; stretch++) {
		const from = Math.floor((stretch * numbers.length) / stretches);
		const part = numbers.slice(from, Math.floor(((stretch + 1) * numbers.length) / stretches));
		const low = Math.min(...part);
		const high = Math.max(...part);
		kept.push(...(part.indexOf(low) < part.indexOf(high) ? [low, high] : [high, low]));
	}
	kept[kept.length - 1] = numbers[numbers.length - 1] ?? 0;
	return kept;
}
