import type { ValidationFailed } from '@pindown/client';

export type Problem = { field: string; message: string };

/** What the server found wrong with a config, by the path inside it. */
export function problemsOf(refusal: ValidationFailed): Problem[] {
	const all = refusal.problems.length > 0 ? refusal.problems : [{ field: refusal.field ?? '' }];
	return all.map((problem) => ({
		field: (problem.field ?? '').replace(/^(pin_config|content|metadata\/pin_config|data)(\/|$)/, ''),
		message: ('message' in problem && problem.message) || refusal.message
	}));
}

/**
 * Where a path begins in a text of JSON, as far as the text has it: the entry of its object or
 * list, from its name to the end of its value.
 */
export function locate(text: string, path: string): { from: number; to: number } {
	let span = { from: 0, to: text.length };
	if (path === '') return span;
	const names = path.split('/').map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
	let at = skipSpace(text, 0);
	for (const name of names) {
		const found = childOf(text, at, name);
		if (!found) return span;
		span = { from: found.from, to: found.to };
		at = found.value;
	}
	return span;
}

type Child = { from: number; value: number; to: number };

/** The entry called `name` of the object or list whose text begins at `at`. */
function childOf(text: string, at: number, name: string): Child | undefined {
	const isList = text[at] === '[';
	if (!isList && text[at] !== '{') return undefined;
	let index = 0;
	let position = skipSpace(text, at + 1);
	while (position < text.length && text[position] !== ']' && text[position] !== '}') {
		const from = position;
		let value = position;
		let key = String(index);
		if (!isList) {
			const end = endOfValue(text, position);
			key = String(JSON.parse(text.slice(position, end)));
			value = skipSpace(text, skipSpace(text, end) + 1);
		}
		const to = endOfValue(text, value);
		if (key === name) return { from, value, to };
		index++;
		position = skipSpace(text, to);
		if (text[position] === ',') position = skipSpace(text, position + 1);
	}
	return undefined;
}

function skipSpace(text: string, at: number): number {
	while (/\s/.test(text[at] ?? '')) at++;
	return at;
}

/** The end of the JSON value that begins at `at`. The text is known to be JSON. */
function endOfValue(text: string, at: number): number {
	let depth = 0;
	for (let position = at; position < text.length; position++) {
		const character = text[position] ?? '';
		if (character === '"') position = endOfText(text, position);
		else if ('{['.includes(character)) depth++;
		else if ('}]'.includes(character) && --depth < 0) return position;
		else if (depth === 0 && /[,:\s]/.test(character)) return position;
		if (depth === 0 && '}]"'.includes(text[position] ?? '')) return position + 1;
	}
	return text.length;
}

function endOfText(text: string, at: number): number {
	let position = at + 1;
	while (position < text.length && text[position] !== '"')
		position += text[position] === '\\' ? 2 : 1;
	return position;
}
