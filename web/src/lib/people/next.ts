/** Where to go after signing in: a path of our own, whatever the link said. */
export function ownPath(wanted: string | null): string {
	if (!wanted?.startsWith('/') || !URL.canParse(wanted, location.origin)) return '/';
	const url = new URL(wanted, location.origin);
	if (url.origin !== location.origin || url.pathname === '/sign-in') return '/';
	return url.pathname + url.search;
}
