import type { Page } from 'playwright-core';
import { heading, type Screen } from './screen';

const click = (name: string | RegExp) => (page: Page) => page.getByRole('button', { name }).first().click();
const tab = (name: string) => (page: Page) => page.getByRole('tab', { name, exact: true }).click();

/** What was shared for a limited time has ended: a journey would wait long for that. */
const over = (page: Page) =>
	page.route('**/v1/**', (route) =>
		route.fulfill({ status: 410, json: { success: false, error: { code: 'GONE', message: 'over' } } })
	);
/** The server is away when the page has come. */
const away = (page: Page) => page.route('**/v1/**', (route) => route.abort());

/** What a screen comes to when something is done on it, or goes wrong: each dialog and each kind of bad news. */
export const states: Screen[] = [
	{ name: 'home-empty', path: () => '/', there: heading('Push your first number'), as: 'newcomer' },
	{ name: 'first', path: () => '/first', there: heading('Push your first number'), as: 'newcomer' },
	{
		name: 'board-edit-other',
		path: ({ board }) => `/boards/${board}?edit`,
		act: async (page) => {
			const other = page.getByRole('button', { pressed: false }).and(page.getByRole('button', { name: /layout$/ }));
			await other.click();
		},
		there: (page) => page.getByRole('group', { name: /^Shops:/ })
	},
	{
		name: 'pin-delete',
		path: ({ pin }) => `/pins/${pin}`,
		act: async (page) => {
			await click('More for this pin')(page);
			await page.getByRole('menuitem', { name: 'Delete this pin' }).click();
		},
		there: heading('Delete this pin?')
	},
	{
		name: 'pin-give',
		path: ({ pin }) => `/pins/${pin}`,
		act: async (page) => {
			await click('Share')(page);
			await page.getByText('Give it to another owner').click();
			await page.getByLabel('E-mail of the new owner').fill('ben@harbour.example');
			await page.keyboard.press('Enter');
			await page.getByRole('button', { name: 'Give it away' }).scrollIntoViewIfNeeded();
		},
		there: (page) => page.getByRole('group', { name: 'What changes' })
	},
	{
		name: 'pin-person',
		path: ({ noted }) => `/pins/${noted}`,
		act: async (page) => {
			await click('Share')(page);
			await page.getByLabel('E-mail of the person to add').fill('not an address');
			await page.keyboard.press('Enter');
		},
		there: (page) => page.getByText('Write a whole address')
	},
	{
		name: 'pin-until',
		path: ({ noted }) => `/pins/${noted}`,
		act: async (page) => {
			await click('Share')(page);
			await page.getByLabel('Link ends').selectOption('On a day …');
		},
		there: (page) => page.getByText('Choose a day')
	},
	{
		name: 'dataset-new',
		path: () => '/datasets',
		act: click('New dataset'),
		there: (page) => page.getByRole('button', { name: 'Make it' })
	},
	{
		name: 'dataset-json',
		path: ({ dataset }) => `/datasets/${dataset}`,
		act: tab('JSON'),
		there: (page) => page.locator('.cm-content')
	},
	{
		name: 'dataset-paste',
		path: ({ dataset }) => `/datasets/${dataset}`,
		act: async (page) => {
			await click('Paste a table')(page);
			await page.getByLabel('The table', { exact: true }).fill('day;total;note\nMon;7;rain\nTue;9;\nWed;12;market');
		},
		there: (page) => page.getByText('3 rows')
	},
	{
		name: 'dataset-delete',
		path: ({ dataset }) => `/datasets/${dataset}`,
		act: click('Delete this dataset'),
		there: heading('Delete this dataset?')
	},
	{
		name: 'dataset-api',
		path: ({ dataset }) => `/datasets/${dataset}`,
		act: tab('API'),
		there: (page) => page.getByRole('tab', { name: 'Python' })
	},
	{
		name: 'keys-shown',
		path: () => '/keys',
		act: async (page) => {
			await click('Generate key')(page);
			await page.getByLabel('Name', { exact: true }).fill('wall by the door');
			await page.keyboard.press('Enter');
		},
		there: heading('“wall by the door” is ready')
	},
	{ name: 'keys-revoke', path: () => '/keys', act: click(/^Revoke till-sync/), there: heading('Revoke “till-sync”?') },
	{
		name: 'search-none',
		path: () => '/',
		act: async (page) => {
			await page.getByRole('heading', { name: 'Boards' }).waitFor();
			await page.keyboard.press('Control+k');
			await page.keyboard.type('zzyzx');
		},
		there: (page) => page.getByText('Nothing is called that.')
	},
	{
		name: 'search-places',
		path: () => '/',
		act: async (page) => {
			await page.getByRole('heading', { name: 'Boards' }).waitFor();
			await page.keyboard.press('Control+k');
		},
		there: (page) => page.getByRole('option').first()
	},
	{
		name: 'toast',
		path: ({ board }) => `/boards/${board}?edit`,
		act: (page) => page.getByRole('button', { name: /^Take .* off/ }).last().click(),
		there: (page) => page.getByRole('button', { name: 'Undo' })
	},
	{ name: 'share-pin', path: ({ noted }) => `/share/pin/${noted}`, there: heading('Rye left'), as: 'visitor' },
	{ name: 'share-pin-embed', path: ({ noted }) => `/share/pin/${noted}/embed`, there: heading('Rye left'), as: 'visitor' },
	{
		name: 'share-page-embed',
		path: ({ page }) => `/share/pages/${page}/embed`,
		there: (page) => page.getByText('Why it matters'),
		as: 'visitor'
	},
	{ name: 'share-asks', path: ({ asking }) => `/share/pinboard/${asking}`, there: heading('Sign in to see this'), as: 'visitor' },
	{
		name: 'share-over',
		before: over,
		path: ({ asking }) => `/share/pinboard/${asking}`,
		there: heading('This link has expired'),
		as: 'visitor'
	},
	{ name: 'share-away', before: away, path: ({ asking }) => `/share/pinboard/${asking}`, there: heading('No answer from the server'), as: 'visitor' },
	{ name: 'nowhere', path: () => '/no/such/place', there: heading('Nothing here for you') },
];
