import type { Json } from '../written';

/** Where something is in a config. */
export type Path = readonly (string | number)[];

/** The config with one value changed, or taken away where it is undefined; all else is as it was. */
export function put(config: Json, path: Path, value: Json | undefined): Json {
	const [first, ...rest] = path;
	if (first === undefined) return value ?? null;
	const inner = (now: Json | undefined) => (rest.length > 0 ? put(now ?? {}, rest, value) : value);
	if (Array.isArray(config)) return config.map((item, at) => (at === first ? (inner(item) ?? null) : item));
	const before = typeof config === 'object' && config !== null ? config : {};
	const now = inner(before[first]);
	if (now !== undefined) return { ...before, [first]: now };
	return Object.fromEntries(Object.entries(before).filter(([name]) => name !== String(first)));
}

export function inserted<Item>(items: readonly Item[], at: number, item: Item): Item[] {
	return items.toSpliced(at, 0, item);
}

export function removed<Item>(items: readonly Item[], at: number): Item[] {
	return items.toSpliced(at, 1);
}

export function moved<Item>(items: readonly Item[], from: number, to: number): Item[] {
	const item = items[from];
	return item === undefined || to < 0 || to >= items.length ? [...items] : items.toSpliced(from, 1).toSpliced(to, 0, item);
}
