import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type axeCore from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signIn, withAda } from './ada';
import { withBakery, type Bakery } from './bakery';
import { openBrowser, visit, type SignedIn, type Size, type Theme } from './browser';
import { Server } from './server';

declare global {
	interface Window {
		axe: typeof axeCore;
	}
}

const shots = join(import.meta.dirname, 'shots');
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let browser: Browser;
let server: Server;
let bakery: Bakery;
let signedIn: SignedIn;

beforeAll(async () => {
	[browser, server] = await Promise.all([openBrowser(), Server.start()]);
	bakery = await withBakery(server, await withAda(server));
	const { context, page } = await visit(browser, server.address);
	await signIn(page);
	signedIn = await context.storageState();
	await context.close();
});
afterAll(async () => {
	await browser?.close();
	await server?.stop();
});

type Screen = {
	name: string;
	path: (bakery: Bakery) => string;
	/** What is there when the screen is. */
	there: (page: Page) => ReturnType<Page['getByText']>;
	act?: (page: Page) => Promise<unknown>;
	outside?: true;
};

const live = (page: Page) => page.getByText('Live', { exact: true });
const heading = (name: string) => (page: Page) => page.getByRole('heading', { name });

const screens: Screen[] = [
	{ name: 'home', path: () => '/', there: live },
	{ name: 'board', path: ({ board }) => `/boards/${board}`, there: live },
	{
		name: 'board-edit',
		path: ({ board }) => `/boards/${board}?edit`,
		there: (page) => page.getByRole('group', { name: /^Shops:/ })
	},
	{
		name: 'board-gallery',
		path: ({ empty }) => `/boards/${empty}?edit`,
		act: (page) => page.getByRole('tab', { name: 'New pin' }).click(),
		there: (page) => page.getByRole('button', { name: /^Stat cards/ })
	},
	{
		name: 'board-empty',
		path: ({ empty }) => `/boards/${empty}`,
		there: heading('Nothing on this board yet')
	},
	{ name: 'pin', path: ({ pin }) => `/pins/${pin}`, there: (page) => page.getByText('Revision 1') },
	{
		name: 'pin-table',
		path: ({ table }) => `/pins/${table}`,
		there: (page) => page.getByText('Market square')
	},
	{
		name: 'pin-content',
		path: ({ pin }) => `/pins/${pin}`,
		act: (page) => page.getByRole('tab', { name: 'Content' }).click(),
		there: (page) => page.locator('.cm-content')
	},
	{
		name: 'pin-share',
		path: ({ pin }) => `/pins/${pin}`,
		act: (page) => page.getByRole('button', { name: 'Share' }).click(),
		there: (page) => page.getByText('Nobody but you')
	},
	{ name: 'pins', path: () => '/pins', there: (page) => page.getByRole('link', { name: /Shops/ }) },
	{ name: 'keys', path: () => '/keys', there: (page) => page.getByText('till-sync') },
	{
		name: 'keys-form',
		path: () => '/keys',
		act: (page) => page.getByRole('button', { name: 'Generate key' }).first().click(),
		there: (page) => page.getByText('What may it do?')
	},
	{ name: 'settings', path: () => '/settings', there: (page) => page.getByText('this one') },
	{ name: 'gone', path: () => '/boards/pb-000000000000', there: heading('Nothing here for you') },
	{ name: 'sign-in', path: () => '/sign-in', there: heading('Sign in'), outside: true },
	{
		name: 'welcome',
		path: () => '/welcome?code=printed',
		there: heading('Welcome to Pindown'),
		outside: true
	},
	{
		name: 'reset',
		path: () => '/reset?token=x',
		there: heading('Choose a password'),
		outside: true
	},
	{
		name: 'share-board',
		path: ({ board }) => `/share/pinboard/${board}`,
		there: live,
		outside: true
	},
	{
		name: 'share-embed',
		path: ({ board }) => `/share/pinboard/${board}/embed`,
		there: heading('Shops'),
		outside: true
	}
];

/** What axe finds serious, as sentences one can act on. */
async function seriousProblems(page: Page): Promise<string[]> {
	await page.evaluate(axe);
	const found = await page.evaluate(() =>
		window.axe.run(document, {
			resultTypes: ['violations'],
			runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'best-practice']
		})
	);
	return found.violations
		.filter(({ impact }) => impact === 'serious' || impact === 'critical')
		.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => node.html).join(' | ')}`);
}

/** Nothing is on its way any more: no skeleton, no transition, the fonts are here. */
async function settled(page: Page) {
	await page.locator('.skeleton').first().waitFor({ state: 'detached' });
	await page.evaluate(async () => {
		await document.fonts.ready;
		// An animation that follows scrolling, or breathes for ever, has no end to wait for.
		const ends = (one: Animation) =>
			one.timeline === document.timeline && one.effect?.getTiming().iterations !== Infinity;
		const moving = document
			.getAnimations()
			.filter((one) => one.playState === 'running' && ends(one));
		await Promise.all(moving.map((one) => one.finished.catch(() => undefined)));
	});
}

const cases: [Size, Theme][] = [
	['desk', 'light'],
	['desk', 'dark'],
	['phone', 'light'],
	['phone', 'dark'],
	['television', 'dark']
];

describe.each(cases)('%s, %s', (size, theme) => {
	test.each(screens)('$name can be read by everybody, and stays on our server', async (screen) => {
		const { context, page, problems } = await visit(browser, server.address, {
			size,
			theme,
			...(screen.outside ? {} : { signedIn })
		});
		await page.goto(screen.path(bakery));
		await screen.act?.(page);
		await screen.there(page).first().waitFor();
		await settled(page);
		await page.screenshot({ path: join(shots, `${screen.name}-${size}-${theme}.png`) });
		expect(await seriousProblems(page)).toEqual([]);
		expect(problems).toEqual([]);
		const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
		expect(sideways).toBeLessThanOrEqual(0);
		await context.close();
	});
});
