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

const FADED = ['var(--bad)', 'var(--late)', 'var(--good)'];

/**
 * The levels between `min` and `max`. A threshold says where its level begins, unless the last one
 * stands at the end of the scale: then each says where its level ends.
 */
export function levelsOf(thresholds: unknown, min: number, max: number): Level[] {
	const marks = records(thresholds)
		.flatMap((mark) => {
			const value = numberOf(mark['value']);
			return value === undefined ? [] : [{ value: within(value, min, max), label: text(mark['label']), colour: colour(mark['color']) }];
		})
		.sort((one, other) => one.value - other.value);
	const ends = marks.length > 0 && (marks[marks.length - 1]?.value ?? min) >= max && (marks[0]?.value ?? min) > min;
	return marks
		.map((mark, at) => ({
			from: ends ? (marks[at - 1]?.value ?? min) : mark.value,
			to: ends ? mark.value : (marks[at + 1]?.value ?? max),
			label: mark.label,
			colour: mark.colour ?? FADED[Math.min(2, Math.round((at / Math.max(1, marks.length - 1)) * 2))] ?? 'var(--s1)'
		}))
		.filter((level) => level.to > level.from);
}

/** The level `score` is in; the highest one at the end of the scale. */
export function levelAt(levels: Level[], score: number): Level | undefined {
	return levels.find((level) => score >= level.from && score < level.to) ?? (levels.length > 0 && score >= (levels[levels.length - 1]?.to ?? Infinity) ? levels[levels.length - 1] : undefined);
}
