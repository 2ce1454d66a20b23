import type { Json } from './written';

/** From so many characters on a config is too long to read inside a call. */
const readable = 1600;
const kept = 2;

/** A config that fits a call one can read: long lists keep their first entries. */
export function shortened(config: Json): { config: Json; cut: boolean } {
	if (JSON.stringify(config).length <= readable) return { config, cut: false };
	return { config: cut(config), cut: true };
}

function cut(value: Json): Json {
	if (Array.isArray(value)) return value.slice(0, kept).map(cut);
	if (typeof value === 'string' && value.length > 200) return `${value.slice(0, 200)}…`;
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, cut(item)]));
}
