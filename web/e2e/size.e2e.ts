import type { Browser, Page, Request } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { call, pushPin, signIn, withAda } from './ada';
import { openBrowser, visit, type SignedIn, type Size } from './browser';
import { Server } from './server';

/** What a visitor's first sight of a shared board may weigh, compressed: web-app.md. */
const most = 150_000;
const cards = 30;
/** On a phone it takes four lines. */
const long = 'Thirty figures of the harbour bakery, by the hour and by the shop, for the morning meeting';
/** What may move while a screen comes, as browsers count it: web-app.md. */
const moves = 0.02;

declare global {
	interface Window {
		moved: number;
	}
}

let browser: Browser;
let server: Server;
let board: { id: string };
let pin: string;
let signedIn: SignedIn;

beforeAll(async () => {
	[browser, server] = await Promise.all([openBrowser(), Server.start()]);
	const key = await withAda(server);
	board = await call(server, key, 'POST', '/v1/pinboards', { title: long });
	for (let number = 1; number <= cards; number++) {
		pin = await pushPin(server, key, `Figure ${number}`, `${number}00`);
		await call(server, key, 'POST', `/v1/pinboards/${board.id}/pins`, { pin_id: pin });
	}
	await call(server, key, 'POST', `/v1/pinboards/${board.id}/share`, { is_public: true });
	const { context, page } = await visit(browser, server.address);
	await signIn(page);
	signedIn = await context.storageState();
	await context.close();
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

/** Adds up every shift of the layout of this page from its first moment on. */
const countMoves = (page: Page) =>
	page.addInitScript(() => {
		window.moved = PerformanceObserver.supportedEntryTypes.includes('layout-shift') ? 0 : NaN;
		new PerformanceObserver((list) => {
			for (const entry of list.getEntries()) if ('value' in entry) window.moved += Number(entry.value);
		}).observe({ type: 'layout-shift', buffered: true });
	});
/** What moved until everything was painted. */
const moved = (page: Page) => painted(page).then(() => page.evaluate(() => window.moved));
const painted = (page: Page) =>
	page.evaluate(async () => {
		await document.fonts.ready;
		await new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)));
	});

type Drawn = [what: string, path: () => string, last: (page: Page) => ReturnType<Page['getByText']>];
const drawn: Drawn[] = [
	['a board', () => `/boards/${board.id}`, (page) => page.getByText('3000', { exact: true }).first()],
	['a shared board', () => `/share/pinboard/${board.id}`, (page) => page.getByText('3000', { exact: true }).first()],
	['a pin', () => `/pins/${pin}`, (page) => page.getByText('Last changes')]
];

const pathOf = (request: Request) => new URL(request.url()).pathname;
/** The paths that a page has asked for, and what is on its way; the stream, which does not end, aside. */
function watchCalls(page: Page) {
	const [made, waiting] = [new Set<string>(), new Set<Request>()];
	page.on('request', (request) => {
		const path = pathOf(request);
		if (!path.startsWith('/v1/') || path === '/v1/live') return;
		made.add(path);
		waiting.add(request);
	});
	const end = (request: Request) => void waiting.delete(request);
	page.on('requestfinished', end);
	page.on('requestfailed', end);
	return { made, waiting };
}

test.each(drawn)('%s comes without moving, whichever answer comes last', async (_, path, last) => {
	for (const size of ['desk', 'phone'] satisfies Size[]) {
		const come = async (held?: string) => {
			const { context, page } = await visit(browser, server.address, { size, signedIn });
			const { made, waiting } = watchCalls(page);
			const released = Promise.withResolvers<true>();
			await page.route(({ pathname }) => pathname === held, async (route) => {
				await released.promise;
				await route.continue();
			});
			await countMoves(page);
			await page.goto(path());
			if (held !== undefined) {
				await expect.poll(() => [...waiting].every((one) => pathOf(one) === held)).toBe(true);
				await painted(page);
			}
			released.resolve(true);
			await last(page).waitFor();
			await page.getByText('Live', { exact: true }).waitFor();
			await expect.poll(() => waiting.size).toBe(0);
			expect([size, held, await moved(page) < moves]).toEqual([size, held, true]);
			await context.close();
			return made;
		};
		const calls = await come();
		for (const call of [...calls, '/v1/live']) await come(call);
	}
});
