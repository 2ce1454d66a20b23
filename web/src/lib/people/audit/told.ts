import type { AuditEntry } from '@pindown/client';

/** What was done, as the end of a sentence that begins with a person. */
export const told: Record<string, string> = {
	'session.started': 'signed in',
	'session.refused': 'did not sign in: the password was wrong',
	'session.ended': 'signed out a browser',
	'sessions.ended': 'signed out the other browsers',
	'password.link_created': 'made a link to set a password',
	'password.changed': 'changed the password',
	'password.reset': 'set a new password by a link',
	'account.signed_up': 'made an account',
	'account.created': 'made an account for somebody',
	'account.changed': 'changed an account',
	'account.removed': 'removed an account',
	'key.created': 'made an API key',
	'key.changed': 'changed an API key',
	'key.rotated': 'gave an API key another secret',
	'key.revoked': 'revoked an API key',
	'pin.shared': 'changed who sees a pin',
	'pinboard.shared': 'changed who sees a board',
	'page.shared': 'changed who sees a page',
	'pin.collaborator_added': 'gave somebody a role on a pin',
	'pinboard.collaborator_added': 'gave somebody a role on a board',
	'page.collaborator_added': 'gave somebody a role on a page',
	'pin.role_changed': 'changed somebody’s role on a pin',
	'pinboard.role_changed': 'changed somebody’s role on a board',
	'page.role_changed': 'changed somebody’s role on a page',
	'pin.collaborator_removed': 'took somebody’s role on a pin away',
	'pinboard.collaborator_removed': 'took somebody’s role on a board away',
	'page.collaborator_removed': 'took somebody’s role on a page away',
	'role.created': 'made a role of a board',
	'role.changed': 'changed a role of a board',
	'role.deleted': 'took a role of a board away',
	'role.members_changed': 'changed who holds a role of a board',
	'pinboard.pin_roles_changed': 'changed for which roles a pin asks',
	'pin.transferred': 'gave a pin to another owner',
	'pinboard.transferred': 'gave a board to another owner',
	'page.transferred': 'gave a page to another owner',
	'dataset.transferred': 'gave a dataset to another owner',
	'invitation.accepted': 'accepted an invitation',
	'invitation.withdrawn': 'took an invitation back',
	'push_address.created': 'made a push address',
	'push_address.deleted': 'closed a push address',
	'pin.deleted': 'deleted a pin',
	'pinboard.deleted': 'deleted a board',
	'page.deleted': 'deleted a page',
	'dataset.deleted': 'deleted a dataset',
	'file.deleted': 'deleted a file',
	'bin.restored': 'brought something back from the bin',
	'bin.removed': 'deleted something for good'
};

const flags: Record<string, [on: string, off: string]> = {
	is_public: ['public link on', 'public link off'],
	require_sign_in: ['visitors sign in', 'visitors need not sign in'],
	allow_edit: ['signed-in visitors may edit', 'visitors may not edit'],
	allow_comments: ['comments on', 'comments off'],
	is_admin: ['is an admin', 'is no admin']
};

/** The particulars that can be read without knowing ids. */
export function particulars({ details }: Pick<AuditEntry, 'details'>): string[] {
	return Object.entries(details).flatMap(([name, value]) => {
		if (name === 'role' && typeof value === 'string') return [`as ${value}`];
		if (name === 'tier' && typeof value === 'string') return [`tier ${value}`];
		if (name === 'kind' && typeof value === 'string') return [value];
		if (name === 'scopes' && Array.isArray(value)) return [value.map((scope) => (scope === '*' ? 'everything' : scope)).join(' ')];
		if (name === 'ended' && typeof value === 'number') return [String(value)];
		const words = flags[name];
		return words && typeof value === 'boolean' ? [words[value ? 0 : 1]] : [];
	});
}

const places = { 'p-': '/pins/', 'pb-': '/boards/', 'pg-': '/pages/', 'd-': '/datasets/' };

/** Where the thing that it was done to is shown, if it may still be there. */
export function placeOf({ what, thing_id }: Pick<AuditEntry, 'what' | 'thing_id'>): string | undefined {
	if (thing_id === null || what.endsWith('.deleted') || what === 'bin.removed') return undefined;
	const place = Object.entries(places).find(([prefix]) => thing_id.startsWith(prefix))?.[1];
	return place && place + thing_id;
}
