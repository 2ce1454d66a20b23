import { call, stat } from './ada';
import type { Server } from './server';

/** The board of the first drawings: every state a card can be in, beside one another. */
export type Bakery = { board: string; empty: string; pin: string; table: string };

const cards: { title: string; type: string; layout: string; config: object; more?: object }[] = [
	{
		title: 'Sales today',
		type: 'stat-cards',
		layout: '1x1',
		config: stat('Sales today', 12450, {
			unit: 'EUR',
			change: '+23.5 %',
			trend: 'up',
			sparkline: [4, 6, 6, 9, 8, 11, 12, 12, 15, 15, 18]
		}),
		more: { expect_every: 300 }
	},
	{
		title: 'Orders waiting',
		type: 'stat-cards',
		layout: '1x1',
		config: stat('Orders waiting', 38, { change: '9 since 08:00', trend: 'up', goodWhen: 'down' })
	},
	{
		title: 'Oven 2',
		type: 'stat-cards',
		layout: '1x1',
		config: stat('Oven 2', 231, { unit: '°C', change: 'steady', trend: 'neutral' })
	},
	{
		title: 'Cold store',
		type: 'stat-cards',
		layout: '1x1',
		config: stat('Cold store', 3.8, { unit: '°C' }),
		more: { expect_every: 1, grace: 0 }
	},
	{
		title: 'Loaves by hour',
		type: 'line-chart',
		layout: '2x2',
		config: {
			labels: ['06', '07', '08', '09', '10', '11', '12', '13', '14', '15', '16'],
			area: true,
			smooth: true,
			series: [
				{ name: 'Today', data: [20, 110, 200, 190, 180, 220, 265, 245] },
				{ name: 'Last Sunday', data: [40, 100, 180, 150, 120, 160, 210, 190, 150, 140, 205] }
			]
		}
	},
	{
		title: 'Flour',
		type: 'alert-action',
		layout: '2x1',
		config: {
			level: 'critical',
			title: 'Flour for one more batch',
			message: 'Type 550 is at 18 kg; a batch takes 16.',
			actions: [{ label: 'Order 250 kg', url: 'https://example.com/order' }]
		}
	},
	{
		title: 'Shops',
		type: 'flexible-table',
		layout: '2x2',
		config: {
			columns: [
				{ id: 'shop', label: 'Shop' },
				{ id: 'state', label: 'State', type: 'badge' },
				{ id: 'customers', label: 'Customers', type: 'number' },
				{ id: 'sales', label: 'Sales', type: 'currency', format: 'EUR' }
			],
			rows: [
				{ shop: 'Harbour', state: 'open', customers: 412, sales: 5310.2 },
				{ shop: 'Station', state: 'open', customers: 388, sales: 4902.75 },
				{ shop: 'Market square', state: 'short of staff', customers: 151, sales: 1540 },
				{ shop: 'University', state: 'till offline', customers: null, sales: 697.05 }
			]
		}
	},
	{
		title: 'Note for the evening shift',
		type: 'markdown',
		layout: '2x2',
		config: {
			content:
				'## Rye sells out first again\n\nWe are at **€12,450** by noon, and rye is **84 %** gone.\n\n- Bake two trays of rye at 14:30, not 15:00.\n- University runs on paper until the till is back.'
		}
	}
];

export async function withBakery(server: Server, key: string): Promise<Bakery> {
	const post = <Data>(path: string, body: object) => call<Data>(server, key, 'POST', path, body);
	const board = await post<{ id: string }>('/v1/pinboards', { title: 'Harbour Bakery, today' });
	const ids = new Map<string, string>();
	for (const { title, type, layout, config, more } of cards) {
		const pin = await post<{ id: string }>('/v1/pins', {
			pin_type: type,
			pin_layout: layout,
			content: config,
			metadata: { title },
			...more
		});
		ids.set(title, pin.id);
		await post(`/v1/pinboards/${board.id}/pins`, { pin_id: pin.id });
	}
	await post(`/v1/pinboards/${board.id}/share`, { is_public: true });
	await post(`/v1/pins/${ids.get('Loaves by hour')}/share`, { is_public: true });
	const empty = await post<{ id: string }>('/v1/pinboards', { title: 'Sunday' });
	return {
		board: board.id,
		empty: empty.id,
		pin: ids.get('Sales today') ?? '',
		table: ids.get('Shops') ?? ''
	};
}
