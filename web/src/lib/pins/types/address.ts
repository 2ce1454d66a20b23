/** Addresses out of a config, checked when they are drawn: a rendered variable may have put anything there. */

const ALLOWED = new Set(['http:', 'https:', 'mailto:']);

function here(): string {
	return typeof location === 'undefined' ? 'https://pindown.invalid' : location.origin;
}

/** An address one may click: http, https, mailto or a path of our own; undefined for anything else. */
export function linkAddress(value: unknown): string | undefined {
	const url = parsed(value);
	return url && ALLOWED.has(url.protocol) ? url.href : undefined;
}

/** An address a picture may come from: http, https or a path of our own. */
export function imageAddress(value: unknown): string | undefined {
	const url = parsed(value);
	return url && url.protocol !== 'mailto:' && ALLOWED.has(url.protocol) ? url.href : undefined;
}

/** An address that may be framed: https, and never our own origin, whose frames could act as the reader. */
export function frameAddress(value: unknown): URL | undefined {
	const url = parsed(value);
	return url?.protocol === 'https:' && url.origin !== here() ? url : undefined;
}

export function isOurs(address: string): boolean {
	return parsed(address)?.origin === here();
}

function parsed(value: unknown): URL | undefined {
	if (typeof value !== 'string' || value.trim() === '' || value.length > 4096) return undefined;
	const url = URL.parse(value.trim(), here());
	// `https://name:secret@host` shows one host and may mean another.
	return url && !url.username && !url.password ? url : undefined;
}
