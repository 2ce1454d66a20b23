import { expect, test } from 'vitest';
import { call, pushPin, signIn, stat } from './ada';
import { visit } from './browser';
import { browser, key, server } from './journey';

type Blocks = { blocks: { type: string; content: unknown }[] };

test('blocks are written, put in order and taken away, and the card shows them', async () => {
	const pin = await pushPin(server, key, 'Rye left', '84');
	const { page, problems } = await visit(browser, server.address);
	await signIn(page);
	await page.goto(`/pins/${pin}`);
	await page.getByRole('tab', { name: 'Blocks' }).click();
	await page.getByRole('button', { name: /^Text/ }).press('Enter');
	await page.getByLabel('Heading').fill('Why it matters');
	await page.getByLabel('Text', { exact: true }).fill('Rye sells out **first**. <img src=x onerror=alert(1)>');
	await page.getByRole('button', { name: 'Save' }).press('Enter');
	const card = page.getByRole('article');
	await card.getByText('first', { exact: true }).waitFor();
	expect(await card.locator('img').count()).toBe(0);

	await page.getByRole('button', { name: /^Code/ }).press('Enter');
	await page.getByLabel('Code', { exact: true }).fill('left = baked - sold');
	await page.getByRole('button', { name: 'Save' }).press('Enter');
	await card.getByText('left = baked - sold').waitFor();
	await page.getByRole('button', { name: 'Move Code up' }).press('Enter');
	await page.getByRole('button', { name: 'Move Why it matters up' }).and(page.locator(':enabled')).waitFor();
	const stored = await call<Blocks>(server, key, 'GET', `/v1/pins/${pin}`);
	expect(stored.blocks.map(({ type }) => type)).toEqual(['code', 'markdown']);

	await page.getByRole('button', { name: 'Remove Code' }).press('Enter');
	await card.getByText('left = baked - sold').waitFor({ state: 'detached' });
	await page.getByRole('button', { name: 'Undo' }).click();
	await card.getByText('left = baked - sold').waitFor();
	expect(problems).toEqual([]);
});

test('the history is gone through by keyboard, compared, and brought back', async () => {
	const pin = await pushPin(server, key, 'Loaves left', '84');
	for (const value of ['61', '12'])
		await call(server, key, 'PUT', `/v1/pins/${pin}`, { content: stat('Loaves left', value) });
	const { page } = await visit(browser, server.address);
	await signIn(page);
	await page.goto(`/pins/${pin}`);
	const card = page.getByRole('article');
	await card.getByText('12', { exact: true }).first().waitFor();
	await page.getByLabel('Go through the history').press('ArrowLeft');
	await card.getByText('as it was at revision 2').waitFor();
	await card.getByText('61', { exact: true }).first().waitFor();
	await page.getByRole('button', { name: 'Compare with now' }).press('Enter');
	await page.getByRole('region', { name: 'Revision 2 and now' }).getByText('"61"').waitFor();
	await page.keyboard.press('Escape');
	await page.getByRole('button', { name: 'Restore this' }).press('Enter');
	await page.getByText('Revision 2 is back').waitFor();
	await card.getByText('61', { exact: true }).first().waitFor();
	const stored = await call<{ content: unknown; revision: number }>(server, key, 'GET', `/v1/pins/${pin}`);
	expect(stored).toMatchObject({ content: stat('Loaves left', '61'), revision: 4 });
});

test('a push address is made, pushes, and is closed', async () => {
	const pin = await pushPin(server, key, 'Cups', '1');
	const { page } = await visit(browser, server.address);
	await signIn(page);
	await page.goto(`/pins/${pin}`);
	await page.getByRole('tab', { name: 'Push addresses' }).click();
	await page.getByLabel('Name of the program').fill('coffee machine');
	await page.keyboard.press('Enter');
	const shown = await page.getByRole('region', { name: 'Push with this address' }).innerText();
	const address = /http\S+/.exec(shown)?.[0] ?? '';
	const push = () => fetch(address, { method: 'POST', body: '42', headers: { 'Content-Type': 'application/x-www-form-urlencoded' } });
	expect((await push()).ok).toBe(true);
	await page.getByRole('article').getByText('42').first().waitFor();
	await page.getByRole('button', { name: 'Close coffee machine' }).click();
	await page.getByRole('button', { name: 'Close address' }).click();
	await page.getByText('The address is closed').waitFor();
	expect((await push()).status).toBe(404);
});

