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
	#next = 1;

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
