/** `- [x] done` and `- [ ] to do` as lists with boxes. */

import type { MarkdownIt, StateCore, Token } from 'markdown-it';

const BOX = /^\[([ xX])\][ \u00a0]/;

/** Teaches markdown-it task lists. The boxes cannot be ticked: a text is changed where it is written. */
export function tasks(markdown: MarkdownIt): void {
	markdown.core.ruler.after('inline', 'tasks', (state) => {
		state.tokens.forEach((token, at) => {
			const [paragraph, item] = [state.tokens[at - 1], state.tokens[at - 2]];
			const mark = token.type === 'inline' && paragraph?.type === 'paragraph_open' && item?.type === 'list_item_open' ? BOX.exec(token.content) : null;
			if (mark && item) box(state, token, item, mark[1] !== ' ');
		});
	});
}

function box(state: StateCore, text: Token, item: Token, done: boolean): void {
	const [first] = text.children ?? [];
	if (first?.type !== 'text' || !BOX.test(first.content)) return;
	first.content = first.content.replace(BOX, '');
	text.content = text.content.replace(BOX, '');
	const tick = new state.Token('html_inline', '', 0);
	// Our own text, and it goes through the same cleaning as everything else.
	tick.content = `<input type="checkbox" class="task" disabled${done ? ' checked' : ''} aria-label="${done ? 'done' : 'to do'}">`;
	text.children?.unshift(tick);
	item.attrJoin('class', done ? 'task-item done' : 'task-item');
}
