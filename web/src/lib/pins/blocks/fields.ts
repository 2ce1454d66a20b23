import type { BlockType } from './said';

/** A field of many lines. */
export type Area = { key: string; label: string; rows: number; mono?: true; hint?: string };

export const areas: Record<BlockType, Area[]> = {
	markdown: [{ key: 'text', label: 'Text', rows: 6, hint: 'Markdown, and variables such as {{sales.total}}' }],
	code: [{ key: 'code', label: 'Code', rows: 8, mono: true }],
	mermaid: [{ key: 'source', label: 'Diagram', rows: 8, mono: true, hint: 'Mermaid: graph LR; Oven --> Shop' }],
	conditional: [
		{ key: 'when', label: 'When', rows: 1, mono: true, hint: 'An expression, such as sales.total > 100 and not sales.closed' },
		{ key: 'then', label: 'Then show', rows: 3 },
		{ key: 'else', label: 'Otherwise show', rows: 3, hint: 'Nothing, if it is empty. Who may not edit never sees the other text.' }
	],
	image: [],
	'image-steps': []
};

export const lines: Partial<Record<BlockType, { key: string; label: string; hint?: string }[]>> = {
	code: [{ key: 'language', label: 'Language', hint: 'python, sh, json …' }],
	image: [
		{ key: 'url', label: 'Address', hint: 'https://…, or upload a picture below' },
		{ key: 'alt', label: 'What it shows, for those who cannot see it' },
		{ key: 'caption', label: 'Caption' },
		{ key: 'width', label: 'Width', hint: 'pixels, or a share such as 60%' }
	],
	'image-steps': [{ key: 'title', label: 'Title' }]
};
