/** `$x$`, `$$x$$` and blocks between `$$` as maths. `$12 and $5` stays money. */

import type { MarkdownIt, StateBlock, StateInline } from 'markdown-it';

/** Teaches markdown-it to keep maths as text in `.maths`; it is set later, when it is on the page. */
export function maths(markdown: MarkdownIt): void {
	markdown.inline.ruler.after('escape', 'maths', inline);
	markdown.block.ruler.after('blockquote', 'maths_block', block, { alt: ['paragraph', 'reference', 'blockquote', 'list'] });
	const escape = markdown.utils.escapeHtml;
	markdown.renderer.rules['maths'] = (tokens, at) => `<span class="maths">${escape(tokens[at]?.content ?? '')}</span>`;
	markdown.renderer.rules['maths_block'] = (tokens, at) => `<div class="maths block">${escape(tokens[at]?.content ?? '')}</div>\n`;
}

function inline(state: StateInline, silent: boolean): boolean {
	const { src, pos } = state;
	if (src[pos] !== '$') return false;
	const mark = src[pos + 1] === '$' ? '$$' : '$';
	const from = pos + mark.length;
	const end = closing(state, from, mark);
	if (end < 0) return false;
	if (!silent) {
		const token = state.push(mark === '$$' ? 'maths_block' : 'maths', 'span', 0);
		token.content = src.slice(from, end).trim();
	}
	state.pos = end + mark.length;
	return true;
}

/** Where the last search of a text began and what it found: a text of nothing but marks is looked through once. */
interface Looked {
	from: number;
	found: number;
}
const looked = new WeakMap<StateInline, { [mark: string]: Looked }>();

function closing(state: StateInline, from: number, mark: '$' | '$$'): number {
	if (mark === '$' && /\s/.test(state.src[from] ?? ' ')) return -1;
	const known = looked.get(state) ?? {};
	looked.set(state, known);
	const before = known[mark];
	const found = before && before.from <= from && from < before.found ? before.found : nextClosing(state.src, from, mark);
	known[mark] = { from: before?.found === found ? before.from : from, found };
	return found < state.posMax ? found : -1;
}

/** Pandoc's rule: maths touches its marks on the inside, and no digit follows the last one. */
function nextClosing(src: string, from: number, mark: '$' | '$$'): number {
	for (let at = src.indexOf(mark, from); at >= 0; at = src.indexOf(mark, at + mark.length)) {
		const escaped = src[at - 1] === '\\';
		const fits = mark === '$$' || (!/\s/.test(src[at - 1] ?? ' ') && !/\d/.test(src[at + 1] ?? ''));
		if (!escaped && fits && at > from) return at;
	}
	return Infinity;
}

/** In each text, the first line from which no block of maths ends before a line, by that line. */
const endless = new WeakMap<StateBlock, Map<number, number>>();

function block(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
	const lineOf = (line: number) => state.src.slice((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0), state.eMarks[line]).trim();
	const first = lineOf(startLine);
	if (!first.startsWith('$$') || (first.length > 2 && first.slice(2).includes('$$'))) return false;
	const ends = endless.get(state) ?? new Map<number, number>();
	endless.set(state, ends);
	if (startLine >= (ends.get(endLine) ?? Infinity)) return false;
	let line = startLine + 1;
	while (line < endLine && !lineOf(line).endsWith('$$')) line++;
	if (line >= endLine) {
		ends.set(endLine, startLine);
		return false;
	}
	if (silent) return true;
	const token = state.push('maths_block', 'div', 0);
	const inner = Array.from({ length: line - startLine - 1 }, (_, at) => lineOf(startLine + 1 + at));
	token.block = true;
	token.content = [first.slice(2), ...inner, lineOf(line).slice(0, -2)].join('\n').trim();
	token.map = [startLine, line + 1];
	state.line = line + 1;
	return true;
}
