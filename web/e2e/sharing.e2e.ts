import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { ada, call, pushPin, signIn, stat } from './ada';
import { visit } from './browser';
import { browser, key, server } from './journey';

test('a board is shared and a visitor watches it, until it is private again', async () => {
	const pin = await pushPin(server, key, 'Loaves left', '84');
	const board = await call<{ id: string }>(server, key, 'POST', '/v1/pinboards', {
		title: 'Harbour Bakery'
	});
	await call(server, key, 'POST', `/v1/pinboards/${board.id}/pins`, { pin_id: pin });

	const visitor = await visit(browser, server.address, { size: 'phone' });
	await visitor.page.goto(`/share/pinboard/${board.id}`);
	await visitor.page.getByRole('heading', { name: 'Nothing here for you' }).waitFor();

	const owner = await visit(browser, server.address);
	await signIn(owner.page);
	await owner.page.goto(`/boards/${board.id}`);
	await owner.page.getByRole('button', { name: 'Share' }).press('Enter');
	const shared = owner.page.waitForResponse((answer) => answer.url().endsWith('/share'));
	await owner.page.getByRole('switch', { name: 'Public link' }).press('Space');
	expect((await shared).ok()).toBe(true);
	const link = await owner.page.getByLabel('Link', { exact: true }).inputValue();

	await visitor.page.goto(link);
	await visitor.page.getByRole('heading', { name: 'Harbour Bakery' }).waitFor();
	await visitor.page.getByText('84').first().waitFor();
	await visitor.page.getByText('Live', { exact: true }).waitFor();
	expect(await visitor.page.getByRole('navigation').count()).toBe(0);

	await call(server, key, 'PUT', `/v1/pins/${pin}`, { content: stat('Loaves left', '12') });
	await visitor.page.getByText('12').first().waitFor();

	await owner.page.getByRole('switch', { name: 'Public link' }).press('Space');
	await visitor.page.getByRole('heading', { name: 'Nothing here for you' }).waitFor();
	expect([...visitor.problems, ...owner.problems]).toEqual([]);
});

test('a shared pin says its title to link previews, and asks to sign in where it should', async () => {
	const pin = await pushPin(server, key, 'Oven <2> & "door"', '231');
	await call(server, key, 'POST', `/v1/pins/${pin}/share`, { is_public: true });
	const html = await (await fetch(`${server.address}/share/pin/${pin}`)).text();
	expect(html).toContain('<title>Oven &lt;2&gt; &amp; &quot;door&quot;</title>');
	expect(html).toContain('property="og:title"');

	const { page } = await visit(browser, server.address);
	await page.goto(`/share/pin/${pin}`);
	await page.getByText('231').first().waitFor();
	await call(server, key, 'POST', `/v1/pins/${pin}/share`, { require_sign_in: true });
	await page.reload();
	await page.getByRole('heading', { name: 'Sign in to see this' }).waitFor();
});

test('a link ends after a while, or on a day that is chosen by keyboard', async () => {
	const pin = await pushPin(server, key, 'Rye, this week', '84');
	await call(server, key, 'POST', `/v1/pins/${pin}/share`, { is_public: true });
	const ends = async () => (await call<{ expires_at: number | null }>(server, key, 'GET', `/v1/pins/${pin}`)).expires_at;
	const { page, problems } = await visit(browser, server.address);
	await signIn(page);
	await page.goto(`/pins/${pin}`);
	await page.getByRole('button', { name: 'Share' }).press('Enter');
	const kept = (act: Promise<unknown>) =>
		Promise.all([page.waitForResponse((answer) => answer.url().endsWith('/share') && answer.ok()), act]);
	const choice = page.getByLabel('Link ends');
	await kept(choice.selectOption('In a week'));
	const week = new Date((await ends()) ?? 0);
	expect(week.getTime()).toBeGreaterThan(Date.now());

	await choice.selectOption('On a day …');
	const day = page.getByRole('button', { pressed: true }).and(page.locator('td button'));
	await day.press('ArrowRight');
	await kept(page.keyboard.press('Enter'));
	const next = new Date(week.getFullYear(), week.getMonth(), week.getDate() + 1, week.getHours(), week.getMinutes());
	expect(await ends()).toBe(next.getTime());
	await kept(page.getByLabel('Time', { exact: true }).selectOption(String(9 * 60)));
	expect(new Date((await ends()) ?? 0).getHours()).toBe(9);
	await page.getByRole('button', { name: 'Done' }).press('Enter');
	await kept(choice.selectOption('Never'));
	expect(await ends()).toBeNull();
	expect(problems).toEqual([]);
});

