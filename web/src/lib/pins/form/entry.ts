import type { Json } from '../written';
import { list } from '../types/reading';
import { fieldsOf, isNumber, shapeOf, typesOf, type Schema } from './schema';

/** What stands in the line of a single value, or of several between commas. */
export function shown(value: unknown): string {
	if (Array.isArray(value)) return value.join(', ');
	return value === undefined || value === null ? '' : String(value);
}

/** The value a line says; undefined where it says none. A text that was one stays one. */
export function read(text: string, schema: Schema, before: unknown): Json | undefined {
	if (text === '') return undefined;
	if (!typesOf(schema).includes('number') && !typesOf(schema).includes('integer')) return text;
	return isNumber(text) && !(typeof before === 'string' && isNumber(before)) ? Number(text) : text;
}

/** The values between commas. */
export function readWords(text: string, items: Schema): Json[] {
	return text
		.split(',')
		.map((word) => word.trim())
		.filter((word) => word !== '')
		.map((word) => read(word, items, undefined) ?? word);
}

/** A new thing of a list, with what it cannot be without. */
export function blank(schema: Schema): Json {
	const needed = fieldsOf(schema).filter(({ isRequired }) => isRequired);
	return Object.fromEntries(needed.map(({ name, schema }) => [name, emptyOf(schema)]));
}

function emptyOf(schema: Schema): Json {
	if (schema.enum) return list(schema.enum)[0] as Json;
	const shape = shapeOf(schema, undefined);
	if (shape === 'items' || shape === 'words') return [];
	if (shape === 'switch') return false;
	if (shape === 'figure') return 0;
	return shape === 'group' ? blank(schema) : '';
}
