/** The frame of a page somewhere else: its address as that service wants to be framed, and what it may do. */

import { frameAddress } from './address';
import { fields, text } from './reading';

export interface Frame {
	address: string;
	host: string;
	title: string;
	/** Width by height. */
	ratio: number | undefined;
	/** Video players refuse to play for a page that does not say where it is. */
	saysWhere: boolean;
}

const VIDEO = 16 / 9;

/** What a config asks to be framed; undefined unless that is https and not our own. */
export function readFrame(config: unknown): Frame | undefined {
	const written = fields(config);
	const asked = frameAddress(written['url']);
	if (!asked) return undefined;
	const type = text(written['type']).toLowerCase() || typeOf(asked);
	const framed = frameAddress(SERVICES[type]?.(asked) ?? asked.href);
	if (!framed) return undefined;
	return {
		address: framed.href,
		host: framed.host.replace(/^www\./, ''),
		title: text(written['title']),
		ratio: ratioOf(written['aspectRatio']) ?? (['youtube', 'vimeo', 'loom'].includes(type) ? VIDEO : undefined),
		saysWhere: type === 'youtube' || type === 'vimeo'
	};
}

function typeOf(url: URL): string {
	const host = url.hostname.replace(/^(www|m)\./, '');
	if (['youtube.com', 'youtu.be', 'youtube-nocookie.com'].includes(host)) return 'youtube';
	if (host === 'vimeo.com') return 'vimeo';
	if (host === 'loom.com') return 'loom';
	if (host === 'figma.com') return 'figma';
	return host === 'codepen.io' ? 'codepen' : 'website';
}

const SERVICES: Record<string, (url: URL) => string | undefined> = {
	youtube(url) {
		const id = url.searchParams.get('v') ?? /^\/(?:embed\/|shorts\/|live\/|v\/)?([\w-]{6,20})/.exec(url.pathname)?.[1];
		const start = /^\d+/.exec(url.searchParams.get('t') ?? url.searchParams.get('start') ?? '')?.[0];
		return id && /^[\w-]{6,20}$/.test(id) ? `https://www.youtube-nocookie.com/embed/${id}${start ? `?start=${start}` : ''}` : undefined;
	},
	vimeo(url) {
		const id = /(\d{5,})/.exec(url.pathname)?.[1];
		return id ? `https://player.vimeo.com/video/${id}?dnt=1` : undefined;
	},
	loom(url) {
		const id = /\/(?:share|embed)\/([a-f0-9]{16,})/.exec(url.pathname)?.[1];
		return id ? `https://www.loom.com/embed/${id}` : undefined;
	},
	figma(url) {
		return url.hostname === 'embed.figma.com' || url.pathname === '/embed' ? undefined : `https://www.figma.com/embed?embed_host=pindown&url=${encodeURIComponent(url.href)}`;
	},
	codepen(url) {
		const [, user, pen] = /^\/([^/]+)\/(?:pen|full|details|embed)\/([A-Za-z0-9]+)/.exec(url.pathname) ?? [];
		return user && pen ? `https://codepen.io/${user}/embed/${pen}?default-tab=result` : undefined;
	}
};

function ratioOf(value: unknown): number | undefined {
	const [, width, height] = /^\s*(\d+(?:\.\d+)?)\s*(?:[:/x]\s*(\d+(?:\.\d+)?))?\s*$/.exec(text(value)) ?? [];
	const ratio = Number(width) / Number(height ?? 1);
	return Number.isFinite(ratio) && ratio > 0.1 && ratio < 10 ? ratio : undefined;
}
