import { expect, test } from 'vitest';
import { pushPin, signIn } from './ada';
import { visit } from './browser';
import { browser, key, server } from './journey';

test('a key is made, shown once, revoked, and the stream it watches ends', async () => {
	const pin = await pushPin(server, key, 'Watched', '1');
	const { page, problems } = await visit(browser, server.address);
	await signIn(page);
	await page.goto('/keys');
	await page.getByRole('button', { name: 'Generate key' }).first().press('Enter');
	await page.getByLabel('Name').fill('wall screen');
	await page.keyboard.press('Enter');
	const secret = (await page.getByText(/^pk_live_\w{32}$/).innerText()).trim();

	const stream = await fetch(`${server.address}/v1/live?pins=${pin}`, {
		headers: { Authorization: `Bearer ${secret}` }
	});
	const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
	expect((await reader?.read())?.value).toContain('snapshot');

	await page.getByRole('button', { name: 'Revoke wall screen' }).press('Enter');
	await page.getByRole('button', { name: 'Revoke key' }).press('Enter');
	await page.getByRole('button', { name: 'Revoke wall screen' }).waitFor({ state: 'detached' });
	let rest = '';
	for (;;) {
		const read = await reader?.read();
		if (!read || read.done) break;
		rest += read.value;
	}
	expect(rest).toContain('event: denied');
	const refused = await fetch(`${server.address}/v1/pins`, {
		headers: { Authorization: `Bearer ${secret}` }
	});
	expect(refused.status).toBe(401);
	expect(await page.getByText(secret).count()).toBe(0);
	expect(problems).toEqual([]);
});

test('a key is narrowed to one pin, and rotated: the old secret is useless', async () => {
	const [open, closed] = [await pushPin(server, key, 'Open', '1'), await pushPin(server, key, 'Closed', '2')];
	const { page, problems } = await visit(browser, server.address);
	await signIn(page);
	await page.goto('/keys');
	await page.getByRole('button', { name: 'Generate key' }).first().click();
	await page.getByLabel('Name').fill('kiosk');
	await page.keyboard.press('Enter');
	const secret = () => page.getByText(/^pk_live_\w{32}$/).innerText();
	const status = async (pin: string, with_: string) =>
		(await fetch(`${server.address}/v1/pins/${pin}`, { headers: { Authorization: `Bearer ${with_}` } })).status;
	const first = await secret();
	expect(await status(closed, first)).toBe(200);

	await page.getByRole('button', { name: 'Change kiosk' }).press('Enter');
	await page.getByLabel('Limit to certain pins').fill('Open');
	await page.getByRole('button', { name: /^Open/ }).press('Enter');
	await page.getByRole('button', { name: 'Save' }).press('Enter');
	await page.getByText('on 1 thing').waitFor();
	expect([await status(open, first), await status(closed, first)]).toEqual([200, 404]);

	await page.getByRole('button', { name: 'Rotate kiosk' }).press('Enter');
	await page.getByRole('button', { name: 'Rotate key' }).press('Enter');
	await page.getByText(first, { exact: true }).waitFor({ state: 'detached' });
	expect([await status(open, first), await status(open, await secret())]).toEqual([401, 200]);
	expect(problems).toEqual([]);
});
