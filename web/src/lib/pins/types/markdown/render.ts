/** GitHub-flavoured markdown to nodes that are safe to put on the page. Raw HTML in it is text. */

import DOMPurify from 'dompurify';
import MarkdownIt from 'markdown-it';
import footnote from 'markdown-it-footnote';
import { imageAddress, isOurs, linkAddress } from '../address';
import { surroundings } from '../surroundings.svelte';
import { maths } from './maths';
import { tasks } from './tasks';
import { times } from './times';

const MOST_CHARACTERS = 400_000; // a config is at most 512 KiB; beyond this only the beginning is drawn
const MOST_NESTING = 32;
const MOST_FOOTNOTES = 500;

const markdown = new MarkdownIt({ html: false, linkify: true, maxNesting: MOST_NESTING });
markdown.use(footnote).use(tasks).use(maths).use(times);
// `README.md` and `node.js` are names of files, and `example.com` in a sentence is no link either.
markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false });
// Checked by our own rule when drawn; what it refuses is then a link that leads nowhere, not broken text.
markdown.validateLink = () => true;
// The plugin takes for each footnote as long as for all before it: those beyond stay as written.
markdown.inline.ruler.before('footnote_inline', 'most_footnotes', (state) => {
	const { list } = ((state.env as { footnotes?: { list?: unknown[] } }).footnotes ?? {});
	const mark = state.src.startsWith('^[', state.pos) || state.src.startsWith('[^', state.pos);
	if (!mark || (list?.length ?? 0) < MOST_FOOTNOTES) return false;
	state.pending += state.src[state.pos++];
	return true;
});
markdown.core.ruler.push('lower_headings', (state) => {
	const headings = state.tokens.filter((token) => token.type === 'heading_open' || token.type === 'heading_close');
	const top = headings.reduce((least, token) => Math.min(least, Number(token.tag.slice(1))), 6);
	for (const token of headings) {
		if (token.type === 'heading_open') token.attrJoin('class', token.tag);
		// The card's own heading is h3: whatever a text begins with is the step below it.
		token.tag = `h${Math.min(6, Number(token.tag.slice(1)) - top + 4)}`;
	}
});

/**
 * The nodes of a text. `prefix` keeps the footnotes of several texts on one page apart; without
 * `pictures` they are links.
 */
export function render(text: string, prefix: string, pictures = true): DocumentFragment {
	const html = markdown.render(text.slice(0, MOST_CHARACTERS), { docId: prefix });
	const nodes = DOMPurify.sanitize(html, {
		RETURN_DOM_FRAGMENT: true,
		USE_PROFILES: { html: true },
		ADD_ATTR: ['align'],
		FORBID_TAGS: ['style', 'form', 'iframe', 'object', 'embed', 'video', 'audio'],
		// Checked below; DOMPurify knows no rule for paths of our own.
		ALLOW_UNKNOWN_PROTOCOLS: false
	});
	nodes.querySelectorAll('a').forEach(dressLink);
	nodes.querySelectorAll('img').forEach((picture) => dressPicture(picture, pictures));
	// What is wide scrolls by itself, and by keyboard.
	nodes.querySelectorAll('pre').forEach((code) => (code.tabIndex = 0));
	nodes.querySelectorAll('table').forEach((table) => {
		const room = document.createElement('div');
		room.className = 'wide';
		room.tabIndex = 0;
		table.replaceWith(room);
		room.append(table);
	});
	return nodes;
}

function dressLink(link: HTMLAnchorElement): void {
	const written = link.getAttribute('href') ?? '';
	if (written.startsWith('#')) return;
	const address = linkAddress(written);
	if (!address) {
		link.removeAttribute('href');
		return;
	}
	link.href = address;
	if (isOurs(address)) return;
	link.target = '_blank';
	link.rel = 'noopener noreferrer nofollow';
}

function dressPicture(picture: HTMLImageElement, pictures: boolean): void {
	const address = imageAddress(picture.getAttribute('src'));
	if (!address || !pictures || (!surroundings.outside && !isOurs(address))) {
		const instead = document.createElement(address ? 'a' : 'span');
		instead.textContent = picture.alt || address || '';
		if (address) instead.setAttribute('href', address);
		if (instead instanceof HTMLAnchorElement) dressLink(instead);
		picture.replaceWith(instead);
		return;
	}
	picture.setAttribute('loading', 'lazy');
	picture.setAttribute('decoding', 'async');
	picture.setAttribute('referrerpolicy', 'no-referrer');
	// Last: a picture begins to load when it has an address.
	picture.src = address;
}
