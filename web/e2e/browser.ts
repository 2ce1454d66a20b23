import packaged from '@sparticuz/chromium';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';

const flags = [
	'--headless',
	'--no-sandbox',
	'--disable-gpu',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync'
];

export const sizes = {
	phone: { width: 390, height: 844 },
	desk: { width: 1440, height: 900 },
	television: { width: 3840, height: 2160 }
} as const;
export type Size = keyof typeof sizes;
export type Theme = 'light' | 'dark';

/** Chromium out of the package, or the one that PINDOWN_TEST_BROWSER names. */
export async function openBrowser(): Promise<Browser> {
	const named = process.env['PINDOWN_TEST_BROWSER'];
	return chromium.launch({
		executablePath: named ?? (await packaged.executablePath()),
		args: flags
	});
}

export type SignedIn = Awaited<ReturnType<BrowserContext['storageState']>>;
type Manner = { size?: Size; theme?: Theme; signedIn?: SignedIn };

export type Visit = {
	context: BrowserContext;
	page: Page;
	/** Errors the page met and requests that left our server, as they come. */
	problems: string[];
};

/** A browser of somebody's own, without cookies, that notes what goes wrong in it. */
export async function visit(
	browser: Browser,
	address: string,
	{ size = 'desk', theme = 'light', signedIn }: Manner = {}
): Promise<Visit> {
	const context = await browser.newContext({
		baseURL: address,
		viewport: sizes[size],
		colorScheme: theme,
		locale: 'en-GB',
		...(signedIn ? { storageState: signedIn } : {}),
		...(size === 'phone' ? { isMobile: true, hasTouch: true } : {})
	});
	context.setDefaultTimeout(60_000);
	const page = await context.newPage();
	const problems: string[] = [];
	page.on('pageerror', (error) => problems.push(error.message));
	page.on('console', (message) => {
		const text = message.text();
		if (/Content Security Policy|effect_update_depth/.test(text)) problems.push(text);
	});
	page.on('request', (request) => {
		const url = new URL(request.url());
		const ours =
			url.origin === new URL(address).origin || ['data:', 'blob:'].includes(url.protocol);
		if (!ours) problems.push(`left the server: ${request.url()}`);
	});
	return { context, page, problems };
}
