/**
 * Moments in a text: `<time datetime="2026-11-22T15:30:00Z">…</time>`, as variables write them, is
 * the one piece of HTML that a text may hold. It is shown as an age that keeps moving.
 */

import type { MarkdownIt } from 'markdown-it';
import { distance } from '../../format';

const TIME = /<time datetime="(\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?Z)">([^<>]{0,80})<\/time>/y;

export function times(markdown: MarkdownIt): void {
	markdown.inline.ruler.before('html_inline', 'time', (state, silent) => {
		if (state.src[state.pos] !== '<') return false;
		TIME.lastIndex = state.pos;
		const found = TIME.exec(state.src);
		if (!found || Number.isNaN(Date.parse(found[1] ?? ''))) return false;
		if (!silent) {
			const token = state.push('time', 'time', 0);
			token.attrSet('datetime', found[1] ?? '');
			token.content = found[2] ?? '';
		}
		state.pos += found[0].length;
		return true;
	});
	markdown.renderer.rules['time'] = (tokens, at) => {
		const { escapeHtml } = markdown.utils;
		const token = tokens[at];
		return `<time datetime="${escapeHtml(String(token?.attrGet('datetime')))}">${escapeHtml(token?.content ?? '')}</time>`;
	};
}

/** The moments among these nodes, each with the words it was written with. */
export function findTimes(node: ParentNode): HTMLTimeElement[] {
	const found = [...node.querySelectorAll('time[datetime]')].filter((one) => one instanceof HTMLTimeElement);
	for (const one of found) one.title = one.textContent ?? '';
	return found;
}

/** Say how far each is from now. */
export function tellTimes(found: readonly HTMLTimeElement[], now: number): void {
	for (const one of found) {
		const words = distance(Date.parse(one.dateTime), now);
		if (one.textContent !== words) one.textContent = words;
	}
}
