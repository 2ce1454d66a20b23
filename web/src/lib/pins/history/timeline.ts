import { numberOf } from '../number';
import { fields, isFields } from '../types/reading';

/** A number of the past: when, in epoch milliseconds, and how much. */
export type Point = readonly [at: number, value: number];

const mostPaths = 12;
const deepest = 4;
/** The names under which a pin's own figure stands, the likeliest first. */
const telling = ['value', 'score', 'long', 'y'];

/** Where numbers stand in a config, `cards/0/value`: those that say most come first. */
export function numberPaths(config: unknown): string[] {
	const found: { path: string; rank: number }[] = [];
	const look = (value: unknown, path: string[]) => {
		if (path.length > deepest || found.length >= 200) return;
		if (Array.isArray(value)) value.slice(0, 20).forEach((item, at) => look(item, [...path, String(at)]));
		else if (isFields(value)) for (const [name, inner] of Object.entries(value)) look(inner, [...path, name]);
		else if (path.length > 0 && isFigure(value)) {
			const rank = telling.indexOf(path.at(-1) ?? '');
			found.push({ path: path.map(escaped).join('/'), rank: rank < 0 ? telling.length : rank });
		}
	};
	look(fields(config), []);
	return found
		.sort((a, b) => a.rank - b.rank)
		.slice(0, mostPaths)
		.map(({ path }) => path);
}

const naming = ['title', 'name', 'label', 'id'];

/** What a reader calls the place of a number: by the names that stand beside it, not by its count. */
export function pathName(config: unknown, path: string): string {
	const said: string[] = [];
	let here: unknown = fields(config);
	for (const step of path.split('/').map(unescaped)) {
		const list = Array.isArray(here);
		here = Array.isArray(here) ? here[Number(step)] : fields(here)[step];
		const name = list ? nameIn(here) : undefined;
		if (name !== undefined) said.splice(-1, 1, name);
		else said.push(list ? String(Number(step) + 1) : step);
	}
	if (said.length > 1 && said.at(-1) === 'value') said.pop();
	return said.join(' · ');
}

/** The name of an item of a list, or else its first words. */
function nameIn(item: unknown): string | undefined {
	const own = fields(item);
	const texts = [...naming.map((name) => own[name]), ...Object.values(own)];
	return texts.find((text): text is string => typeof text === 'string' && text.trim() !== '' && !isFigure(text));
}

/** A number, or a text that is one with its signs and its unit; not a sentence that has one in it. */
const isFigure = (value: unknown) =>
	numberOf(value) !== undefined && (typeof value !== 'string' || /^\D{0,5}\d[\d\s.,'’]*\D{0,8}$/.test(value));

/** The line through the points in a box of 100 × 100, by their time between `from` and `to`. */
export function linePath(points: readonly Point[], from: number, to: number): { line: string; area: string } | undefined {
	if (points.length < 2) return undefined;
	const values = points.map(([, value]) => value);
	const low = Math.min(...values);
	const high = Math.max(...values);
	const y = (value: number) => (high === low ? 50 : 96 - ((value - low) / (high - low)) * 92);
	const line = points.map(([at, value], index) => `${index ? 'L' : 'M'}${round(share(at, from, to))} ${round(y(value))}`).join('');
	const last = points[points.length - 1];
	// What holds now holds until now.
	const whole = `${line}L100 ${round(y(last?.[1] ?? 0))}`;
	return { line: whole, area: `${whole}L100 100L${round(share(points[0]?.[0] ?? from, from, to))} 100Z` };
}

/** Where a moment lies between two others, 0 to 100. */
export function share(at: number, from: number, to: number): number {
	return to <= from ? 100 : Math.min(100, Math.max(0, ((at - from) / (to - from)) * 100));
}

const unescaped = (name: string) => name.replaceAll('~1', '/').replaceAll('~0', '~');
const escaped = (name: string) => name.replaceAll('~', '~0').replaceAll('/', '~1');
const round = (value: number) => Number(value.toFixed(2));
