import { outside } from './outside';
import { heading, live, type Screen } from './screen';

/** Every screen. */
export const screens: Screen[] = [
	{ name: 'home', path: () => '/', there: live },
	{ name: 'board', path: ({ board }) => `/boards/${board}`, there: live },
	{
		name: 'board-past',
		path: ({ board }) => `/boards/${board}/history`,
		act: async (page) => {
			await page.getByRole('radio').nth(4).check({ force: true });
		},
		there: (page) => page.getByRole('button', { name: 'Restore this', disabled: false })
	},
	{
		name: 'board-more',
		path: ({ board }) => `/boards/${board}`,
		act: (page) => page.getByRole('button', { name: 'More for this board' }).click(),
		there: (page) => page.getByRole('menuitem', { name: 'History' })
	},
	{
		name: 'board-edit',
		path: ({ board }) => `/boards/${board}?edit`,
		there: (page) => page.getByRole('group', { name: /^Shops:/ })
	},
	{
		name: 'board-gallery',
		path: ({ empty }) => `/boards/${empty}?edit`,
		act: (page) => page.getByRole('tab', { name: 'New pin' }).click(),
		there: (page) => page.getByRole('button', { name: /^Stat cards/ })
	},
	{
		name: 'board-empty',
		path: ({ empty }) => `/boards/${empty}`,
		there: heading('Nothing on this board yet')
	},
	{ name: 'pin', path: ({ pin }) => `/pins/${pin}`, there: (page) => page.getByText(/^Revision \d+, /) },
	{
		name: 'pin-table',
		path: ({ table }) => `/pins/${table}`,
		there: (page) => page.getByText('Market square')
	},
	{
		name: 'pin-content',
		path: ({ pin }) => `/pins/${pin}`,
		act: (page) => page.getByRole('tab', { name: 'Content' }).click(),
		there: (page) => page.getByRole('group', { name: 'Stat card 1 of 1' })
	},
	{
		name: 'pin-content-table',
		path: ({ table }) => `/pins/${table}`,
		act: async (page) => {
			await page.getByRole('tab', { name: 'Content' }).click();
			await page.getByRole('button', { name: 'Add row' }).scrollIntoViewIfNeeded();
		},
		there: (page) => page.getByRole('group', { name: 'Row 1 of 4' })
	},
	{
		name: 'pin-content-json',
		path: ({ pin }) => `/pins/${pin}`,
		act: async (page) => {
			await page.getByRole('tab', { name: 'Content' }).click();
			await page.getByRole('tab', { name: 'JSON' }).click();
		},
		there: (page) => page.locator('.cm-content')
	},
	{
		name: 'pin-share',
		path: ({ pin }) => `/pins/${pin}`,
		act: (page) => page.getByRole('button', { name: 'Share' }).click(),
		there: (page) => page.getByText('Nobody but you')
	},
	{
		name: 'pin-embed',
		path: ({ pin }) => `/pins/${pin}`,
		act: async (page) => {
			await page.getByRole('button', { name: 'Share' }).click();
			await page.getByText('Show it in another page').click();
			await page.getByRole('region', { name: 'Code for another page' }).scrollIntoViewIfNeeded();
		},
		there: (page) => page.getByLabel('Width in pixels')
	},
	{
		name: 'pin-blocks',
		path: ({ noted }) => `/pins/${noted}`,
		act: async (page) => {
			await page.getByText('Proof the dough').waitFor();
			await page.getByRole('tab', { name: 'Blocks' }).click();
		},
		there: (page) => page.getByRole('button', { name: 'Edit How rye is made' })
	},
	{
		name: 'pin-block-form',
		path: ({ noted }) => `/pins/${noted}`,
		act: async (page) => {
			await page.getByRole('tab', { name: 'Blocks' }).click();
			await page.getByRole('button', { name: /^Condition/ }).click();
			await page.getByLabel('Otherwise show').scrollIntoViewIfNeeded();
		},
		there: (page) => page.getByLabel('Then show')
	},
	{
		name: 'pin-past',
		path: ({ pin }) => `/pins/${pin}`,
		act: async (page) => {
			await page.getByLabel('Go through the history').focus();
			await page.keyboard.press('ArrowLeft');
			await page.keyboard.press('ArrowLeft');
		},
		there: (page) => page.getByText('as it was at revision')
	},
	{
		name: 'pin-compare',
		path: ({ pin }) => `/pins/${pin}`,
		act: async (page) => {
			await page.getByLabel('Go through the history').focus();
			await page.keyboard.press('Home');
			await page.getByRole('button', { name: 'Compare with now' }).click();
		},
		there: heading(/^Revision \d+ and now/)
	},
	{
		name: 'pin-comments',
		path: ({ pin }) => `/pins/${pin}`,
		act: (page) => page.getByRole('tab', { name: 'Comments' }).click(),
		there: (page) => page.getByLabel('Your comment')
	},
	{
		name: 'pin-push',
		path: ({ pin }) => `/pins/${pin}`,
		act: async (page) => {
			await page.getByRole('tab', { name: 'Push addresses' }).click();
			await page.getByRole('button', { name: 'Make an address' }).click();
		},
		there: (page) => page.getByText('It is shown this once')
	},
	{
		name: 'pin-missing',
		path: ({ drawn }) => `/pins/${drawn}`,
		there: heading('What its variables do not find')
	},
	{
		name: 'board-add',
		path: ({ board }) => `/boards/${board}?edit`,
		act: (page) => page.getByRole('button', { name: 'Add pin' }).click(),
		there: (page) => page.getByText('Your own pins open to whoever sees this board')
	},
	{
		name: 'board-share',
		path: ({ board }) => `/boards/${board}`,
		act: (page) => page.getByRole('button', { name: 'Share' }).click(),
		there: (page) => page.getByText('cleo@harbour.example')
	},
	{
		name: 'board-roles',
		path: ({ board }) => `/boards/${board}`,
		act: async (page) => {
			await page.getByRole('button', { name: 'Share' }).click();
			await page.getByLabel('Name of a new role').fill('Finance');
			await page.keyboard.press('Enter');
			await page.locator('summary', { hasText: 'Finance' }).first().click();
			await page.getByText('Pins that ask for it').first().scrollIntoViewIfNeeded();
		},
		there: (page) => page.getByText('Pins that ask for it')
	},
	{
		name: 'board-wall',
		path: ({ board }) => `/boards/${board}?tv`,
		there: (page) => page.getByRole('dialog').getByText('Live', { exact: true })
	},
	{ name: 'pages', path: () => '/pages', there: (page) => page.getByText('Sunday report') },
	{
		name: 'page',
		path: ({ page }) => `/pages/${page}`,
		there: (page) => page.getByText('Why it matters')
	},
	{
		name: 'page-edit',
		path: ({ page }) => `/pages/${page}?edit`,
		there: (page) => page.getByRole('button', { name: 'Move Rye left up' })
	},
	{ name: 'datasets', path: () => '/datasets', there: (page) => page.getByText('{{sales}}').or(page.getByText('Sales')) },
	{
		name: 'dataset',
		path: ({ dataset }) => `/datasets/${dataset}`,
		there: (page) => page.getByRole('link', { name: 'What we sold' })
	},
	{
		name: 'search',
		path: () => '/',
		act: async (page) => {
			await page.getByRole('heading', { name: 'Boards' }).waitFor();
			await page.keyboard.press('Control+k');
			await page.keyboard.type('bak');
		},
		there: (page) => page.getByRole('option', { name: /Harbour Bakery/ })
	},
	{ name: 'bin', path: () => '/bin', there: (page) => page.getByText('Spelt, last year') },
	{
		name: 'share-page',
		path: ({ page }) => `/share/pages/${page}`,
		there: (page) => page.getByText('Why it matters'),
		as: 'visitor'
	},
	{ name: 'pins', path: () => '/pins', there: (page) => page.getByRole('link', { name: /Shops/ }) },
	{ name: 'keys', path: () => '/keys', there: (page) => page.getByText('till-sync') },
	{
		name: 'keys-form',
		path: () => '/keys',
		act: (page) => page.getByRole('button', { name: 'Generate key' }).first().click(),
		there: (page) => page.getByText('What may it do?')
	},
	{
		name: 'keys-change',
		path: () => '/keys',
		act: async (page) => {
			await page.getByRole('button', { name: 'Change till-sync' }).click();
			await page.getByLabel('Limit to certain pins').fill('bakery');
		},
		there: (page) => page.getByRole('button', { name: /^Harbour Bakery/ })
	},
	{ name: 'settings', path: () => '/settings', there: (page) => page.getByText('this one') },
	{
		name: 'settings-leave',
		path: () => '/settings',
		act: (page) => page.getByRole('button', { name: 'Remove my account' }).click(),
		there: (page) => page.getByText(/^\d+ pins, /)
	},
	{ name: 'audit', path: () => '/settings/audit', there: (page) => page.getByText('signed in').last() },
	{ name: 'people', path: () => '/settings/people', there: (page) => page.getByText('you', { exact: true }) },
	{ name: 'gone', path: () => '/boards/pb-000000000000', there: heading('Nothing here for you') },
	...outside
];
