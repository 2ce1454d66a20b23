import type { Pinboard } from '@pindown/client';

type Then = Pick<Pinboard, 'revision' | 'pins' | 'views'>;

/** Which pins a revision brought or took, by their titles; undefined where that cannot be told. */
export function whichPins(before: Then | undefined, after: Then | undefined): string | undefined {
	if (!before || !after || after.revision !== before.revision + 1) return undefined;
	const titles = new Map([...(before.views ?? []), ...(after.views ?? [])].map(({ id, title }) => [id, title]));
	const missingFrom = (one: Then) => (id: string) => !one.pins.includes(id);
	const said = [
		...say('Added', after.pins.filter(missingFrom(before)), titles),
		...say('took off', before.pins.filter(missingFrom(after)), titles)
	];
	const words = said.join(', ');
	return words === '' ? undefined : words.charAt(0).toUpperCase() + words.slice(1);
}

function say(did: string, ids: string[], titles: ReadonlyMap<string, string>): string[] {
	const [only, ...others] = ids;
	if (only === undefined) return [];
	if (others.length > 0) return [`${did} ${ids.length} pins`];
	const title = titles.get(only);
	return [title ? `${did} “${title}”` : `${did} a pin`];
}
