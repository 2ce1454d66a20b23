import type { SentInvitation } from '@pindown/client';
import { client } from '#lib/client.ts';
import type { Shareable } from '#lib/sharing/shareable.ts';

/** Where things of a kind are: in the API, and on these pages. */
export const places: Record<SentInvitation['kind'], { things: Shareable; path: string }> = {
	pin: { things: 'pins', path: '/pins' },
	pinboard: { things: 'pinboards', path: '/boards' },
	page: { things: 'pages', path: '/pages' }
};

/** The titles of what somebody was invited to, by id; of what is gone there is none. */
export async function titlesOf(sent: readonly SentInvitation[]): Promise<Map<string, string>> {
	const ids = (kind: SentInvitation['kind']) => [...new Set(sent.filter((one) => one.kind === kind).map((one) => one.thing_id))];
	const [pins, boards] = [ids('pin'), ids('pinboard')];
	const found = await Promise.all([
		pins.length > 0 ? client.pins.batchGet(pins).then(({ found }) => found) : [],
		boards.length > 0 ? client.pinboards.batchGet(boards).then(({ found }) => found) : [],
		...ids('page').map((id) => client.pages.get(id).then((page) => [page], () => []))
	]);
	return new Map(found.flat().map(({ id, title }) => [id, title]));
}
