import { fields, isFields, list } from '../types/reading';

/** What this form reads of a JSON Schema. */
export type Schema = {
	title?: string;
	description?: string;
	type?: string | readonly string[];
	enum?: readonly unknown[];
	properties?: Record<string, Schema>;
	required?: readonly string[];
	items?: Schema;
	additionalProperties?: Schema | boolean;
	'x-text'?: string;
};

export type Field = { name: string; title: string; about: string; isRequired: boolean; schema: Schema };

/**
 * How a value is changed here: a line of text, several lines, a line that may be a number, a choice,
 * yes or no, a line of single values, a list of things, one thing; or as JSON only.
 */
export type Shape = 'text' | 'long' | 'figure' | 'choice' | 'switch' | 'words' | 'items' | 'group' | 'json';

/** More of them in one list are a table to paste, not a form to fill in. */
const mostItems = 50;

/** The fields of an object, in the order of its schema. */
export function fieldsOf(schema: Schema): Field[] {
	return Object.entries(schema.properties ?? {}).map(([name, inner]) => ({
		name,
		title: inner.title ?? name,
		about: inner.description ?? '',
		isRequired: schema.required?.includes(name) ?? false,
		schema: inner
	}));
}

/** A cell of a row whose names only the rows themselves know. */
const cell: Schema = { type: ['number', 'string', 'boolean', 'array', 'null'], items: { type: ['number', 'string', 'null'] } };

/** Whether a form says more than the JSON would: not where a thing is mostly whatever one likes. */
export function isForm(known: readonly Field[], value: unknown): boolean {
	const isFree = (field: Field) => field.isRequired && typesOf(field.schema).length === 0 && !field.schema.enum;
	return !known.some(isFree) && known.some(({ name, schema }) => shapeOf(schema, fields(value)[name]) !== 'json');
}

/** What the things in a list are made of: what their schema says, or else what they hold. */
export function fieldsOfItems(items: Schema, value: readonly unknown[]): Field[] {
	if (items.properties) return fieldsOf(items);
	const names = new Set(value.flatMap((item) => Object.keys(fields(item))));
	return [...names].map((name) => ({ name, title: name, about: '', isRequired: false, schema: cell }));
}

export function shapeOf(schema: Schema, value: unknown): Shape {
	if (typeof value === 'string' && /^\{\{[^]*\}\}$/.test(value.trim())) return 'text';
	if (schema.enum) return value === undefined || schema.enum.includes(value) ? 'choice' : 'text';
	const type = typeFor(schema, value);
	if (type === 'array') return listShape(schema.items ?? {}, list(value));
	if (type === 'object') return schema.properties ? 'group' : 'json';
	if (type === 'boolean') return 'switch';
	if (type === 'number' || type === 'integer') return 'figure';
	if (type !== 'string') return isScalar(value) && value !== undefined && typesOf(schema).length > 0 ? 'text' : 'json';
	if (typesOf(schema).includes('number')) return 'figure';
	return ['markdown', 'code'].includes(schema['x-text'] ?? '') ? 'long' : 'text';
}

/** Of the types a value may have the one it has; of a value that is not there the first. */
function typeFor(schema: Schema, value: unknown): string | undefined {
	const types = typesOf(schema);
	if (value === undefined || value === null) return types[0];
	const name = Array.isArray(value) ? 'array' : typeof value;
	return types.find((type) => type === name || (type === 'integer' && name === 'number'));
}

export function typesOf({ type }: Schema): readonly string[] {
	const types = typeof type === 'string' ? [type] : (type ?? []);
	return types.filter((one) => one !== 'null');
}

function listShape(items: Schema, value: readonly unknown[]): Shape {
	if (value.length > mostItems) return 'json';
	const types = typesOf(items);
	if (value.length === 0) return types[0] === 'object' ? (items.properties ? 'items' : 'json') : 'words';
	if (value.every(isFields) && types.includes('object')) return 'items';
	return value.every((item) => isPlainWord(item, items)) ? 'words' : 'json';
}

/** Whether it is the same after it was written between commas and read again. */
function isPlainWord(value: unknown, items: Schema): boolean {
	if (typeof value === 'number') return true;
	if (typeof value !== 'string' || value === '' || value !== value.trim() || value.includes(',')) return false;
	return !(isNumber(value) && typesOf(items).includes('number'));
}

const isScalar = (value: unknown) => typeof value !== 'object' || value === null;

/** A text that a number is written as, and nothing else: `12.50` is a text, with its zero. */
export const isNumber = (text: string) => text !== '' && String(Number(text)) === text && Number.isFinite(Number(text));
