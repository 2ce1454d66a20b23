import type { Problem } from '../config-problems';
import { fields, list } from '../types/reading';
import type { Path } from './change';
import { fieldsOf, fieldsOfItems, shapeOf, type Field, type Schema } from './schema';

/** A place as the server writes it. */
export const nameOf = (path: Path) => path.map((part) => String(part).replaceAll('~', '~0').replaceAll('/', '~1')).join('/');

/** What is wrong, by the field that shows it: the nearest one around; `''` where no field is. */
export function byField(problems: readonly Problem[], schema: Schema, config: unknown): Map<string, string> {
	const told = new Map<string, string>();
	for (const { field, message } of problems) {
		const parts = field === '' ? [] : field.split('/').map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
		const at = nameOf(shownPart(parts, fieldsOf(schema), config));
		told.set(at, [told.get(at), message].filter(Boolean).join(' '));
	}
	return told;
}

function shownPart(parts: readonly string[], known: readonly Field[], value: unknown): string[] {
	const [name, ...rest] = parts;
	const field = known.find((one) => one.name === name);
	if (!field || name === undefined) return [];
	const inner = fields(value)[name];
	const shape = shapeOf(field.schema, inner);
	if (shape === 'group') return [name, ...shownPart(rest, fieldsOf(field.schema), inner)];
	const [at, ...deeper] = rest;
	if (shape !== 'items' || at === undefined) return [name];
	const items = field.schema.items ?? {};
	return [name, ...innermost(at, shownPart(deeper, fieldsOfItems(items, list(inner)), list(inner)[Number(at)]))];
}

/** What is wrong with a whole thing of a list is told at the list. */
const innermost = (at: string, within: string[]) => (within.length > 0 ? [at, ...within] : []);
