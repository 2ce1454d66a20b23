export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** So wide a line of code may be before it is broken up. */
const wide = 76;

type Words = { none: string; yes: string; no: string; step: string; last: string };
const json: Words = { none: 'null', yes: 'true', no: 'false', step: '  ', last: '' };
const python: Words = { none: 'None', yes: 'True', no: 'False', step: '    ', last: ',' };

/** A value as JSON for people: what fits on one line stays on it. */
export function written(value: Json, indent = ''): string {
	return write(value, indent, json);
}

/** The same as a Python literal: JSON's texts and numbers are Python's too, its three words not. */
export function writtenInPython(value: Json, indent = ''): string {
	return write(value, indent, python);
}

function write(value: Json, indent: string, words: Words): string {
	const line = inline(value, words);
	if (typeof value !== 'object' || value === null) return line;
	if (indent.length + line.length <= wide && (Array.isArray(value) || !holdsThings(value)))
		return line;
	const inner = indent + words.step;
	const parts = Array.isArray(value)
		? value.map((item) => write(item, inner, words))
		: Object.entries(value).map(
				([name, item]) => `${JSON.stringify(name)}: ${write(item, inner, words)}`
			);
	if (parts.length === 0) return line;
	const [open, close] = Array.isArray(value) ? '[]' : '{}';
	return `${open}\n${inner}${parts.join(`,\n${inner}`)}${words.last}\n${indent}${close}`;
}

function inline(value: Json, words: Words): string {
	if (value === null) return words.none;
	if (typeof value === 'boolean') return value ? words.yes : words.no;
	if (typeof value !== 'object') return JSON.stringify(value);
	if (Array.isArray(value)) return `[${value.map((item) => inline(item, words)).join(', ')}]`;
	const parts = Object.entries(value).map(
		([name, item]) => `${JSON.stringify(name)}: ${inline(item, words)}`
	);
	return parts.length === 0 ? '{}' : `{ ${parts.join(', ')} }`;
}

/** An object that holds other things is easier to read broken up, also where it would fit. */
function holdsThings(value: { [name: string]: Json }): boolean {
	return Object.values(value).some((item) => typeof item === 'object' && item !== null);
}
