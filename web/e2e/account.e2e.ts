import { beforeAll, expect, test } from 'vitest';
import { ada, call, pushPin, signIn } from './ada';
import { visit } from './browser';
import { browser, server } from './journey';

const ben = { email: 'ben@harbour.example', later: 'ben.okoro@harbour.example' };
let bensKey: string;

beforeAll(async () => {
	await server.command(['users', 'add', ben.email, '--name', 'Ben Okoro', '--password-stdin'], `${ada.password}\n`);
	bensKey = await server.command(['keys', 'add', '--user', ben.email, '--name', 'ben']);
});

test('who is signed in in several browsers signs out everywhere else', async () => {
	const [here, there] = [await visit(browser, server.address), await visit(browser, server.address)];
	await signIn(there.page);
	await signIn(here.page);
	await here.page.goto('/settings');
	await here.page.getByRole('button', { name: 'Sign out everywhere else' }).click();
	await here.page.getByRole('button', { name: 'Sign out everywhere else' }).waitFor({ state: 'detached' });
	await here.page.getByText('this one').waitFor();
	await there.page.getByRole('button', { name: 'New board' }).click();
	await there.page.getByText('You are signed out').waitFor();
	await there.page.reload();
	await there.page.getByRole('heading', { name: 'Sign in' }).waitFor();
	expect(here.problems).toEqual([]);
});

test('somebody changes the e-mail they sign in with, and leaves with everything that is theirs', async () => {
	const pin = await pushPin(server, bensKey, 'Rolls', '84');
	const me = () => call<{ email: string }>(server, bensKey, 'GET', '/v1/me');
	const { page, problems } = await visit(browser, server.address);
	await page.goto('/sign-in?next=/settings');
	await page.getByLabel('E-mail').fill(ben.email);
	await page.getByLabel('Password').fill(ada.password);
	await page.keyboard.press('Enter');
	await page.getByRole('heading', { name: 'Settings' }).waitFor();

	await page.getByLabel('E-mail').fill(ada.email);
	await page.keyboard.press('Enter');
	await page.getByText(`There is an account for ${ada.email} already`).waitFor();
	expect((await me()).email).toBe(ben.email);
	await page.getByLabel('E-mail').fill(ben.later);
	await page.keyboard.press('Enter');
	await page.getByText(`You sign in as ${ben.later} from now on`).waitFor();
	expect((await me()).email).toBe(ben.later);

	await page.getByRole('button', { name: 'Remove my account' }).press('Enter');
	await page.getByText('1 pin and 1 key').waitFor();
	await page.keyboard.press('Escape');
	expect(await call(server, bensKey, 'GET', `/v1/pins/${pin}`)).toMatchObject({ title: 'Rolls' });
	await page.getByRole('button', { name: 'Remove my account' }).press('Enter');
	await page.getByRole('button', { name: 'Remove account for good' }).press('Enter');
	await page.getByRole('heading', { name: 'Sign in' }).waitFor();
	await expect(me()).rejects.toThrow('GET /v1/me');
	await page.getByLabel('E-mail').fill(ben.later);
	await page.getByLabel('Password').fill(ada.password);
	const refused = page.waitForResponse((answer) => answer.url().endsWith('/v1/auth/sign-in'));
	await page.keyboard.press('Enter');
	expect((await refused).status()).toBe(401);
	expect(problems).toEqual([]);
});
