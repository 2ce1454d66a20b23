import { client } from '#lib/client.ts';

const one = { limit: 1 };
const kinds = [
	['pin', 'pins', () => client.pins.list(one)],
	['board', 'boards', () => client.pinboards.list(one)],
	['page', 'pages', () => client.pages.list(one)],
	['dataset', 'datasets', () => client.datasets.list(one)],
	['key', 'keys', () => client.keys.list(one)]
] as const;

/** What somebody has, in words: `12 pins, 1 board and 4 keys`. Empty for who has nothing. */
export async function owned(): Promise<string> {
	const totals = await Promise.all(kinds.map(([, , list]) => list().then(({ total }) => total)));
	return inWords(totals);
}

export function inWords(totals: readonly number[]): string {
	const parts = kinds.flatMap(([single, many], at) => {
		const total = totals[at] ?? 0;
		return total === 0 ? [] : [`${total} ${total === 1 ? single : many}`];
	});
	const last = parts.pop() ?? '';
	return parts.length > 0 ? `${parts.join(', ')} and ${last}` : last;
}
