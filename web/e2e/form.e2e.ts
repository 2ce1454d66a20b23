import { expect, test } from 'vitest';
import { call, signIn } from './ada';
import { visit } from './browser';
import { browser, key, server } from './journey';

type Pin = { id: string; revision: number; content: object };

test('a pin is written in a form, seen before it is saved, and told what is wrong at its field', async () => {
	const stored = { cards: [{ title: 'Rye', value: 84, mine: 'kept' }, { title: 'Spelt', value: '7' }], own: [1, 2] };
	const { id } = await call<Pin>(server, key, 'POST', '/v1/pins', {
		pin_type: 'stat-cards',
		content: stored,
		metadata: { title: 'Loaves' }
	});
	const read = () => call<Pin>(server, key, 'GET', `/v1/pins/${id}`);
	const { page, problems } = await visit(browser, server.address);
	await signIn(page);
	await page.goto(`/pins/${id}`);
	await page.getByRole('tab', { name: 'Content' }).click();
	const preview = page.getByRole('region', { name: 'Preview' });
	const first = page.getByRole('group', { name: 'Stat card 1 of 2' });
	await first.getByLabel('Value').fill('61');
	await first.getByText('More').click();
	await first.getByLabel('Sparkline').fill('often');
	await preview.getByText('61', { exact: true }).first().waitFor();
	expect(await read()).toMatchObject({ content: stored, revision: 1 });

	// One line of values is a list; a word that is none comes from the JSON beside the form.
	await page.getByRole('tab', { name: 'JSON' }).click();
	const editor = page.locator('.cm-content');
	await editor.getByText('"often"').waitFor();
	await editor.fill((await editor.innerText()).replace('["often"]', '"often"'));
	await page.getByRole('tab', { name: 'Form' }).click();
	await page.keyboard.press('Tab');
	await page.keyboard.press('Control+s');
	await page.getByText('One field is not right yet.').waitFor();
	expect(await first.getByLabel('Sparkline').getAttribute('aria-invalid')).toBe('true');
	expect((await read()).revision).toBe(1);
	await first.getByLabel('Sparkline').fill('auto');

	await page.getByRole('button', { name: 'Move Spelt up' }).press('Enter');
	await page.getByRole('button', { name: 'Add stat card' }).press('Enter');
	await page.keyboard.type('Oats');
	await page.getByRole('button', { name: 'Remove Rye' }).press('Enter');
	await page.getByRole('button', { name: 'Undo' }).click();
	await page.getByRole('group', { name: 'Stat card 3 of 3' }).getByLabel('Value').fill('12.50');
	await page.keyboard.press('Enter');
	await page.getByText('Saved', { exact: true }).waitFor();
	expect(await read()).toMatchObject({
		content: {
			cards: [
				{ title: 'Spelt', value: '7' },
				{ title: 'Rye', value: 61, mine: 'kept', sparkline: 'auto' },
				{ title: 'Oats', value: '12.50' }
			],
			own: [1, 2]
		},
		revision: 2
	});
	expect(problems).toEqual([]);
});

test('what is typed while a pin is being saved waits to be saved, and is saved after it', async () => {
	const { id } = await call<Pin>(server, key, 'POST', '/v1/pins', {
		pin_type: 'stat-cards',
		content: { cards: [{ title: 'Rye', value: 84 }] },
		metadata: { title: 'Loaves' }
	});
	const withRye = (value: number) => ({ cards: [{ title: 'Rye', value }] });
	const stored = async () => (await call<Pin>(server, key, 'GET', `/v1/pins/${id}`)).content;
	const { page, problems } = await visit(browser, server.address);
	await signIn(page);
	await page.goto(`/pins/${id}`);
	await page.getByRole('tab', { name: 'Content' }).click();
	const field = page.getByLabel('Value');
	const sent: unknown[] = [];
	let held = Promise.withResolvers<true>();
	await page.route(`**/v1/pins/${id}`, async (route) => {
		if (route.request().method() === 'PUT') {
			sent.push(route.request().postDataJSON().pin_config);
			await held.promise;
		}
		await route.continue();
	});
	await field.fill('61');
	await page.keyboard.press('Control+s');
	await expect.poll(() => sent).toEqual([withRye(61)]);
	await field.fill('62');
	held.resolve(true);
	await page.getByText('Saved', { exact: true }).waitFor();
	expect(await stored()).toEqual(withRye(61));
	expect(await field.inputValue()).toBe('62');

	held = Promise.withResolvers();
	await page.keyboard.press('Control+s');
	await expect.poll(() => sent).toEqual([withRye(61), withRye(62)]);
	await field.fill('63');
	await page.keyboard.press('Control+s');
	expect(sent.length).toBe(2);
	held.resolve(true);
	await expect.poll(stored).toEqual(withRye(63));
	expect(sent).toEqual([61, 62, 63].map(withRye));
	expect(problems).toEqual([]);
});
