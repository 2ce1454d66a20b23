import type { Block } from '@pindown/client';
import { imageAddress } from '../types/address';
import { fields, records, text } from '../types/reading';

export const blockTypes = ['markdown', 'code', 'image', 'image-steps', 'mermaid', 'conditional'] as const;
export type BlockType = (typeof blockTypes)[number];

/** What a type is called, and what it is for. */
export const blockNames: Record<BlockType, { name: string; purpose: string }> = {
	markdown: { name: 'Text', purpose: 'A paragraph, a list, a table' },
	code: { name: 'Code', purpose: 'A program or a log, coloured' },
	image: { name: 'Picture', purpose: 'By address, or uploaded' },
	'image-steps': { name: 'Steps with pictures', purpose: 'A walk through something' },
	mermaid: { name: 'Diagram', purpose: 'Drawn out of a Mermaid text' },
	conditional: { name: 'Condition', purpose: 'One text or another, by what a dataset says' }
};

export type Picture = { address: string; alt: string; caption: string; width: string | undefined };
export type Step = { title: string; text: string; picture: Picture | undefined };

/** The Markdown that draws a block of text, code, a diagram or a chosen text; empty for others. */
export function markdownOf(block: Pick<Block, 'type' | 'rendered'>): string {
	const shown = fields(block.rendered);
	if (block.type === 'code') return fenced(raw(shown['code']), language(shown['language']));
	if (block.type === 'mermaid') return fenced(raw(shown['source']), 'mermaid');
	return typeof block.rendered === 'string' ? block.rendered : raw(shown['text']);
}

/** Whether a picture or steps were written as one plain text, which is drawn as Markdown. */
export function isPlainText(block: Pick<Block, 'rendered'>): boolean {
	const shown = fields(block.rendered);
	return 'text' in shown && !('url' in shown) && !('steps' in shown);
}

/** The picture of a block or of a step, if its address is one that may be loaded. */
export function pictureOf(value: unknown): Picture | undefined {
	const written = typeof value === 'string' ? { url: value } : fields(value);
	const address = imageAddress(written['url']);
	if (!address) return undefined;
	const caption = text(written['caption']);
	return { address, caption, alt: text(written['alt']) || caption, width: widthOf(written['width']) };
}

export function stepsOf(block: Pick<Block, 'rendered'>): { title: string; steps: Step[] } {
	const shown = fields(block.rendered);
	const steps = records(shown['steps']).map((step) => ({
		title: text(step['title']),
		text: raw(step['text']),
		picture: pictureOf(step['image'])
	}));
	return { title: text(shown['title']), steps };
}

/** A fence that nothing inside can end. */
function fenced(code: string, name: string): string {
	const runs = code.match(/`+/g) ?? [];
	const fence = '`'.repeat(Math.max(3, ...runs.map((run) => run.length + 1)));
	return `${fence}${name}\n${code}\n${fence}`;
}

const raw = (value: unknown) => (typeof value === 'string' ? value : text(value));
const language = (value: unknown) => /^[\w+#-]{1,30}$/.exec(text(value))?.[0] ?? '';

function widthOf(value: unknown): string | undefined {
	const said = text(value);
	if (/^\d{1,3}(\.\d{1,2})?%$/.test(said)) return said;
	return /^\d{1,5}(px)?$/.test(said) ? `${parseInt(said, 10)}px` : undefined;
}
