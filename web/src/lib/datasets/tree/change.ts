import { put, removed, type Path } from '#lib/pins/form/change.ts';
import type { Json } from '#lib/pins/written.ts';

/** What somebody typed in place of a value: a number stays one as long as it is one. */
export function typed(before: Json, said: string): Json {
	if (typeof before === 'string') return said;
	if (said.trim() === '') return before === null ? null : '';
	return Number.isFinite(Number(said)) ? Number(said) : said;
}

/** The data without one of its values; the items behind it in a list move up. */
export function taken(data: Json, path: Path): Json {
	const inside = path.slice(0, -1);
	const at = path.at(-1);
	const holder = valueAt(data, inside);
	return Array.isArray(holder) && typeof at === 'number' ? put(data, inside, removed(holder, at)) : put(data, path, undefined);
}

/** The data with one more item in a list: like its last, and empty. */
export function grown(data: Json, path: Path): Json {
	const list = valueAt(data, path);
	if (!Array.isArray(list)) return data;
	return put(data, path, [...list, emptied(list.at(-1) ?? '')]);
}

function valueAt(data: Json, path: Path): Json | undefined {
	return path.reduce<Json | undefined>(
		(value, name) => (typeof value === 'object' && value !== null ? (value as Record<string | number, Json>)[name] : undefined),
		data
	);
}

function emptied(value: Json): Json {
	if (typeof value === 'number') return 0;
	if (typeof value === 'boolean') return false;
	if (typeof value === 'string' || value === null) return value === null ? null : '';
	if (Array.isArray(value)) return [];
	return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, emptied(inner)]));
}
