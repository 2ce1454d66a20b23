import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { call, pushPin, withAda } from './ada';
import { openBrowser, visit } from './browser';
import { Server } from './server';

let browser: Browser;
let server: Server;

beforeAll(async () => {
	[browser, server] = await Promise.all([openBrowser(), Server.start()]);
});
afterAll(async () => {
	await browser?.close();
	await server?.stop();
});

test('what is printed is light in the dark theme, chosen or the system’s', async () => {
	const key = await withAda(server);
	const pin = await pushPin(server, key, 'Rye left', '84');
	await call(server, key, 'POST', `/v1/pins/${pin}/share`, { is_public: true });
	const { page } = await visit(browser, server.address, { theme: 'dark' });
	await page.goto(`/share/pin/${pin}`);
	await page.getByText('84').first().waitFor();
	const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
	const dark = await paper();
	for (const chosen of [undefined, 'dark']) {
		await page.evaluate((theme) => theme && document.documentElement.setAttribute('data-theme', theme), chosen);
		await page.emulateMedia({ media: 'screen' });
		await expect.poll(paper).toBe(dark);
		await page.emulateMedia({ media: 'print' });
		await expect.poll(paper).toBe('rgb(245, 243, 238)');
	}
});
