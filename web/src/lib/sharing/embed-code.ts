import type { Shareable } from './shareable';

/** How large a frame of somebody else's page is, in pixels; without a width as wide as its place. */
export type FrameSize = { width: number | undefined; height: number };

/** What is seen of a thing without scrolling, about. */
export const usualSize: Record<Shareable, FrameSize> = {
	pins: { width: 400, height: 240 },
	pinboards: { width: undefined, height: 640 },
	pages: { width: 720, height: 900 }
};

const least = 80;
const most = 4000;

/** A number of pixels somebody wrote, within bounds; undefined for what is none. */
export function readPixels(text: string): number | undefined {
	const pixels = Math.round(Number(text));
	return text.trim() === '' || Number.isNaN(pixels) ? undefined : Math.min(most, Math.max(least, pixels));
}

/** The HTML that shows something shared, live, in another page. */
export function embedCode(url: string, title: string, { width, height }: FrameSize): string {
	const attributes = {
		src: `${url}/embed`,
		title,
		width: width === undefined ? '100%' : String(width),
		height: String(height),
		loading: 'lazy',
		style: 'border: 0'
	};
	const written = Object.entries(attributes).map(([name, value]) => `${name}="${escaped(value)}"`);
	return `<iframe ${written.join(' ')}></iframe>`;
}

const escaped = (text: string) =>
	text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
