import type { Revision } from '@pindown/client';
import { Asked } from '#lib/asked.svelte.ts';
import { client } from '#lib/client.ts';
import type { Shareable } from '#lib/sharing/shareable.ts';
import { session } from './session.svelte';

/** The names of who changed a thing, as far as the reader may know them. */
export class Authors {
	readonly #keys = new Asked(async () => {
		const { items } = await client.keys.list({ limit: 100 });
		return new Map(items.map((key) => [key.id, key.name]));
	});
	readonly #people: Asked<Map<string, string>>;

	constructor(kind: Shareable, id: string) {
		this.#people = new Asked(async () => {
			const { items } = await client[kind].collaborators.list(id, { limit: 100 });
			return new Map(items.map((person) => [person.user_id, person.name || person.email || '']));
		});
		void this.#keys.ask();
		void this.#people.ask();
	}

	nameOf({ by }: Pick<Revision, 'by'>): string {
		if (by.key_id?.startsWith('key_')) return this.#keys.value?.get(by.key_id) ?? 'A key';
		if (by.key_id) return 'A push address';
		if (by.user_id === null) return 'Nobody';
		if (by.user_id === session.me?.id) return 'You';
		return this.#people.value?.get(by.user_id) || 'Somebody else';
	}
}