test('people talk about a pin where its owner allows it', async () => {
	const pin = await pushPin(server, key, 'Queue', '9');
	const { page } = await visit(browser, server.address);
	await signIn(page);
	await page.goto(`/pins/${pin}`);
	await page.getByRole('tab', { name: 'Comments' }).click();
	await page.getByRole('button', { name: 'Allow comments' }).click();
	await page.getByLabel('Your comment').fill('**Why** so long? ![x](https://elsewhere.example/x.png)');
	await page.keyboard.press('Control+Enter');
	await page.getByText('Why', { exact: true }).waitFor();
	expect(await page.locator('ol img').count()).toBe(0);
	await page.getByRole('button', { name: 'Delete what Ada Lund said' }).click();
	await page.getByText('Nobody has said anything yet').waitFor();
	await page.getByRole('button', { name: 'Undo' }).click();
	await page.getByText('Why', { exact: true }).waitFor();
});

test('a dataset moves the pin that draws from it, and says who draws', async () => {
	const { page, problems } = await visit(browser, server.address);
	await signIn(page);
	await page.goto('/datasets');
	await page.getByRole('button', { name: 'New dataset' }).click();
	await page.getByLabel('Name', { exact: true }).fill('Sales');
	await page.keyboard.press('Enter');
	await page.getByRole('heading', { name: 'Sales' }).waitFor();
	const editor = page.locator('.cm-content');
	await editor.click();
	await page.keyboard.press('Control+a');
	await page.keyboard.type('{"total": 41');
	await page.keyboard.press('Control+s');
	await page.getByText('Every pin that draws from it has changed').waitFor();
	const pin = await call<{ id: string }>(server, key, 'POST', '/v1/pins', {
		content: 'Sold {{sales.total}} and {{nothing.here}}',
		metadata: { title: 'Sold' }
	});
	const other = await visit(browser, server.address);
	await signIn(other.page);
	await other.page.goto(`/pins/${pin.id}`);
	await other.page.getByText('Sold 41 and').waitFor();
	await other.page.getByRole('heading', { name: 'What its variables do not find' }).waitFor();
	await other.page.getByText('nothing.here').first().waitFor();
	await call(server, key, 'PATCH', '/v1/datasets/sales', { data: { total: 42 } });
	await other.page.getByText('Sold 42 and').waitFor();

	await page.getByRole('link', { name: 'Sold' }).waitFor();
	await page.locator('.cm-content').getByText('42').waitFor();

	await page.getByRole('button', { name: 'Paste a table' }).click();
	await page.getByLabel('The table', { exact: true }).fill('day;total\nMon;7\nTue;9');
	await page.getByText('2 rows').waitFor();
	await page.getByRole('button', { name: 'Use as data' }).press('Enter');
	const save = async () => {
		const kept = page.waitForResponse((answer) => answer.request().method() === 'PUT' && answer.ok());
		await page.getByRole('button', { name: 'Save', exact: true }).press('Enter');
		await kept;
		await page.getByRole('button', { name: 'Save', exact: true, disabled: true }).waitFor();
	};
	await save();
	const data = async () => (await call<{ data: unknown }>(server, key, 'GET', '/v1/datasets/sales')).data;
	expect(await data()).toEqual([{ day: 'Mon', total: 7 }, { day: 'Tue', total: 9 }]);

	await page.getByRole('tab', { name: 'Tree' }).click();
	await page.getByLabel('sales[1].total', { exact: true }).fill('12');
	await page.getByRole('button', { name: 'Add item to sales' }).press('Enter');
	await page.getByLabel('sales[2].day', { exact: true }).fill('Wed');
	await page.getByRole('button', { name: 'Remove sales[0]', exact: true }).press('Enter');
	await save();
	expect(await data()).toEqual([{ day: 'Tue', total: 12 }, { day: 'Wed', total: 0 }]);
	await page.getByRole('button', { name: 'Delete this dataset' }).click();
	await page.getByText('1 pin draws from it').waitFor();
	expect([...problems, ...other.problems]).toEqual([]);
});