test('visitors of something public read what is said about it, and say something once they are signed in', async () => {
	const pin = await pushPin(server, key, 'Flour', '18');
	await call(server, key, 'POST', `/v1/pins/${pin}/share`, { is_public: true, allow_comments: true });
	await call(server, key, 'POST', `/v1/pins/${pin}/comments`, { text: 'Enough for **one** batch' });
	const { page, problems } = await visit(browser, server.address, { size: 'phone' });
	await page.goto(`/share/pin/${pin}`);
	await page.getByText('one', { exact: true }).waitFor();
	expect(await page.getByRole('textbox').count()).toBe(0);
	await page.getByRole('link', { name: 'Sign in' }).click();
	await page.getByLabel('E-mail').fill(ada.email);
	await page.getByLabel('Password').fill(ada.password);
	await page.keyboard.press('Enter');
	await page.getByLabel('Your comment').fill('Ordered');
	await page.keyboard.press('Control+Enter');
	await page.getByText('Ordered').waitFor();
	expect(new URL(page.url()).pathname).toBe(`/share/pin/${pin}`);
	const said = await call<{ total: number }>(server, key, 'GET', `/v1/pins/${pin}/comments`);
	expect(said.total).toBe(2);
	expect(problems).toEqual([]);
});

test('somebody without an account is invited, makes one, and sees just that', async () => {
	const pin = await pushPin(server, key, 'Rye left', '84');
	const owner = await visit(browser, server.address);
	await signIn(owner.page);
	await owner.page.goto(`/pins/${pin}`);
	await owner.page.getByRole('button', { name: 'Share' }).press('Enter');
	await owner.page.getByText('The link shows this pin to you and the people below').waitFor();
	await owner.page.getByLabel('E-mail of the person to add').fill('eve@harbour.example');
	await owner.page.keyboard.press('Enter');
	await owner.page.getByRole('button', { name: 'Copy invitation' }).waitFor();
	const again = owner.page.waitForResponse(
		(answer) => answer.url().endsWith('/collaborators') && answer.request().method() === 'POST'
	);
	await owner.page.getByRole('button', { name: 'New link for eve@harbour.example' }).click();
	const { data } = (await (await again).json()) as { data: { invite_url: string } };

	const { page, problems } = await visit(browser, server.address, { size: 'phone' });
	await page.goto(data.invite_url);
	await page.getByRole('heading', { name: 'Rye left' }).waitFor();
	await page.getByText('Ada Lund invites you to look at this pin').waitFor();
	await page.getByLabel('Your name').fill('Eve');
	await page.getByLabel('Password').fill('rye before dawn');
	await page.keyboard.press('Enter');
	await page.getByRole('article').getByText('84').first().waitFor();
	expect(await page.getByRole('button', { name: 'Share' }).count()).toBe(0);
	expect(await page.getByRole('tab', { name: 'Content' }).count()).toBe(0);
	await page.goto(data.invite_url);
	await page.getByRole('heading', { name: 'This invitation is over' }).waitFor();
	expect([...owner.problems, ...problems]).toEqual([]);
});

