import type { Layout } from '@pindown/client';
import { DESKTOP, PHONE, place, type Box } from './grid';

export type Which = 'layout' | 'mobile_layout';
type Layouts = Record<Which, Layout>;
type Save = (which: Which, changed: Layout) => Promise<unknown>;

/** How many steps back one can go. */
const remembered = 50;

/**
 * A board being arranged: what is carried at the moment, what is not saved yet, and the way back.
 * Every finished move is shown at once and saved behind it; a refused one is put back.
 */
export class Arranging {
	which = $state<Which>('layout');
	/** The card in hand, and where it would come to lie. */
	carried = $state<{ id: string; box: Box } | undefined>();
	#unsaved = $state.raw<Partial<Layouts>>({});
	#way = $state.raw<{ which: Which; before: Layout }[]>([]);
	#saving: Promise<unknown> = Promise.resolve();
	#waiting = 0;

	constructor(
		private readonly stored: () => Layouts,
		private readonly save: Save,
		private readonly refused: (error: unknown) => void
	) {}

	get columns(): number {
		return this.which === 'layout' ? DESKTOP : PHONE;
	}

	/** Where everything lies when nothing is carried. */
	get settled(): Layout {
		return this.#unsaved[this.which] ?? this.stored()[this.which];
	}

	/** Where everything would lie if the carried card were put down now. */
	get shown(): Layout {
		if (!this.carried) return this.settled;
		return place(this.settled, this.carried.id, this.carried.box, this.columns);
	}

	get canUndo(): boolean {
		return this.#way.length > 0;
	}

	/** Carry a card so that its box becomes this one, kept inside the grid. */
	carry(id: string, box: Box) {
		this.carried = { id, box: inside(box, this.columns) };
	}

	/** Carry a card by slots, from where it is now. */
	nudge(id: string, by: Partial<Box>) {
		const from = this.carried?.id === id ? this.carried.box : this.settled[id];
		if (!from) return;
		this.carry(id, {
			x: from.x + (by.x ?? 0),
			y: from.y + (by.y ?? 0),
			w: from.w + (by.w ?? 0),
			h: from.h + (by.h ?? 0)
		});
	}

	putBack() {
		this.carried = undefined;
	}

	putDown() {
		if (!this.carried) return;
		const before = this.settled;
		const after = this.shown;
		this.carried = undefined;
		if (Object.keys(difference(before, after)).length === 0) return;
		this.#way = [...this.#way.slice(1 - remembered), { which: this.which, before }];
		this.#keep(this.which, before, after);
	}

	undo() {
		const step = this.#way.at(-1);
		if (!step) return;
		this.#way = this.#way.slice(0, -1);
		this.which = step.which;
		this.carried = undefined;
		const now = this.settled;
		// A card that was added since stays where it is.
		const known = Object.entries(step.before).filter(([id]) => id in now);
		this.#keep(step.which, now, { ...now, ...Object.fromEntries(known) });
	}

	/** Everything put down so far is saved or refused. */
	async saved() {
		await this.#saving;
	}

	#keep(which: Which, before: Layout, after: Layout) {
		this.#unsaved = { ...this.#unsaved, [which]: after };
		this.#waiting++;
		this.#saving = this.#saving.then(async () => {
			try {
				await this.save(which, difference(before, after));
			} catch (error) {
				this.#unsaved = {};
				this.#way = [];
				this.refused(error);
			} finally {
				this.#waiting--;
				if (this.#waiting === 0) this.#unsaved = {};
			}
		});
	}
}

/** The boxes of `after` that are new or lie elsewhere than in `before`. */
export function difference(before: Layout, after: Layout): Layout {
	return Object.fromEntries(
		Object.entries(after).filter(([id, box]) => {
			const old = before[id];
			return !old || old.x !== box.x || old.y !== box.y || old.w !== box.w || old.h !== box.h;
		})
	);
}

function inside(box: Box, columns: number): Box {
	const w = Math.min(Math.max(box.w, 1), columns);
	const x = Math.min(Math.max(box.x, 0), columns - w);
	return { x, y: Math.max(box.y, 0), w, h: Math.max(box.h, 1) };
}
