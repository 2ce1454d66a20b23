const parts: Record<string, string> = {
	title: 'title',
	description: 'description',
	tags: 'tags',
	metadata: 'details',
	is_public: 'who sees it',
	require_sign_in: 'who sees it',
	expires_at: 'how long the link lasts',
	allow_comments: 'comments'
};
const whole: Record<string, string> = {
	created: 'Made the board',
	pins: 'Changed its pins',
	layout: 'Moved cards',
	'taken out of the bin': 'Took it out of the bin'
};

/** What somebody did to a board, as a sentence without a subject. */
export function told(what: unknown): string {
	const said = String(what);
	const restored = /^restored (\d+)$/.exec(said)?.[1];
	if (restored) return `Went back to revision ${restored}`;
	if (whole[said]) return whole[said];
	const names = [...new Set(said.split(', ').map((name) => parts[name] ?? name))].sort();
	return `Changed ${names.join(' and ')}`;
}
