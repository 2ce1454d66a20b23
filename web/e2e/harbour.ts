import { call, stat } from './ada';
import type { Bakery } from './bakery';
import type { Server } from './server';

/** The bakery with what has grown around it: a past, blocks, comments, a dataset, a page. */
export type Harbour = Bakery & { noted: string; drawn: string; dataset: string; page: string; invitation: string; asking: string };

const values = [9800, 10120, 10900, 10750, 11400, 11980, 12450];

export async function withHarbour(server: Server, key: string, bakery: Bakery): Promise<Harbour> {
	const post = <Data>(path: string, body: object) => call<Data>(server, key, 'POST', path, body);
	for (const value of values)
		await call(server, key, 'PUT', `/v1/pins/${bakery.pin}`, {
			content: stat('Sales today', value, { unit: 'EUR', change: '+23.5 %', sparkline: 'auto' })
		});
	await post(`/v1/pins/${bakery.pin}/share`, { allow_comments: true });
	await post(`/v1/pins/${bakery.pin}/comments`, {
		text: 'Station is **not** in here before 9: their till syncs late.'
	});
	const noted = await post<{ id: string }>('/v1/pins', {
		pin_type: 'stat-cards',
		content: stat('Rye left', 84, { unit: 'loaves' }),
		metadata: { title: 'Rye left' }
	});
	await post(`/v1/pins/${noted.id}/share`, { is_public: true });
	const asking = await post<{ id: string }>('/v1/pinboards', { title: 'For the shops' });
	await post(`/v1/pinboards/${asking.id}/share`, { is_public: true, require_sign_in: true });
	for (const block of blocks) await post(`/v1/pins/${noted.id}/blocks`, block);
	const dataset = await post<{ id: string }>('/v1/datasets', {
		name: 'Sales',
		data: { total: 12450, open: true, 'Open rate': 0.92, rows: [{ shop: 'Harbour', sales: 5310.2 }] }
	});
	const drawn = await post<{ id: string }>('/v1/pins', {
		pin_type: 'markdown',
		content: 'Sold **{{sales.total | currency(EUR, 0)}}** since {{budget.since}}.',
		metadata: { title: 'What we sold' }
	});
	const page = await post<{ id: string }>('/v1/pages', {
		title: 'Sunday report',
		description: 'What the shops should know before Monday',
		pins: [drawn.id, bakery.pin, noted.id]
	});
	await post(`/v1/pages/${page.id}/publish`, {});
	const thrown = await post<{ id: string }>('/v1/pins', { content: 'Old', metadata: { title: 'Spelt, last year' } });
	await call(server, key, 'DELETE', `/v1/pins/${thrown.id}`);
	const invited = await post<{ invite_url: string }>(`/v1/pinboards/${bakery.board}/collaborators`, {
		email: 'cleo@harbour.example',
		role: 'editor'
	});
	const invitation = invited.invite_url;
	return { ...bakery, asking: asking.id, invitation, noted: noted.id, drawn: drawn.id, dataset: dataset.id, page: page.id };
}

const blocks = [
	{
		type: 'markdown',
		name: 'Why it matters',
		content: { text: 'Rye sells out first. Below **20** the second batch goes in.' }
	},
	{
		type: 'image-steps',
		name: 'How rye is made',
		content: {
			steps: [
				{ title: 'Feed the sour', text: 'At 22:00, by weight.' },
				{ title: 'Proof the dough', text: 'Until it has doubled.', image: '/demo/server-room.svg' }
			]
		}
	},
	{ type: 'mermaid', content: { source: 'graph LR; Sour-->Dough-->Oven-->Shop' } },
	{
		type: 'code',
		name: 'How it is counted',
		content: { code: 'left = baked - sold\nprint(f"{left} loaves")', language: 'python' }
	},
	{ type: 'conditional', content: { when: '1 > 2', then: 'sold out', else: 'There is rye.' } }
];
