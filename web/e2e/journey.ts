import type { Browser } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { withAda } from './ada';
import { openBrowser } from './browser';
import { Server } from './server';

/** What the journeys of a file have: a browser, a server of their own, and the key that Ada's scripts use. */
export let browser: Browser;
export let server: Server;
export let key: string;

beforeAll(async () => {
	[browser, server] = await Promise.all([openBrowser(), Server.start()]);
	key = await withAda(server);
});
afterAll(async () => {
	await browser?.close();
	await server?.stop();
});
