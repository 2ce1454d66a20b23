import { isFields } from '#lib/pins/types/reading.ts';

export type Name = { path: string; shows: string };

const most = 40;
const deepest = 4;
const longest = 60;

/** What can be written into a pin to show a part of the data: `sales.rows[0].shop`, and what it shows. */
export function namesIn(slug: string, data: unknown): Name[] {
	const names: Name[] = [];
	const look = (value: unknown, path: string, depth: number) => {
		if (names.length >= most) return;
		names.push({ path, shows: shown(value) });
		if (depth >= deepest) return;
		// Every element of a list is like the first.
		if (Array.isArray(value)) value.slice(0, 1).forEach((item) => look(item, `${path}[0]`, depth + 1));
		else if (isFields(value))
			for (const [name, inner] of Object.entries(value)) look(inner, path + step(name), depth + 1);
	};
	look(data, slug, 0);
	return names;
}

/** A name behind a dot, or in brackets where it holds more than a variable's name may. */
export const step = (name: string) => (/^[A-Za-z_][\w-]*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`);

function shown(value: unknown): string {
	if (Array.isArray(value)) return `a list of ${value.length}`;
	if (isFields(value)) return count(Object.keys(value).length);
	const text = typeof value === 'string' ? value : JSON.stringify(value);
	return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

const count = (names: number) => `${names} ${names === 1 ? 'name' : 'names'}`;
