import {
	apply,
	applyPage,
	applyPinboard,
	nothingYet,
	type LiveEvent,
	type PageView,
	type PinboardView,
	type PinView
} from '@pindown/client';
import { SvelteMap } from 'svelte/reactivity';

export type Gone = 'deleted' | 'denied';

type Told = {
	/** A board changed: it has to be read again. */
	boardOutdated: (id: string) => void;
	/** The same for a page. */
	pageOutdated: (id: string) => void;
	/** A push came in over the open line, made at this moment of the server's. */
	pushSeen: (pushedAt: number) => void;
};

/**
 * What this tab knows, by the client's law: a snapshot replaces everything, changes are laid over
 * it, older ones are let go. On top of it stands what only a screen needs: what has just changed,
 * and what has gone.
 */
export class Feed {
	/** When each pin last changed before the reader's eyes, by the reader's clock. */
	readonly changed = new SvelteMap<string, number>();
	/** Things that were watched and are no longer there, or not the reader's to see. */
	readonly gone = new SvelteMap<string, Gone>();
	#known = $state.raw(nothingYet);

	constructor(private readonly told: Told) {}

	get pins(): ReadonlyMap<string, PinView> {
		return this.#known.pins;
	}

	get boards(): ReadonlyMap<string, PinboardView> {
		return this.#known.pinboards;
	}

	get pages(): ReadonlyMap<string, PageView> {
		return this.#known.pages;
	}

	/** The session or account behind the stream is gone. */
	get ended(): boolean {
		return this.#known.hasEnded;
	}

	apply(event: LiveEvent) {
		const before = this.#known;
		this.#known = apply(before, event);
		if (event.event === 'snapshot') this.gone.clear();
		if (event.event === 'deleted') this.gone.set(event.data.id, 'deleted');
		for (const id of this.#known.denied) if (!before.denied.has(id)) this.gone.set(id, 'denied');
		for (const id of before.denied) if (!this.#known.denied.has(id)) this.gone.delete(id);
		this.#notice(before.pins, event.event !== 'snapshot');
		for (const [id, revision] of this.#known.outdated)
			if (before.outdated.get(id) !== revision) this.#tellOutdated(id);
	}

	/** A board that was read by itself. */
	putBoard(board: PinboardView, pins: PinView[] = []) {
		this.#known = applyPinboard(this.#known, board, pins);
		this.gone.delete(board.id);
	}

	/** A page that was read by itself. */
	putPage(page: PageView, pins: PinView[] = []) {
		this.#known = applyPage(this.#known, page, pins);
		this.gone.delete(page.id);
	}

	#tellOutdated(id: string) {
		if (this.#known.pages.has(id)) this.told.pageOutdated(id);
		else this.told.boardOutdated(id);
	}

	/** Marks what a reader can see to have changed, and learns the time from what came in live. */
	#notice(before: ReadonlyMap<string, PinView>, live: boolean) {
		for (const [id, view] of this.#known.pins) {
			const old = before.get(id);
			if (!old || old === view) continue;
			if (old.version !== view.version) this.changed.set(id, Date.now());
			const pushed = view.pushed_at !== null && view.pushed_at !== old.pushed_at;
			if (live && pushed && !view.is_late) this.told.pushSeen(view.pushed_at!);
		}
	}
}
