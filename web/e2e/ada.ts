import type { Page } from 'playwright-core';
import type { Server } from './server';

/** Ada owns everything in these journeys. */
export const ada = {
	email: 'ada@harbour.example',
	name: 'Ada Lund',
	password: 'sourdough at dawn'
};

/** Ben has an account, and nothing in it. */
export const ben = {
	email: 'ben@harbour.example',
	name: 'Ben Okoro',
	password: 'rye before noon'
};

/** Ada has an account, and a key that may do everything. */
export async function withAda(server: Server): Promise<string> {
	await server.command(
		['users', 'add', ada.email, '--name', ada.name, '--admin', '--password-stdin'],
		`${ada.password}\n`
	);
	return server.command(['keys', 'add', '--user', ada.email, '--name', 'till-sync']);
}

export async function signIn(page: Page, who = ada) {
	await page.goto('/sign-in');
	await page.getByLabel('E-mail').fill(who.email);
	await page.getByLabel('Password').fill(who.password);
	await page.getByRole('button', { name: 'Sign in' }).click();
	await page.getByRole('heading', { name: 'Boards' }).waitFor();
}

/** A call with Ada's key, as her scripts make it. */
export async function call<Data>(
	server: Server,
	key: string,
	method: string,
	path: string,
	body?: unknown
): Promise<Data> {
	const answer = await fetch(server.address + path, {
		method,
		headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
		...(body === undefined ? {} : { body: JSON.stringify(body) })
	});
	const { data, error } = (await answer.json()) as { data: Data; error?: { message: string } };
	if (error) throw new Error(`${method} ${path}: ${error.message}`);
	return data;
}

/** The config of one figure. */
export function stat(title: string, value: string | number, more: object = {}) {
	return { cards: [{ title, value, ...more }] };
}

/** The quickstart's pin. Answers its id. */
export async function pushPin(
	server: Server,
	key: string,
	title: string,
	value: string
): Promise<string> {
	const pin = await call<{ pin_id: string }>(server, key, 'POST', '/v1/pins', {
		data_type: 'pin-card',
		pin_type: 'stat-cards',
		pin_layout: '1x1',
		content: stat(title, value),
		metadata: { title }
	});
	return pin.pin_id;
}
