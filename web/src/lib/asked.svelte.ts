import { ConnectionFailed, Refused } from '@pindown/client';

/** Something asked of the server: on its way, here, or refused. */
export class Asked<Value> {
	value = $state.raw<Value | undefined>();
	/** Why there is none: the status of the refusal, 0 for no answer at all. */
	status = $state<number | undefined>();

	#asked = 0;
	#answered = 0;

	constructor(private readonly question: () => Promise<Value>) {}

	async ask() {
		const mine = ++this.#asked;
		try {
			const value = await this.question();
			if (this.#isLate(mine)) return;
			this.value = value;
			this.status = undefined;
		} catch (error) {
			if (this.#isLate(mine)) return;
			if (error instanceof Refused) this.status = error.status;
			else if (error instanceof ConnectionFailed) this.status = 0;
			else this.status = 500;
		}
	}

	/** What was asked earlier and is answered later tells of the past. */
	#isLate(question: number): boolean {
		if (question < this.#answered) return true;
		this.#answered = question;
		return false;
	}
}
