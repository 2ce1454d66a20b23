export type Topics = { pins: string[]; pinboards: string[]; pages: string[] };

/** Who on this page looks at what. The stream carries each thing once, however many look. */
export class TopicCounts {
	#counts = new Map<string, number>();

	/** Look at these too. Says whether anything is new. */
	add(topics: Partial<Topics>): boolean {
		let grew = false;
		for (const key of keys(topics)) {
			grew ||= !this.#counts.has(key);
			this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
		}
		return grew;
	}

	remove(topics: Partial<Topics>) {
		for (const key of keys(topics)) {
			const left = (this.#counts.get(key) ?? 0) - 1;
			if (left > 0) this.#counts.set(key, left);
			else this.#counts.delete(key);
		}
	}

	get empty(): boolean {
		return this.#counts.size === 0;
	}

	get all(): Topics {
		const all: Topics = { pins: [], pinboards: [], pages: [] };
		for (const key of [...this.#counts.keys()].sort()) {
			const [kind, id] = key.split(' ') as [keyof Topics, string];
			all[kind].push(id);
		}
		return all;
	}
}

function keys(topics: Partial<Topics>): string[] {
	return [
		...(topics.pins ?? []).map((id) => `pins ${id}`),
		...(topics.pinboards ?? []).map((id) => `pinboards ${id}`),
		...(topics.pages ?? []).map((id) => `pages ${id}`)
	];
}
