/** Puts rendered text into an element, marks what is new in it, and finishes code, maths and diagrams. */

import { untrack } from 'svelte';
import type { Attachment } from 'svelte/attachments';
import { prefersReducedMotion } from 'svelte/motion';
import { clock } from '#lib/live/clock.svelte.ts';
import { render } from './render';
import { findTimes, tellTimes } from './times';

const MARK_MS = 2000;
/** What is finished of one text: thousands of formulas or diagrams would hold up the page for minutes. */
const MOST_FORMULAS = 400;
const MOST_DIAGRAMS = 30;
const MOST_PROGRAMS = 200;
const LONGEST_FORMULA = 5_000; // characters

export function prose(text: () => string, prefix: string, pictures = true): Attachment<HTMLElement> {
	return (node) => {
		let before: Set<string> | undefined;
		let round = 0;
		let moments = $state.raw<HTMLTimeElement[]>([]);
		// Only a text that holds a moment listens to the clock.
		$effect(() => {
			if (moments.length > 0) tellTimes(moments, clock.now);
		});
		$effect(() => {
			const nodes = render(text(), prefix, pictures);
			const mine = ++round;
			const pieces = new Set(Array.from(nodes.children, (piece) => piece.textContent ?? ''));
			moments = findTimes(nodes);
			node.replaceChildren(nodes);
			if (before && untrack(() => !prefersReducedMotion.current)) mark(node, before);
			before = pieces;
			finish(node, () => mine === round).catch(() => {
				// Colours, formulas and diagrams are an addition: without them the text stands as written.
			});
		});
		node.addEventListener('error', unpictured, true);
		return () => {
			round = -1;
			node.removeEventListener('error', unpictured, true);
		};
	};
}

/** In place of a picture that does not come stands what it shows. */
function unpictured({ target }: Event): void {
	if (!(target instanceof HTMLImageElement)) return;
	const words = document.createElement('span');
	words.className = 'unpictured';
	words.textContent = target.alt || 'Picture';
	target.replaceWith(words);
}

function mark(node: HTMLElement, before: Set<string>): void {
	for (const piece of node.children) {
		if (before.has(piece.textContent ?? '')) continue;
		piece.animate?.([{ boxShadow: '-0.7em 0 0 -0.5em var(--pin)' }, { boxShadow: '-0.7em 0 0 -0.5em var(--pin)', offset: 0.5 }, { boxShadow: '-0.7em 0 0 -0.5em transparent' }], { duration: MARK_MS });
	}
}

/** Each part is loaded only if the text needs it; a newer text makes the rest pointless. */
async function finish(node: HTMLElement, current: () => boolean): Promise<void> {
	const codes = [...node.querySelectorAll<HTMLElement>('pre > code[class*="language-"]')];
	const languageOf = (code: HTMLElement) => /language-([\w+#-]+)/.exec(code.className)?.[1]?.toLowerCase() ?? '';
	const charts = codes.filter((code) => languageOf(code) === 'mermaid');
	const formulas = [...node.querySelectorAll<HTMLElement>('.maths'), ...codes.filter((code) => languageOf(code) === 'math').map(asFormula)];
	const programs = codes.filter((code) => !['mermaid', 'math'].includes(languageOf(code)));
	if (programs.length > 0) {
		const { colourCode } = await import('./code');
		if (current()) programs.slice(0, MOST_PROGRAMS).forEach((code) => colourCode(code, languageOf(code)));
	}
	if (formulas.length > 0) {
		const { setFormula } = await import('./formulas');
		const set = formulas.slice(0, MOST_FORMULAS).filter((formula) => (formula.textContent ?? '').length <= LONGEST_FORMULA);
		if (current()) set.forEach(setFormula);
	}
	if (charts.length > 0) {
		const { diagram } = await import('./diagrams');
		for (const code of charts.slice(0, MOST_DIAGRAMS)) {
			const drawing = await diagram(code.textContent ?? '', node);
			if (drawing && current()) (code.parentElement ?? code).replaceWith(framed(drawing));
		}
	}
}

function asFormula(code: HTMLElement): HTMLElement {
	const formula = document.createElement('div');
	formula.className = 'maths block';
	formula.textContent = code.textContent;
	(code.parentElement ?? code).replaceWith(formula);
	return formula;
}

function framed(drawing: Element): HTMLElement {
	const frame = document.createElement('div');
	frame.className = 'diagram';
	frame.append(drawing);
	return frame;
}
