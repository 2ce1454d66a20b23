/** Draws mermaid diagrams. Loaded with the first text that holds one. */

import DOMPurify from 'dompurify';
import mermaid from 'mermaid';

const MOST_CHARACTERS = 20_000;

let drawn = 0;
/** Mermaid lays out one diagram at a time: they wait for one another. */
let queue: Promise<unknown> = Promise.resolve();

/** The diagram as an SVG element in the colours of `place`; undefined where the source is none. */
export function diagram(source: string, place: HTMLElement): Promise<Element | undefined> {
	const turn = queue.then(() => draw(source, place));
	queue = turn;
	return turn;
}

async function draw(source: string, place: HTMLElement): Promise<Element | undefined> {
	if (source.length > MOST_CHARACTERS) return undefined;
	const style = getComputedStyle(place);
	const token = (name: string) => style.getPropertyValue(name).trim();
	mermaid.initialize({
		startOnLoad: false,
		securityLevel: 'strict',
		suppressErrorRendering: true,
		htmlLabels: false,
		theme: 'base',
		fontFamily: style.fontFamily,
		themeVariables: {
			background: token('--card'), primaryColor: token('--sunk'), primaryBorderColor: token('--edge'), primaryTextColor: token('--ink'),
			lineColor: token('--soft'), textColor: token('--ink'), secondaryColor: token('--pin-soft'), tertiaryColor: token('--paper'),
			noteBkgColor: token('--late-soft'), noteTextColor: token('--ink'), edgeLabelBackground: token('--card'), fontSize: '13px',
			pie1: token('--s1'), pie2: token('--s2'), pie3: token('--s3'), pie4: token('--s4'), pie5: token('--s5'), pie6: token('--s6')
		}
	});
	try {
		const { svg } = await mermaid.render(`diagram-${++drawn}`, source);
		const nodes = DOMPurify.sanitize(svg, { RETURN_DOM_FRAGMENT: true, USE_PROFILES: { svg: true, svgFilters: true }, ADD_TAGS: ['style'], FORBID_TAGS: ['foreignObject', 'a'] });
		return nodes.firstElementChild ?? undefined;
	} catch {
		// Not a diagram after all: the caller leaves the source as it is.
		return undefined;
	}
}
