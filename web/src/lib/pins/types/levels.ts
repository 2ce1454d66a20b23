/** Thresholds of a scale and the level a score has reached. */

import { numberOf } from '../number';
import { colour } from './colour';
import { records, text, within } from './reading';

export interface Level {
	from: number;
	to: number;
	label: string;
	colour: string;
}

const MOST = 60; // more arcs than that are no levels any more
const FADED = ['var(--bad)', 'var(--late)', 'var(--good)'];

/** The levels between `min` and `max`, each from its threshold up to the next. */
export function levelsOf(thresholds: unknown, min: number, max: number): Level[] {
	const marks = records(thresholds)
		.slice(0, MOST)
		.flatMap((mark) => {
			const value = numberOf(mark['value']);
			return value === undefined ? [] : [{ value: within(value, min, max), label: text(mark['label']), colour: colour(mark['color']) }];
		})
		.sort((one, other) => one.value - other.value);
	return marks.map((mark, at) => ({
		from: mark.value,
		to: marks[at + 1]?.value ?? max,
		label: mark.label,
		colour: mark.colour ?? FADED[Math.round((at / Math.max(1, marks.length - 1)) * 2)] ?? 'var(--s1)'
	}));
}

/** The level `score` has reached; none below the first. */
export function levelAt(levels: Level[], score: number): Level | undefined {
	return levels.findLast((level) => score >= level.from);
}
