import { expect, test } from 'vitest';
import { ada, call, pushPin, signIn, stat } from './ada';
import { visit } from './browser';
import { browser, key, server } from './journey';

declare global {
	interface Window {
		/** When the page showed a value that was waited for. */
		seenAt?: number;
	}
}

test('a pushed value is on the open page within a second, and comes back after the server was killed', async () => {
	const { page, problems } = await visit(browser, server.address);
	await signIn(page);
	const id = await pushPin(server, key, 'Total sales', '$12,450');
	await page.goto(`/pins/${id}`);
	await page.getByText('$12,450').first().waitFor();
	await page.getByText('Live', { exact: true }).waitFor();
	// The page is called like its card: it is said once.
	expect(await page.getByText('Total sales', { exact: true }).count()).toBe(1);
	await page.evaluate(() => Object.assign(window, { neverReloaded: true }));

	// The page itself notes when: this program may be held up between two looks at it.
	await page.evaluate(() =>
		new MutationObserver(() => {
			if (document.body.textContent?.includes('$15,230')) window.seenAt ??= Date.now();
		}).observe(document.body, { subtree: true, childList: true, characterData: true })
	);
	await call(server, key, 'PUT', `/v1/pins/${id}`, { content: stat('Total sales', '$15,230') });
	const answeredAt = Date.now();
	await page.getByText('$15,230').first().waitFor();
	expect(((await page.evaluate(() => window.seenAt)) ?? Infinity) - answeredAt).toBeLessThan(1000);

	await server.kill();
	await page.getByText('Reconnecting').first().waitFor();
	await server.run();
	await call(server, key, 'PUT', `/v1/pins/${id}`, { content: stat('Total sales', '$19,001') });
	await page.getByText('$19,001').first().waitFor();
	await page.getByText('Live', { exact: true }).waitFor();
	expect(await page.evaluate(() => 'neverReloaded' in window)).toBe(true);
	expect(problems).toEqual([]);
});

test('a board on a television fills it, says when the line is lost, and Escape leaves', async () => {
	const { page, problems } = await visit(browser, server.address);
	await signIn(page);
	const id = await pushPin(server, key, 'Queue', '9');
	const board = await call<{ id: string }>(server, key, 'POST', '/v1/pinboards', { title: 'Counter' });
	await call(server, key, 'POST', `/v1/pinboards/${board.id}/pins`, { pin_id: id });
	await page.goto(`/boards/${board.id}`);
	await page.getByRole('button', { name: 'Show on a television' }).press('Enter');
	const wall = page.getByRole('dialog', { name: 'Counter, on a television' });
	await wall.getByText('Live', { exact: true }).waitFor();
	expect(await wall.evaluate((shown) => [shown.clientWidth, shown.clientHeight])).toEqual(
		await page.evaluate(() => [innerWidth, innerHeight])
	);
	await call(server, key, 'PUT', `/v1/pins/${id}`, { content: stat('Queue', '12') });
	await wall.getByText('12', { exact: true }).first().waitFor();
	await server.kill();
	await wall.getByText('These numbers are from').waitFor();
	await server.run();
	await call(server, key, 'PUT', `/v1/pins/${id}`, { content: stat('Queue', '15') });
	await wall.getByText('15', { exact: true }).first().waitFor();
	await wall.getByText('These numbers are from').waitFor({ state: 'detached' });
	await page.keyboard.press('Escape');
	await wall.waitFor({ state: 'detached' });
	await page.getByRole('button', { name: 'Share' }).waitFor();
	expect(problems).toEqual([]);
});

test('a wrong password is told, and a page that was asked for is shown after signing in', async () => {
	const { page } = await visit(browser, server.address);
	await page.goto('/keys');
	await page.getByLabel('E-mail').fill(ada.email);
	await page.getByLabel('Password').fill('not it at all');
	await page.getByRole('button', { name: 'Sign in' }).click();
	await page.locator('[aria-invalid=true]').waitFor();
	await page.getByLabel('Password').fill(ada.password);
	await page.getByRole('button', { name: 'Sign in' }).click();
	await page.getByRole('heading', { name: 'API keys' }).waitFor();
	expect(new URL(page.url()).pathname).toBe('/keys');
});

test('what is deleted leaves the open page, which says what to do next', async () => {
	const { page } = await visit(browser, server.address);
	await signIn(page);
	const id = await pushPin(server, key, 'Short-lived', '1');
	await page.goto(`/pins/${id}`);
	await page.getByText('Live', { exact: true }).waitFor();
	await call(server, key, 'DELETE', `/v1/pins/${id}`);
	await page.getByRole('heading', { name: 'Nothing here for you' }).waitFor();
	await page.getByRole('link', { name: 'Go to your boards' }).waitFor();
});

test('a part of the app that the server was not there to give comes by itself when it is back', async () => {
	const { page } = await visit(browser, server.address);
	await signIn(page);
	await server.kill();
	await page.getByRole('link', { name: 'Datasets' }).click();
	await page.getByRole('heading', { name: 'No answer from the server' }).waitFor();
	await server.run();
	await page.getByRole('heading', { name: 'Datasets', level: 1 }).waitFor();
	await page.goto('/no/such/place');
	await page.getByRole('heading', { name: 'Nothing here for you' }).waitFor();
});
