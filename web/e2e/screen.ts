import type { Page } from 'playwright-core';
import type { Harbour } from './harbour';

/** A screen, as its looks are taken. */
export type Screen = {
	name: string;
	path: (harbour: Harbour) => string;
	/** What is there when the screen is. */
	there: (page: Page) => ReturnType<Page['getByText']>;
	act?: (page: Page) => Promise<unknown>;
	/** What is arranged before the page is asked for. */
	before?: (page: Page) => Promise<unknown>;
	/** Who looks, if not Ada. */
	as?: 'visitor' | 'newcomer';
};

export const live = (page: Page) => page.getByText('Live', { exact: true });
export const heading = (name: string | RegExp) => (page: Page) => page.getByRole('heading', { name });
