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
	const end = closing(src, from, state.posMax, mark);
	if (end < 0) return false;
	if (!silent) {
		const token = state.push(mark === '$$' ? 'maths_block' : 'maths', 'span', 0);
		token.content = src.slice(from, end).trim();
	}
	state.pos = end + mark.length;
	return true;
}

/** Pandoc's rule: maths touches its marks on the inside, and no digit follows the last one. */
function closing(src: string, from: number, most: number, mark: string): number {
	if (mark === '$' && /\s/.test(src[from] ?? ' ')) return -1;
	let at = src.indexOf(mark, from);
	while (at >= 0 && at < most) {
		const escaped = src[at - 1] === '\\';
		const fits = mark === '$$' || (!/\s/.test(src[at - 1] ?? ' ') && !/\d/.test(src[at + 1] ?? ''));
		if (!escaped && fits && at > from) return at;
		at = src.indexOf(mark, at + mark.length);
	}
	return -1;
}

function block(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
	const lineOf = (line: number) => state.src.slice((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0), state.eMarks[line]).trim();
	const first = lineOf(startLine);
	if (!first.startsWith('$$') || (first.length > 2 && first.slice(2).includes('$$'))) return false;
	let line = startLine + 1;
	while (line < endLine && !lineOf(line).endsWith('$$')) line++;
	if (line >= endLine) return false;
	if (silent) return true;
	const token = state.push('maths_block', 'div', 0);
	const inner = Array.from({ length: line - startLine - 1 }, (_, at) => lineOf(startLine + 1 + at));
	token.block = true;
	token.content = [first.slice(2), ...inner, lineOf(line).slice(0, -2)].join('\n').trim();
	token.map = [startLine, line + 1];
	state.line = line + 1;
	return true;
}
