import { expect, test } from 'vitest';
import { call, pushPin, signIn } from './ada';
import { visit } from './browser';
import { browser, key, server } from './journey';

test('a switch that is turned on and off in a hurry is off, and one that is refused goes back', async () => {
	const pin = await pushPin(server, key, 'Margins', '17');
	const { page, problems } = await visit(browser, server.address);
	await signIn(page);
	await page.goto(`/pins/${pin}`);
	await page.getByRole('button', { name: 'Share' }).press('Enter');
	const link = page.getByRole('switch', { name: 'Public link' });
	const sent: boolean[] = [];
	const held = Promise.withResolvers<true>();
	await page.route('**/share', async (route) => {
		sent.push(route.request().postDataJSON().is_public);
		await held.promise;
		await route.continue();
	});
	await link.press('Space');
	await expect.poll(() => sent).toEqual([true]);
	const answers = Promise.all([true, false].map((is) => page.waitForResponse((answer) => answer.request().postDataJSON()?.is_public === is)));
	await link.press('Space');
	held.resolve(true);
	await answers;
	expect(sent).toEqual([true, false]);
	expect(await call(server, key, 'GET', `/v1/pins/${pin}`)).toMatchObject({ is_public: false });

	await page.unroute('**/share');
	await page.route('**/share', (route) => route.abort());
	await link.press('Space');
	await page.getByText('The server does not answer').waitFor();
	await link.and(page.locator(':not(:checked)')).waitFor();
	expect(problems).toEqual([]);
});

test('a search without an answer does not say that nothing is there, and who cannot be signed out is told', async () => {
	const { page, problems } = await visit(browser, server.address);
	await signIn(page);
	await page.route(/\/v1\/search/, (route) => route.abort());
	await page.keyboard.press('Control+k');
	await page.keyboard.type('zzyzx');
	await page.getByRole('alert').getByText('The server does not answer').waitFor();
	expect(await page.getByText('Nothing is called that.').count()).toBe(0);
	await page.unroute(/\/v1\/search/);
	await page.keyboard.press('Backspace');
	await page.getByText('Nothing is called that.').waitFor();

	await page.goto('/settings');
	await page.route('**/sign-out', (route) => route.abort());
	await page.getByRole('button', { name: 'Sign out', exact: true }).first().press('Enter');
	await page.getByText('The server does not answer').waitFor();
	await page.getByRole('heading', { name: 'Settings' }).waitFor();
	expect(problems).toEqual([]);
});