test('what was shared is shown in a page of one’s own, and an invitation is taken back and given again', async () => {
	const pin = await pushPin(server, key, 'Rolls "left"', '84');
	await call(server, key, 'POST', `/v1/pins/${pin}/share`, { is_public: true });
	await call(server, key, 'POST', `/v1/pins/${pin}/collaborators`, { email: 'flo@harbour.example', role: 'editor' });
	const waiting = async () => (await call<{ items: { id: string; email: string }[] }>(server, key, 'GET', '/v1/invitations')).items.filter(({ email }) => email.startsWith('flo'));
	const [first] = await waiting();
	const { page, problems } = await visit(browser, server.address);
	await signIn(page);
	await page.goto(`/pins/${pin}`);
	await page.getByRole('button', { name: 'Share' }).click();
	await page.getByText('Show it in another page').click();
	await page.getByLabel('Height in pixels').fill('140');
	const code = await page.getByRole('region', { name: 'Code for another page' }).innerText();
	const blog = createServer((_, answer) => answer.setHeader('Content-Type', 'text/html').end(code)).listen(0, '127.0.0.1');
	await once(blog, 'listening');
	const reader = await visit(browser, server.address);
	await reader.page.goto(`http://127.0.0.1:${(blog.address() as AddressInfo).port}`);
	const frame = reader.page.frameLocator('iframe[title=\'Rolls "left"\'][height="140"]');
	await frame.getByText('84', { exact: true }).first().waitFor();
	// However low the frame, the whole card is in it.
	expect(await frame.locator('html').evaluate((html) => html.scrollHeight - innerHeight)).toBeLessThanOrEqual(0);
	blog.close();

	await page.getByRole('button', { name: 'Make viewer' }).waitFor();
	await page.getByRole('button', { name: 'Withdraw the invitation of flo' }).press('Enter');
	await page.getByText('Nobody but you.').waitFor();
	await page.getByRole('button', { name: 'Undo' }).click();
	await page.getByRole('button', { name: 'Copy invitation' }).waitFor();

	await page.goto('/settings');
	await page.getByRole('link', { name: 'Rolls "left"' }).waitFor();
	await page.getByRole('button', { name: 'Withdraw the invitation of flo' }).press('Enter');
	await page.getByText('The link of flo@harbour.example works no more').waitFor();
	expect(await waiting()).toEqual([]);
	await page.getByRole('button', { name: 'Undo' }).press('Enter');
	await page.getByRole('button', { name: 'Copy invitation' }).waitFor();
	await page.getByRole('button', { name: 'Withdraw the invitation of flo' }).waitFor();
	const [second] = await waiting();
	expect(second).toMatchObject({ email: 'flo@harbour.example', role: 'editor', thing_id: pin });
	expect(second?.id).not.toBe(first?.id);
	expect(problems).toEqual([]);
});

test('a pin that asks for a role is a hidden place for who does not hold it', async () => {
	await server.command(['users', 'add', 'ben@harbour.example', '--name', 'Ben Okoro', '--password-stdin'], `${ada.password}\n`);
	const ben = await server.command(['keys', 'add', '--user', 'ben@harbour.example', '--name', 'ben']);
	const pin = await pushPin(server, key, 'Margins', '17');
	const board = await call<{ id: string }>(server, key, 'POST', '/v1/pinboards', { title: 'Books' });
	await call(server, key, 'POST', `/v1/pinboards/${board.id}/pins`, { pin_id: pin });
	await call(server, key, 'POST', `/v1/pinboards/${board.id}/collaborators`, { email: 'ben@harbour.example', role: 'viewer' });
	const seen = async () => (await call<{ pins: string[] }>(server, ben, 'GET', `/v1/pinboards/${board.id}`)).pins;
	expect(await seen()).toEqual([pin]);

	const { page, problems } = await visit(browser, server.address);
	await signIn(page);
	await page.goto(`/boards/${board.id}`);
	await page.getByRole('button', { name: 'Share' }).click();
	await page.getByLabel('Name of a new role').fill('Finance');
	await page.keyboard.press('Enter');
	await page.locator('summary', { hasText: 'Finance' }).click();
	const asked = page.waitForResponse((answer) => /pins\/p-\w+\/roles$/.test(answer.url()));
	await page.getByRole('checkbox', { name: 'Margins' }).check();
	await asked;
	expect(await seen()).toEqual([]);
	const held = page.waitForResponse((answer) => answer.url().endsWith('/members'));
	await page.getByRole('checkbox', { name: 'Ben Okoro' }).check();
	await held;
	expect(await seen()).toEqual([pin]);

	await page.route('**/members', (route) => route.abort());
	await page.getByRole('checkbox', { name: 'Ben Okoro' }).press('Space');
	await page.getByText('The server does not answer').waitFor();
	await page.getByRole('checkbox', { name: 'Ben Okoro', checked: true }).waitFor();
	expect(await seen()).toEqual([pin]);
	expect(problems).toEqual([]);
});
