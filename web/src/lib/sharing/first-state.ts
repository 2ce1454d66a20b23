import { client } from '#lib/client.ts';
import type { PageOnShow, PageView, PinboardOnShow, PinOnShow, PinView } from '@pindown/client';

export type SharedPin = { pin: PinView };
export type SharedPage = { page: PageView; pins: PinView[] };
export type SharedBoard = { board: PinboardOnShow; pins: PinView[] };

/** The state the server wrote into the page, if it is of this thing. It is used once. */
function written<Thing extends { id: string }>(id: string): Thing | undefined {
	const element = document.getElementById('pindown-state');
	if (!element) return undefined;
	const state = JSON.parse(element.textContent) as Thing;
	element.remove();
	return state.id === id ? state : undefined;
}

/** A shared pin as a visitor sees it: out of the page, or asked for. */
export async function readSharedPin(id: string): Promise<PinOnShow> {
	return written<PinOnShow>(id) ?? client.shared.pin(id);
}

/** A shared board with the views of its pins. */
export async function readSharedBoard(id: string): Promise<SharedBoard> {
	const shown = written<PinboardOnShow>(id) ?? (await client.shared.pinboard(id));
	return { board: shown, pins: shown.views };
}

/** A shared page with the views of its pins. */
export async function readSharedPage(id: string): Promise<SharedPage> {
	const shown = written<PageOnShow>(id) ?? (await client.shared.page(id));
	return { page: shown, pins: shown.views };
}
