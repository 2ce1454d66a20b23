export type Day<Item> = { name: string; items: Item[] };

/** What happened, newest first, under the day on which it did, by the reader's clock. */
export function byDay<Item extends { at: number }>(items: readonly Item[], now: number): Day<Item>[] {
	const days: Day<Item>[] = [];
	for (const item of items) {
		const name = nameOf(item.at, now);
		const last = days.at(-1);
		if (last?.name === name) last.items.push(item);
		else days.push({ name, items: [item] });
	}
	return days;
}

function nameOf(at: number, now: number): string {
	const day = new Date(at);
	const today = new Date(now);
	const yesterday = new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1);
	if (day.toDateString() === today.toDateString()) return 'Today';
	if (day.toDateString() === yesterday.toDateString()) return 'Yesterday';
	const year = day.getFullYear() === today.getFullYear() ? {} : ({ year: 'numeric' } as const);
	return day.toLocaleDateString(undefined, { weekday: 'long', day: 'numeric', month: 'long', ...year });
}
