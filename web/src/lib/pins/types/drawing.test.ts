import { flushSync, mount, unmount } from 'svelte';
import { afterEach, describe, expect, it } from 'vitest';
import { drawing, drawnTypes } from './index';

const GOOD: Record<string, unknown> = {
	'stat-cards': { cards: [{ title: 'Total Sales', value: '$12,450', change: '+23.5%', trend: 'up' }] },
	'line-chart': { labels: ['06', '07'], series: [{ name: 'Today', data: [24, 110] }] },
	charts: { type: 'donut', data: [{ name: 'Direct', value: 3 }] },
	'flexible-table': { columns: [{ id: 'a', label: 'Product' }], rows: [{ a: 'Widget' }] },
	table: { rows: [{ a: 'Widget' }] },
	'alert-action': { level: 'critical', title: 'Flour for one more batch' },
	'score-gauge': { score: 87 },
	'indicator-table': { indicators: [{ name: 'RSI', value: 28, signal: 'buy' }] },
	'bottom-detector': { score: 72, signals: [{ name: 'RSI', active: true }] },
	'long-short-pie': { long: 62.4, short: 37.6 },
	markdown: { content: 'Rye is gone.' },
	embed: { url: 'https://youtu.be/dQw4w9WgXcQ' },
	image: { url: 'https://example.com/a.png', alt: 'A loaf' },
	'json-viewer': { data: { a: 1 } }
};

const HOSTILE: unknown[] = [
	undefined, null, true, 7, 'text', [], [[]], {},
	{ cards: [null, 7, { value: {} }, { title: [], value: Symbol.iterator.toString(), sparkline: [{}, null], target: 0 }] },
	{ series: [null, { data: { length: 9e9 } }, { name: {}, data: [{ x: {}, y: [] }] }], labels: [{}, null], thresholds: [7], annotations: 'x' },
	{ type: 'candlestick', data: [{ open: 1 }, null], xKey: {}, yKeys: [{}] },
	{ columns: [null, {}, { id: '__proto__' }, { id: 'constructor', type: 'sparkline' }], rows: [null, 7, { constructor: [1, 'x'] }], sortBy: {}, pageSize: -1 },
	{ level: '__proto__', title: '<img src=x onerror=alert(1)>', actions: [{ url: 'javascript:alert(1)', label: 'x' }], message: '<script>'.repeat(99) },
	{ score: 'NaN', min: 5, max: 5, thresholds: [{ value: 5 }, {}] },
	{ score: 1e308, min: -1e308, max: 1e308, signals: [null, { name: {} }], indicators: [{ value: {}, change: [] }] },
	{ long: -1, short: 1, url: 'javascript:alert(1)', content: { a: 1 }, data: [[[[]]]] }
];

const mounted: Record<string, unknown>[] = [];

async function drawn(type: string, config: unknown, title = 'A pin'): Promise<HTMLElement> {
	const target = document.body.appendChild(document.createElement('div'));
	const Drawing = await drawing(type);
	mounted.push(mount(Drawing, { target, props: { config, layout: '1x1', view: { title } } }));
	flushSync();
	return target;
}

afterEach(async () => {
	await Promise.all(mounted.splice(0).map((component) => unmount(component)));
	document.body.replaceChildren();
});

describe.each(drawnTypes)('%s', (type) => {
	it('draws what it is for', async () => {
		const room = await drawn(type, GOOD[type]);
		expect(room.querySelector('.quiet')).toBeNull();
		expect(room.querySelector('.inner')?.children.length).toBeGreaterThan(0);
	});

	it('draws something, and no script, from whatever it is given', async () => {
		for (const config of HOSTILE) {
			const room = await drawn(type, config);
			expect(room.querySelector('.inner')?.children.length, JSON.stringify(config)).toBeGreaterThan(0);
			expect(room.textContent).not.toContain('cannot be drawn');
			expect(room.querySelector('script, [onerror], [href^="javascript"], [src^="javascript"]')).toBeNull();
		}
	});
});

it('shows a type that nobody draws yet as JSON', async () => {
	const room = await drawn('hologram', { depth: 3 });
	expect(room.textContent).toContain('depth');
	expect((await drawing('constructor')) === (await drawing('json-viewer'))).toBe(true);
});

it('says a figure once to those who listen, whatever it is made of', async () => {
	const room = await drawn('stat-cards', GOOD['stat-cards']);
	expect(room.querySelector('.figure .unseen')?.textContent).toBe('$12,450');
	expect(room.querySelector('.cells')?.getAttribute('aria-hidden')).toBe('true');
	expect(room.querySelector('.change')?.textContent).toContain('up');
});

it('does not repeat the heading of its card', async () => {
	expect((await drawn('stat-cards', GOOD['stat-cards'], 'Total Sales')).querySelector('h3')).toBeNull();
	expect((await drawn('stat-cards', GOOD['stat-cards'], 'Sales Dashboard')).querySelector('h3')?.textContent).toBe('Total Sales');
});
