import { ConnectionFailed, Refused } from '@pindown/client';

/** Something asked of the server: on its way, here, or refused. */
export class Asked<Value> {
	value = $state.raw<Value | undefined>();
	/** Why there is none: the status of the refusal, 0 for no answer at all. */
	status = $state<number | undefined>();

	constructor(private readonly question: () => Promise<Value>) {}

	async ask() {
		try {
			this.value = await this.question();
			this.status = undefined;
		} catch (error) {
			if (error instanceof Refused) this.status = error.status;
			else if (error instanceof ConnectionFailed) this.status = 0;
			else this.status = 500;
		}
	}
}
