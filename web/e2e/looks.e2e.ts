import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type axeCore from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ada, ben, signIn, withAda } from './ada';
import { withBakery } from './bakery';
import { openBrowser, visit, type SignedIn, type Size, type Theme } from './browser';
import { withHarbour, type Harbour } from './harbour';
import { screens } from './screens';
import type { Screen } from './screen';
import { Server } from './server';
import { states } from './states';

declare global {
	interface Window {
		axe: typeof axeCore;
	}
}

const shots = join(import.meta.dirname, 'shots');
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let browser: Browser;
let server: Server;
let harbour: Harbour;
let signedIn: Record<'ada' | 'newcomer', SignedIn>;

beforeAll(async () => {
	[browser, server] = await Promise.all([openBrowser(), Server.start()]);
	const key = await withAda(server);
	harbour = await withHarbour(server, key, await withBakery(server, key));
	await server.command(['users', 'add', ben.email, '--name', ben.name, '--password-stdin'], `${ben.password}\n`);
	signedIn = { ada: await sessionOf(ada), newcomer: await sessionOf(ben) };
});
afterAll(async () => {
	await browser?.close();
	await server?.stop();
});

async function sessionOf(who: typeof ada): Promise<SignedIn> {
	const { context, page } = await visit(browser, server.address);
	await signIn(page, who);
	const state = await context.storageState();
	await context.close();
	return state;
}

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

async function look(screen: Screen, size: Size, theme: Theme) {
	const { context, page, problems } = await visit(browser, server.address, {
		size,
		theme,
		...(screen.as === 'visitor' ? {} : { signedIn: signedIn[screen.as ?? 'ada'] })
	});
	await screen.before?.(page);
	await page.goto(screen.path(harbour));
	await screen.act?.(page);
	await screen.there(page).first().waitFor();
	await settled(page);
	await page.screenshot({ path: join(shots, `${screen.name}-${size}-${theme}.png`) });
	expect(await seriousProblems(page)).toEqual([]);
	expect(problems).toEqual([]);
	const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
	expect(sideways).toBeLessThanOrEqual(0);
	await context.close();
}

describe.each(cases)('%s, %s', (size, theme) => {
	test.each(screens)('$name can be read by everybody, and stays on our server', (screen) =>
		look(screen, size, theme)
	);
});

// Made of the parts that the screens above are made of: each theme and each shape once is enough.
describe.each([
	['phone', 'light'],
	['desk', 'dark']
] as [Size, Theme][])('on %s, %s,', (size, theme) => {
	test.each(states)('$name can be read by everybody too', (screen) => look(screen, size, theme));
});
