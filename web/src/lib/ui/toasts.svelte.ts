import { untrack } from 'svelte';

export type Toast = {
	id: number;
	text: string;
	kind: 'plain' | 'bad';
	action?: { label: string; run: () => void };
};

const stays = 6000;

/** Short messages at the foot of the page; one with an action waits longer. */
class Toasts {
	list = $state<Toast[]>([]);
	/** Where they can be shown; the last one is over the others. */
	#places = $state.raw<object[]>([]);
	#next = 1;

	/** While a dialog is open nothing outside it can be clicked: they are shown inside it then. */
	showIn(place: object): () => void {
		this.#places = [...untrack(() => this.#places), place];
		return () => (this.#places = this.#places.filter((one) => one !== place));
	}

	at(place: object): readonly Toast[] {
		return this.#places.at(-1) === place ? this.list : [];
	}

	say(text: string, action?: Toast['action']) {
		this.#add({ id: this.#next++, text, kind: 'plain', ...(action ? { action } : {}) });
	}

	refuse(text: string) {
		this.#add({ id: this.#next++, text, kind: 'bad' });
	}

	close(id: number) {
		this.list = this.list.filter((toast) => toast.id !== id);
	}

	#add(toast: Toast) {
		// More than three at once is a wall nobody reads.
		this.list = [...this.list.slice(-2), toast];
		setTimeout(() => this.close(toast.id), toast.action ? stays * 2 : stays);
	}
}

export const toasts = new Toasts();
