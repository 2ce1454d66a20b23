import { beforeAll, expect, test } from 'vitest';
import { ada, call, signIn } from './ada';
import { visit } from './browser';
import { browser, key, server } from './journey';

const ben = 'ben@harbour.example';
let bensKey: string;

beforeAll(async () => {
	await server.command(['users', 'add', ben, '--name', 'Ben Okoro', '--password-stdin'], `${ada.password}\n`);
	bensKey = await server.command(['keys', 'add', '--user', ben, '--name', 'ben']);
});

type Pin = { id: string; owner_id: string; role: string; content: unknown; rendered: { content: string } };
const read = (id: string, as = key) => call<Pin>(server, as, 'GET', `/v1/pins/${id}`);

test('a name that an editor wrote draws nothing until the owner allows it, and then the pin is given away', async () => {
	await call(server, key, 'POST', '/v1/datasets', { name: 'Till', data: { cash: 310 } });
	const { id } = await call<Pin>(server, key, 'POST', '/v1/pins', { content: 'Sold', metadata: { title: 'Cash' } });
	await call(server, key, 'POST', `/v1/pins/${id}/collaborators`, { email: ben, role: 'editor' });
	await call(server, bensKey, 'PUT', `/v1/pins/${id}`, { content: 'In the till: {{till.cash}}' });
	expect((await read(id)).rendered.content).not.toContain('310');

	const { page, problems } = await visit(browser, server.address);
	await signIn(page);
	await page.goto(`/pins/${id}`);
	await page.getByText('Somebody else wrote this name into your pin').waitFor();
	await page.getByRole('button', { name: 'Allow till' }).press('Enter');
	await page.getByRole('article').getByText('In the till: 310').waitFor();
	await page.getByRole('button', { name: 'Allow till' }).waitFor({ state: 'detached' });
	await page.getByRole('tab', { name: 'Content' }).click();
	await page.getByText('A dataset that you name here is opened by it').waitFor();
	await page.getByLabel('The text, as Markdown').fill('Cash:\n\n{{till.cash}} **euro**');
	await page.keyboard.press('Control+s');
	const card = page.getByRole('article').first();
	await card.getByText('euro', { exact: true }).waitFor();
	expect((await read(id)).content).toBe('Cash:\n\n{{till.cash}} **euro**');

	await page.getByRole('button', { name: 'Share' }).click();
	await page.getByText('Give it to another owner').click();
	await page.getByLabel('E-mail of the new owner').fill('nobody@harbour.example');
	await page.keyboard.press('Enter');
	await page.getByText('Nobody with an account here is meant').waitFor();
	await page.getByLabel('E-mail of the new owner').fill(ben);
	await page.keyboard.press('Enter');
	await page.getByText('It takes no datasets along').waitFor();
	expect((await read(id)).role).toBe('owner');
	await page.getByRole('button', { name: 'Give it away' }).press('Enter');
	await page.getByRole('button', { name: 'Share' }).waitFor({ state: 'detached' });
	await page.getByText('Only datasets that the pin’s owner let in are drawn').waitFor();
	expect((await read(id, bensKey)).role).toBe('owner');
	expect((await read(id)).role).toBe('editor');
	expect(problems).toEqual([]);
});
