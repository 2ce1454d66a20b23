import { expect, test } from 'vitest';
import { call, pushPin, signIn, stat } from './ada';
import { visit } from './browser';
import { browser, key, server } from './journey';

/** A moment has passed: what comes now was not there then. */
async function laterOn() {
	const then = Date.now();
	while (Date.now() === then) await new Promise(setImmediate);
}

type Board = { title: string; pins: string[]; revision: number };

test('a board is looked at as it was, brought back, and left as it is after all', async () => {
	const rye = await pushPin(server, key, 'Rye left', '84');
	const { id } = await call<{ id: string }>(server, key, 'POST', '/v1/pinboards', { title: 'Morning' });
	const path = `/v1/pinboards/${id}`;
	const read = () => call<Board>(server, key, 'GET', path);
	await call(server, key, 'POST', `${path}/pins`, { pin_id: rye });
	await laterOn();
	await call(server, key, 'PUT', `/v1/pins/${rye}`, { content: stat('Rye left', '61') });
	await call(server, key, 'PUT', path, { title: 'Evening' });
	await laterOn();
	await call(server, key, 'PUT', `/v1/pins/${rye}`, { content: stat('Rye left', '12') });
	await call(server, key, 'DELETE', `${path}/pins/${rye}`);

	const { page, problems } = await visit(browser, server.address);
	await signIn(page);
	await page.goto(`/boards/${id}`);
	await page.getByRole('button', { name: 'More for this board' }).press('Enter');
	await page.getByRole('menuitem', { name: 'History' }).press('Enter');
	const newest = page.getByRole('radio', { name: /till-sync.*as it is now/ });
	await newest.and(page.locator(':checked')).waitFor();
	expect(await page.getByRole('radio').count()).toBe(4);

	await newest.press('ArrowDown');
	await page.getByRole('article').getByText('61', { exact: true }).first().waitFor();
	await page.keyboard.press('ArrowDown');
	await page.getByRole('heading', { name: 'Morning', level: 1 }).waitFor();
	await page.getByRole('article').getByText('84', { exact: true }).first().waitFor();
	await page.getByRole('radio', { name: 'Added “Rye left”' }).waitFor();
	expect(await read()).toMatchObject({ title: 'Evening', pins: [], revision: 4 });

	await page.getByRole('button', { name: 'Restore this' }).press('Enter');
	await page.getByText('The board is as it was on').waitFor();
	await page.getByRole('heading', { name: 'Morning', level: 1 }).waitFor();
	await page.getByRole('article').getByText('12', { exact: true }).first().waitFor();
	expect(await read()).toMatchObject({ title: 'Morning', pins: [rye], revision: 5 });
	await page.getByRole('button', { name: 'Undo' }).press('Enter');
	await page.getByRole('heading', { name: 'Evening', level: 1 }).waitFor();
	expect(await read()).toMatchObject({ title: 'Evening', pins: [], revision: 6 });
	expect(problems).toEqual([]);
});

test('a board is copied and deleted, and comes back', async () => {
	const { id } = await call<{ id: string }>(server, key, 'POST', '/v1/pinboards', { title: 'Sunday' });
	const exists = async () =>
		(await fetch(`${server.address}/v1/pinboards/${id}`, { headers: { Authorization: `Bearer ${key}` } })).ok;
	const { page, problems } = await visit(browser, server.address, { size: 'phone' });
	await signIn(page);
	await page.goto(`/boards/${id}`);
	await page.getByRole('button', { name: 'More for this board' }).tap();
	await page.getByRole('menuitem', { name: 'Duplicate this board' }).tap();
	await page.getByText('This is the copy').waitFor();
	const copy = new URL(page.url()).pathname;
	expect(copy).not.toBe(`/boards/${id}`);

	await page.goto(`/boards/${id}`);
	await page.getByRole('button', { name: 'More for this board' }).tap();
	await page.getByRole('menuitem', { name: 'Delete this board' }).tap();
	await page.getByText('The board is in the bin').waitFor();
	expect(await exists()).toBe(false);
	await page.getByRole('button', { name: 'Undo' }).tap();
	await page.getByRole('heading', { name: 'Sunday', level: 1 }).waitFor();
	expect(await exists()).toBe(true);
	expect(problems).toEqual([]);
});
