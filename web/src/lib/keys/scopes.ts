import type { Scope } from '@pindown/client';

/** What a key may be allowed, in the words of somebody who has to decide. */
export const scopes = [
	{ name: 'pins:read', text: 'See pins and follow them live' },
	{ name: 'pins:write', text: 'Push values; create, change and delete pins' },
	{ name: 'pins:share', text: 'Make pins public and invite people to them' },
	{ name: 'pinboards:read', text: 'See boards and follow them live' },
	{ name: 'pinboards:write', text: 'Create, arrange and delete boards' },
	{ name: 'pinboards:invite', text: 'Invite people to boards and give roles' },
	{ name: 'pinboards:share', text: 'Make boards public' },
	{ name: 'pages:read', text: 'See pages' },
	{ name: 'pages:write', text: 'Create, change and publish pages' },
	{ name: 'datasets:read', text: 'See datasets and use them in pins' },
	{ name: 'datasets:write', text: 'Create, change and delete datasets' },
	{ name: '*', text: 'Everything you can do yourself, keys included' }
] as const satisfies { name: Scope; text: string }[];

/** The three keys that nearly everybody wants, the usual one first. */
export const presets: { name: string; text: string; scopes: Scope[] }[] = [
	{
		name: 'Push',
		text: 'For a script that pushes numbers',
		scopes: ['pins:read', 'pins:write', 'pinboards:read', 'pinboards:write']
	},
	{
		name: 'Look',
		text: 'For a screen that only shows them',
		scopes: ['pins:read', 'pinboards:read', 'pages:read']
	},
	{ name: 'Everything', text: 'Full access; keep it close', scopes: ['*'] }
];

/** How long a key can live: in days, or for ever. */
export const lifetimes = [
	{ name: 'Never', days: undefined },
	{ name: 'In 30 days', days: 30 },
	{ name: 'In 90 days', days: 90 },
	{ name: 'In a year', days: 365 }
] as const;

/** Whether two choices are the same set. */
export function sameScopes(a: readonly Scope[], b: readonly Scope[]): boolean {
	return a.length === b.length && a.every((scope) => b.includes(scope));
}
