import { goto } from '$app/navigation';
import type { Found } from '@pindown/client';
import { client } from '#lib/client.ts';

export type Command = { name: string; kind: string; run: () => Promise<unknown> };

const to = (name: string, path: string): Command => ({ name, kind: 'Go to', run: () => goto(path) });

/** What can be done from anywhere. */
export const commands: Command[] = [
	to('Boards', '/'),
	to('Pins', '/pins'),
	to('Late pins', '/pins?late'),
	to('Pages', '/pages'),
	to('Datasets', '/datasets'),
	to('API keys', '/keys'),
	to('Bin', '/bin'),
	to('Settings', '/settings'),
	to('Who did what', '/settings/audit'),
	{
		name: 'New board',
		kind: 'Make',
		run: async () => goto(`/boards/${(await client.pinboards.create({ title: 'New board' })).id}?edit`)
	},
	{
		name: 'New page',
		kind: 'Make',
		run: async () => goto(`/pages/${(await client.pages.create({ title: 'New page' })).id}?edit`)
	},
	{ name: 'New dataset', kind: 'Make', run: () => goto('/datasets?new') }
];

export const kindNames: Record<Found['kind'], string> = {
	pin: 'Pin',
	pinboard: 'Board',
	page: 'Page',
	dataset: 'Dataset'
};

const places: Record<Found['kind'], string> = {
	pin: '/pins',
	pinboard: '/boards',
	page: '/pages',
	dataset: '/datasets'
};

/** Where something that was found is shown. */
export const pathOf = ({ kind, id }: Pick<Found, 'kind' | 'id'>) => `${places[kind]}/${id}`;
