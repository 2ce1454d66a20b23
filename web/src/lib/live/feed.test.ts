import type { PinboardView, PinView, Snapshot } from '@pindown/client';
import { describe, expect, test } from 'vitest';
import { Feed } from './feed.svelte';

function pin(id: string, version: number, more: Partial<PinView> = {}): PinView {
	return {
		id,
		pin_id: id,
		blocks: [],
		version,
		revision: version,
		pin_type: 'stat-cards',
		pin_layout: '1x1',
		title: id,
		description: null,
		pin_config: { cards: [{ title: 'Sales', value: version }] },
		updated_at: 1000,
		pushed_at: 1000,
		is_late: false,
		expect_every: null,
		...more
	};
}

function board(id: string, revision: number): PinboardView {
	return {
		id,
		revision,
		title: id,
		description: null,
		pins: [],
		layout: {},
		mobile_layout: {},
		hidden: [],
		updated_at: 0
	};
}

function snapshot(pins: PinView[], more: Partial<Snapshot> = {}) {
	const data = { pins, pinboards: [], pages: [], denied: [], ...more };
	return { event: 'snapshot' as const, data };
}

function watching(...pins: PinView[]) {
	const outdated: string[] = [];
	const pushes: number[] = [];
	const feed = new Feed({
		boardOutdated: (id) => outdated.push(id),
		pageOutdated: (id) => outdated.push(`page ${id}`),
		pushSeen: (at) => pushes.push(at)
	});
	feed.apply(snapshot(pins, { pinboards: [board('pb-a', 3)] }));
	return { feed, outdated, pushes };
}

describe('a snapshot', () => {
	test('replaces everything, also with less and with an older version', () => {
		const { feed } = watching(pin('p-a', 9), pin('p-b', 2));
		feed.apply(snapshot([pin('p-a', 4)], { denied: ['p-b'] }));
		expect(feed.pins.get('p-a')?.version).toBe(4);
		expect(feed.pins.has('p-b')).toBe(false);
		expect(feed.boards.size).toBe(0);
		expect(feed.gone.get('p-b')).toBe('denied');
	});

	test('marks what changed while the line was down, and nothing on the first sight', () => {
		const { feed } = watching(pin('p-a', 1), pin('p-b', 1));
		expect(feed.changed.size).toBe(0);
		feed.apply(snapshot([pin('p-a', 2), pin('p-b', 1)]));
		expect([...feed.changed.keys()]).toEqual(['p-a']);
	});
});

describe('a change', () => {
	test('is shown when it is newer and let go when it is not', () => {
		const { feed } = watching(pin('p-a', 5));
		feed.apply({ event: 'pin', data: pin('p-a', 7) });
		feed.apply({ event: 'pin', data: pin('p-a', 6) });
		feed.apply({ event: 'frame', data: { pins: [pin('p-a', 5)] } });
		expect(feed.pins.get('p-a')).toEqual(pin('p-a', 7));
	});

	test('keeps the history that an event leaves out', () => {
		const history = { 'cards/0/value': [[1, 2]] as [number, number][] };
		const { feed } = watching(pin('p-a', 1, { history }));
		feed.apply({ event: 'pin', data: pin('p-a', 2) });
		expect(feed.pins.get('p-a')?.history).toEqual(history);
	});

	test('of a board asks for the board once per revision, and not for one that is known', () => {
		const { feed, outdated } = watching();
		feed.apply({ event: 'pinboard', data: { id: 'pb-a', revision: 3 } });
		feed.apply({ event: 'pinboard', data: { id: 'pb-a', revision: 4 } });
		expect(outdated).toEqual(['pb-a']);
		feed.putBoard(board('pb-a', 4), [pin('p-new', 1)]);
		expect(feed.boards.get('pb-a')?.revision).toBe(4);
		expect(feed.pins.has('p-new')).toBe(true);
	});

	test('of a page asks for the page', () => {
		const { feed, outdated } = watching();
		const page = { id: 'pg-a', title: 'Report', description: null, pins: [], hidden: [], revision: 1, updated_at: 0 };
		feed.putPage(page);
		feed.apply({ event: 'page', data: { id: 'pg-a', revision: 2 } });
		expect(outdated).toEqual(['page pg-a']);
		feed.putPage({ ...page, title: 'Sunday', revision: 2 }, [pin('p-new', 1)]);
		expect(feed.pages.get('pg-a')?.title).toBe('Sunday');
		expect(feed.pins.has('p-new')).toBe(true);
	});

	test('of a board that was read late does not undo a newer one', () => {
		const { feed } = watching();
		feed.putBoard(board('pb-a', 6));
		feed.putBoard(board('pb-a', 5));
		expect(feed.boards.get('pb-a')?.revision).toBe(6);
	});
});

describe('silence', () => {
	test('late and on_time move the mark, alive moves the age, and none of them the value', () => {
		const { feed, pushes } = watching(pin('p-a', 1));
		feed.apply({ event: 'late', data: { id: 'p-a', pushed_at: 1000 } });
		expect(feed.pins.get('p-a')).toEqual(pin('p-a', 1, { is_late: true }));
		feed.apply({ event: 'on_time', data: { id: 'p-a', pushed_at: 2000 } });
		expect(feed.pins.get('p-a')).toEqual(pin('p-a', 1, { pushed_at: 2000 }));
		feed.apply({ event: 'alive', data: { id: 'p-a', pushed_at: 3000 } });
		expect(feed.pins.get('p-a')).toEqual(pin('p-a', 1, { pushed_at: 3000 }));
		expect(pushes).toEqual([2000, 3000]);
		expect(feed.changed.size).toBe(0);
	});
});

describe('what is lost', () => {
	test('is taken from the screen and remembered with its reason', () => {
		const { feed } = watching(pin('p-a', 1), pin('p-b', 1));
		feed.apply({ event: 'deleted', data: { id: 'p-a' } });
		feed.apply({ event: 'denied', data: { id: 'p-b' } });
		expect(feed.pins.size).toBe(0);
		expect(Object.fromEntries(feed.gone)).toEqual({ 'p-a': 'deleted', 'p-b': 'denied' });
		expect(feed.ended).toBe(false);
	});

	test('is everything, when the session itself is gone', () => {
		const { feed } = watching(pin('p-a', 1));
		feed.apply({ event: 'denied', data: {} });
		expect(feed.ended).toBe(true);
		expect(feed.pins.size + feed.boards.size).toBe(0);
	});
});
