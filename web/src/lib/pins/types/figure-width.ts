/** How wide a figure will be, before it is drawn: so that it can be as large as its place allows. */

const NARROW = /[.,:;'’|!iljI\s()[\]°%]/;
const WIDE = /[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uff00-\uff60]|\p{Extended_Pictographic}/u;

const parts = typeof Intl.Segmenter === 'function' ? new Intl.Segmenter(undefined, { granularity: 'grapheme' }) : undefined;

/** What a reader sees as single characters. */
export function characters(text: string): string[] {
	return parts ? Array.from(parts.segment(text), (part) => part.segment) : Array.from(text);
}

/** The width in em of text in the weight and tracking of a figure; a little too wide rather than too narrow. */
export function widthInEms(text: string): number {
	let ems = 0;
	for (const character of characters(text))
		ems += WIDE.test(character) ? 1.05 : character === '%' ? 0.86 : NARROW.test(character) ? 0.33 : /[A-ZMmWw€$£@]/.test(character) ? 0.72 : 0.6;
	return Math.max(0.6, Math.round(ems * 100) / 100);
}
