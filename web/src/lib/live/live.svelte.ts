import type { LiveEvent, LiveStream } from '@pindown/client';
import { client } from '#lib/client.ts';
import { clock } from './clock.svelte';
import { Feed } from './feed.svelte';
import { TopicCounts, type Topics } from './topics';

/** So long a broken line is only a hiccup. After it the page says that it is not live. */
const staleAfter = 10_000;
/** While somebody looks at a page that is not live, it tries again this often. */
const retryEvery = 3_000;
/** Events are shown once per frame; a tab in the background has no frames. */
const hiddenFrame = 100;

export type LiveState = 'connecting' | 'live' | 'reconnecting' | 'stale';

/** The one stream of this tab, for everything that is shown on it. */
class Live {
	state = $state<LiveState>('connecting');
	/** When the server was last heard, by the reader's clock. */
	lastHeard = $state<number | undefined>();
	readonly feed = new Feed({
		boardOutdated: (id) => void this.readBoard(id),
		pageOutdated: (id) => void this.readPage(id),
		pushSeen: (at) => clock.learn(at)
	});

	#topics = new TopicCounts();
	#stream: LiveStream | undefined;
	#opening = false;
	#reader: 'member' | 'visitor' = 'member';
	#waiting: LiveEvent[] = [];
	#staleTimer: ReturnType<typeof setTimeout> | undefined;
	#wakeTimer: ReturnType<typeof setInterval> | undefined;

	/** Keep these up to date until the answer is called. */
	watch(topics: Partial<Topics>): () => void {
		if (this.#topics.add(topics)) this.#openSoon();
		return () => {
			this.#topics.remove(topics);
			if (this.#topics.empty) this.#openSoon();
		};
	}

	/** Read a board again, after it changed. */
	async readBoard(id: string) {
		try {
			const board =
				this.#reader === 'visitor'
					? await client.shared.pinboard(id)
					: await client.pinboards.get(id);
			this.feed.putBoard(board);
			// The stream knows only the pins that were there when it opened.
			if (board.pins.some((pin) => !this.feed.pins.has(pin))) this.#openSoon();
		} catch {
			// Gone or out of reach: the stream itself says which, or the next snapshot heals it.
			this.#openSoon();
		}
	}

	/** Read a page again, after it changed. */
	async readPage(id: string) {
		try {
			const page =
				this.#reader === 'visitor' ? await client.shared.page(id) : await client.pages.get(id);
			this.feed.putPage(page);
			if (page.pins.some((pin) => !this.feed.pins.has(pin))) this.#openSoon();
		} catch {
			this.#openSoon();
		}
	}

	/** The network is back, or somebody looks again: try at once instead of waiting. */
	wake() {
		if (this.state !== 'live') this.#stream?.wake();
	}

	/** Whose eyes boards are read with when they are read again. */
	readsAs(reader: 'member' | 'visitor') {
		this.#reader = reader;
	}

	/** Several cards that appear in one go make one stream. */
	#openSoon() {
		if (this.#opening) return;
		this.#opening = true;
		setTimeout(() => {
			this.#opening = false;
			this.#open();
		});
	}

	#open() {
		const before = this.#stream;
		if (this.#topics.empty) {
			before?.close();
			this.#stream = undefined;
			return;
		}
		const stream: LiveStream = client.live({
			...this.#topics.all,
			onStatus: (status) => stream === this.#stream && this.#tell(status),
			onHeard: () => (this.lastHeard = Date.now())
		});
		this.#stream = stream;
		void this.#follow(stream, before);
	}

	/** The old stream stays until the new one has its snapshot: nothing flickers between them. */
	async #follow(stream: LiveStream, before: LiveStream | undefined) {
		try {
			for await (const event of stream) {
				if (event.event === 'snapshot') before?.close();
				if (stream === this.#stream) this.#take(event);
			}
		} catch {
			// The server refuses the stream: what is shown stands still, and the page says so.
			if (stream === this.#stream) this.state = 'stale';
		}
	}

	#tell(status: LiveStream['status']) {
		clearTimeout(this.#staleTimer);
		clearInterval(this.#wakeTimer);
		if (status === 'live') this.state = 'live';
		if (status !== 'reconnecting') return;
		this.state = 'reconnecting';
		this.#staleTimer = setTimeout(() => (this.state = 'stale'), staleAfter);
		this.#wakeTimer = setInterval(() => this.#lookedAt() && this.wake(), retryEvery);
	}

	#lookedAt() {
		return document.visibilityState === 'visible';
	}

	#take(event: LiveEvent) {
		this.#waiting.push(event);
		if (event.event === 'snapshot') return this.#show();
		if (this.#waiting.length > 1) return;
		if (this.#lookedAt()) requestAnimationFrame(() => this.#show());
		else setTimeout(() => this.#show(), hiddenFrame);
	}

	#show() {
		const events = this.#waiting;
		this.#waiting = [];
		for (const event of events) this.feed.apply(event);
	}
}

export const live = new Live();
