import { createSubscriber } from 'svelte/reactivity';

/**
 * One clock for every age on the page. It ticks once a second, only while somebody looks at it,
 * and stands in the server's time, so that a reader whose own clock is wrong still sees true ages.
 */
export class Clock {
	#tick: () => void = () => undefined;
	#subscribe: () => void;
	/** How far the reader's clock is ahead of the server's, in milliseconds. */
	#ahead: number | undefined;

	constructor(private readonly own: () => number = Date.now) {
		this.#subscribe = createSubscriber((update) => {
			this.#tick = update;
			const timer = setInterval(update, 1000);
			return () => clearInterval(timer);
		});
	}

	/** Now, by the server's clock. Inside an effect or a template it keeps moving. */
	get now(): number {
		this.#subscribe();
		return this.own() - (this.#ahead ?? 0);
	}

	/**
	 * A push that came in over the open stream happened just now. The smallest distance seen is the
	 * difference between the clocks, since a slow line only ever adds to it.
	 */
	learn(pushedAt: number) {
		const ahead = this.own() - pushedAt;
		if (this.#ahead !== undefined && ahead >= this.#ahead) return;
		this.#ahead = ahead;
		this.#tick();
	}
}

export const clock = new Clock();
