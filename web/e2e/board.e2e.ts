import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { call, pushPin, signIn } from './ada';
import { visit } from './browser';
import { browser, key, server } from './journey';

type Board = { id: string; layout: Record<string, { x: number; y: number; w: number; h: number }> };

const pins: string[] = [];

beforeAll(async () => {
	for (const number of [1, 2, 3, 4, 5, 6])
		pins.push(await pushPin(server, key, `Figure ${number}`, `${number}00`));
});

const card = (page: Page, title: string) =>
	page.getByRole('group', { name: new RegExp(`^${title}\\b`) });
const idOf = (page: Page) => new URL(page.url()).pathname.split('/').pop() ?? '';
const stored = (id: string) => call<Board>(server, key, 'GET', `/v1/pinboards/${id}`);

test('an empty board tells how a script fills it, with the id of a pin that is there', async () => {
	const { id } = await call<{ id: string }>(server, key, 'POST', '/v1/pinboards', { title: 'Sunday' });
	const { page } = await visit(browser, server.address);
	await signIn(page);
	await page.goto(`/boards/${id}`);
	await page.getByText('here of “Figure 6”').waitFor();
	await page.getByText(`/v1/pinboards/${id}/pins`).first().waitFor();
	await page.getByText(pins[5] ?? 'none').first().waitFor();
});

test('a board of six is built, arranged and undone with the keyboard alone', async () => {
	const { page, problems } = await visit(browser, server.address);
	await signIn(page);
	await page.getByRole('button', { name: 'New board' }).press('Enter');
	for (const number of [1, 2, 3, 4, 5, 6]) {
		await page.getByRole('button', { name: `Add Figure ${number}` }).press('Enter');
		await page.getByRole('button', { name: `Figure ${number} is on the board` }).waitFor();
	}
	await page.keyboard.press('Escape');
	const id = idOf(page);

	const moved = page.waitForResponse((answer) => answer.url().endsWith('/layout'));
	await card(page, 'Figure 1').focus();
	await page.keyboard.press('ArrowDown');
	await page.keyboard.press('Shift+ArrowRight');
	await card(page, 'Figure 1: column 1, row 2, 4 wide, 2 high').waitFor();
	expect(
		await card(page, 'Figure 1').evaluate((element) => element === document.activeElement)
	).toBe(true);
	await page.keyboard.press('Enter');
	expect((await moved).ok()).toBe(true);
	const { layout } = await stored(id);
	expect(layout[pins[0] ?? '']).toEqual({ x: 0, y: 1, w: 4, h: 2 });
	await expectNoOverlap(layout);

	await page.keyboard.press('ArrowRight');
	await page.keyboard.press('Escape');
	await card(page, 'Figure 1: column 1, row 2, 4 wide, 2 high').waitFor();

	const undone = page.waitForResponse((answer) => answer.url().endsWith('/layout'));
	await page.keyboard.press('Control+z');
	await card(page, 'Figure 1: column 1, row 1, 3 wide, 2 high').waitFor();
	await undone;
	expect((await stored(id)).layout[pins[0] ?? '']).toEqual({ x: 0, y: 0, w: 3, h: 2 });

	await card(page, 'Figure 6').focus();
	await page.keyboard.press('Delete');
	await card(page, 'Figure 6').waitFor({ state: 'detached' });
	await page.getByRole('button', { name: 'Done' }).press('Enter');
	await page.getByText('5 pins').waitFor();
	expect(problems).toEqual([]);
});

test('a card is carried and resized with the pointer', async () => {
	const board = await call<Board>(server, key, 'POST', '/v1/pinboards', { title: 'By hand' });
	for (const pin of pins.slice(0, 2))
		await call(server, key, 'POST', `/v1/pinboards/${board.id}/pins`, { pin_id: pin });
	const { page } = await visit(browser, server.address);
	await signIn(page);
	await page.goto(`/boards/${board.id}`);
	await page.getByRole('button', { name: 'Edit' }).click();
	const first = await card(page, 'Figure 1').boundingBox();
	if (!first) throw new Error('The card is not drawn');
	const saved = page.waitForResponse((answer) => answer.url().endsWith('/layout'));
	await page.mouse.move(first.x + 60, first.y + 60);
	await page.mouse.down();
	await page.mouse.move(first.x + 60 + first.width + 16, first.y + 62, { steps: 8 });
	await card(page, 'Figure 2: column 4, row 3').waitFor();
	await page.mouse.up();
	await saved;
	const { layout } = await stored(board.id);
	expect(layout[pins[0] ?? '']).toEqual({ x: 3, y: 0, w: 3, h: 2 });
	expect(layout[pins[1] ?? '']).toEqual({ x: 3, y: 2, w: 3, h: 2 });
});

test('what one person arranges moves on the open page of another', async () => {
	const board = await call<Board>(server, key, 'POST', '/v1/pinboards', { title: 'Together' });
	await call(server, key, 'POST', `/v1/pinboards/${board.id}/pins`, { pin_id: pins[0] });
	const { page } = await visit(browser, server.address);
	await signIn(page);
	await page.goto(`/boards/${board.id}`);
	await page.getByText('1 pin', { exact: false }).waitFor();
	await page.getByText('Live', { exact: true }).waitFor();
	await call(server, key, 'POST', `/v1/pinboards/${board.id}/pins`, { pin_id: pins[1] });
	await page.getByText('200').first().waitFor();
	await call(server, key, 'PUT', `/v1/pinboards/${board.id}`, { title: 'Side by side' });
	await page.getByRole('heading', { name: 'Side by side' }).waitFor();
});

function expectNoOverlap(layout: Board['layout']) {
	const taken = new Set<string>();
	for (const { x, y, w, h } of Object.values(layout))
		for (let column = x; column < x + w; column++)
			for (let row = y; row < y + h; row++) {
				expect(taken.has(`${column} ${row}`)).toBe(false);
				taken.add(`${column} ${row}`);
			}
}
