import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ada } from './ada';
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

/** Runs the JavaScript program that the page shows, just as it stands. */
async function runShown(page: Page) {
	await page.getByRole('tab', { name: 'JavaScript' }).click();
	const program = await page.getByRole('region', { name: /JavaScript/ }).innerText();
	const file = join(tmpdir(), `pindown-shown-${process.pid}.mjs`);
	await writeFile(file, program);
	await promisify(execFile)(process.execPath, [file]);
}

test('from the printed link to the first card, by keyboard', async () => {
	const { page, problems } = await visit(browser, server.address);
	await page.goto(await server.welcome);
	await page.getByLabel('Your name').focus();
	await page.keyboard.type(ada.name);
	await page.keyboard.press('Tab');
	await page.keyboard.type(ada.email);
	await page.keyboard.press('Tab');
	await page.keyboard.type(ada.password);
	await page.keyboard.press('Enter');

	await page.getByRole('heading', { name: 'Push your first number' }).waitFor();
	await page
		.getByText(/Bearer pk_live_\w{32}/)
		.first()
		.waitFor();
	await page.getByText('not pushed yet').waitFor();
	await runShown(page);
	await page.getByRole('article').getByText('12,450').first().waitFor();
	await runShown(page);
	await page.getByRole('article').getByText('15,230').first().waitFor();

	await page.getByRole('button', { name: 'See it on a board' }).focus();
	await page.keyboard.press('Enter');
	await page.getByRole('heading', { name: 'Inbox' }).waitFor();
	await page.getByRole('article').getByText('15,230').first().waitFor();
	expect(problems).toEqual([]);
});

test('the code works once', async () => {
	const { page } = await visit(browser, server.address);
	await page.goto(await server.welcome);
	await page.getByLabel('Your name').fill('Mallory');
	await page.getByLabel('E-mail').fill('mallory@example.com');
	await page.getByLabel('Password').fill('let me in please');
	await page.getByRole('button', { name: 'Create account' }).click();
	await page.getByRole('alert').waitFor();
});
