import type { Handle } from '@sveltejs/kit/hooks';

/** The first text is drawn in the font it keeps: the page asks for it together with its code. */
export const handle: Handle = ({ event, resolve }) =>
	resolve(event, {
		preload: ({ type, path }) =>
			type === 'js' || type === 'css' || (type === 'font' && /\/geist-latin-wght-normal\.[^/]+$/.test(path))
	});
