import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { call, pushPin, withAda } from './ada';
import { openBrowser, visit } from './browser';
import { Server } from './server';

/** What a visitor's first sight of a shared board may weigh, compressed: web-app.md. */
const most = 150_000;
const cards = 30;

let browser: Browser;
let server: Server;
let board: { id: string };

beforeAll(async () => {
	[browser, server] = await Promise.all([openBrowser(), Server.start()]);
	const key = await withAda(server);
	board = await call(server, key, 'POST', '/v1/pinboards', { title: 'Thirty figures' });
	for (let number = 1; number <= cards; number++) {
		const pin = await pushPin(server, key, `Figure ${number}`, `${number}00`);
		await call(server, key, 'POST', `/v1/pinboards/${board.id}/pins`, { pin_id: pin });
	}
	await call(server, key, 'POST', `/v1/pinboards/${board.id}/share`, { is_public: true });
});
afterAll(async () => {
	await browser?.close();
	await server?.stop();
});

test('a shared board shows its figures within the weight it may have', async () => {
	const { context, page } = await visit(browser, server.address);
	const session = await context.newCDPSession(page);
	const counted = new Set<string>();
	let weight = 0;
	await session.send('Network.enable');
	session.on('Network.responseReceived', ({ requestId, type }) => {
		if (['Document', 'Stylesheet', 'Script'].includes(type)) counted.add(requestId);
	});
	session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
		if (counted.has(requestId)) weight += encodedDataLength;
	});
	await page.goto(`/share/pinboard/${board.id}`);
	await page.getByText('3000', { exact: true }).first().waitFor();
	expect(await page.getByRole('article').count()).toBe(cards);
	expect(weight).toBeGreaterThan(10_000);
	expect(weight).toBeLessThan(most);
});
