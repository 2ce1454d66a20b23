/** Which of several screens is shown, and for how long it has been. */
export class Turning {
	at = $state(0);
	turns = $state(true);
	/** Starts anew with every screen, for whoever draws how long it still stays. */
	shown = $state(0);

	constructor(
		private readonly count: () => number,
		private readonly stays: number
	) {}

	go(by: number) {
		const count = Math.max(1, this.count());
		this.at = (this.at + by + count) % count;
		this.shown += 1;
	}

	/** Go on by itself until the answer is called. */
	start(): () => void {
		const timer = setInterval(() => this.go(1), this.stays);
		return () => clearInterval(timer);
	}
}