test('a page is put together by keyboard, published, and read by a visitor', async () => {
	const pins = [await pushPin(server, key, 'First figure', '11'), await pushPin(server, key, 'Second figure', '22')];
	const { page, problems } = await visit(browser, server.address);
	await signIn(page);
	await page.goto('/pages');
	await page.getByRole('button', { name: 'New page' }).press('Enter');
	await page.getByText('Your own pins open to whoever sees this page').waitFor();
	for (const name of ['First figure', 'Second figure']) {
		await page.getByRole('button', { name: `Add ${name}` }).press('Enter');
		await page.getByRole('button', { name: `${name} is on the board` }).waitFor();
	}
	await page.keyboard.press('Escape');
	const ordered = page.waitForResponse((answer) => answer.url().endsWith('/pins/order'));
	await page.getByRole('button', { name: 'Move Second figure up' }).press('Enter');
	expect((await ordered).ok()).toBe(true);
	await page.getByRole('button', { name: 'Done' }).press('Enter');
	const id = new URL(page.url()).pathname.split('/').pop() ?? '';

	const visitor = await visit(browser, server.address, { size: 'phone' });
	await visitor.page.goto(`/share/pages/${id}`);
	await visitor.page.getByRole('heading', { name: 'Nothing here for you' }).waitFor();
	await page.getByRole('button', { name: 'More for this page' }).press('Enter');
	await page.getByRole('menuitem', { name: 'Print' }).and(page.locator(':focus')).waitFor();
	await page.keyboard.press('ArrowDown');
	await page.keyboard.press('Enter');
	await page.getByText('Everybody who has the link can read it').waitFor();
	await visitor.page.reload();
	await visitor.page.getByText('22').first().waitFor();
	const titles = await visitor.page.getByRole('article').getByRole('heading', { level: 3 }).allInnerTexts();
	expect(titles).toEqual(['Second figure', 'First figure']);
	await call(server, key, 'PUT', `/v1/pins/${pins[0]}`, { content: stat('First figure', '33') });
	await visitor.page.getByText('33').first().waitFor();
	await call(server, key, 'PUT', `/v1/pages/${id}`, { title: 'Sunday report' });
	await visitor.page.getByRole('heading', { name: 'Sunday report' }).waitFor();
	expect([...problems, ...visitor.problems]).toEqual([]);
});

test('anything is found with the keyboard, and what was deleted comes back', async () => {
	const pin = await pushPin(server, key, 'Spelt yesterday', '7');
	const { page } = await visit(browser, server.address);
	await signIn(page);
	await page.keyboard.press('Control+k');
	await page.keyboard.type('spelt');
	await page.getByRole('option', { name: /Spelt yesterday/ }).waitFor();
	await page.keyboard.press('Enter');
	await page.getByRole('heading', { name: 'Spelt yesterday', level: 1 }).waitFor();
	await page.getByRole('button', { name: 'More for this pin' }).click();
	await page.getByRole('menuitem', { name: 'Delete this pin' }).click();
	await page.getByRole('button', { name: 'Delete pin' }).click();
	await page.getByText('The pin is in the bin').waitFor();
	await page.keyboard.press('Control+k');
	await page.keyboard.type('bin');
	await page.getByRole('option', { name: /^Bin/, selected: true }).waitFor();
	await page.keyboard.press('Enter');
	await page.getByRole('button', { name: 'Restore Spelt yesterday' }).waitFor();
	await page.getByLabel('Which kind').selectOption('Boards');
	await page.getByText('No board in the bin').waitFor();
	await page.getByLabel('Which kind').selectOption('Pins');
	await page.getByRole('button', { name: 'Restore Spelt yesterday' }).click();
	await page.getByText('“Spelt yesterday” is back').waitFor();
	expect(await call(server, key, 'GET', `/v1/pins/${pin}`)).toMatchObject({ title: 'Spelt yesterday' });
});
