/** Work that a form does when it is sent: while it is under way, sending the form again does nothing. */
export function once(work: () => Promise<unknown>) {
	let busy = false;
	return async (event: Event) => {
		event.preventDefault();
		if (busy) return;
		busy = true;
		try {
			await work();
		} finally {
			busy = false;
		}
	};
}

/**
 * Work that is never under way twice, as the former might end after the latter: who asks for it in
 * between has it done once more when it has ended.
 */
export function inTurn(work: () => Promise<unknown>) {
	let busy = false;
	let again = false;
	return async () => {
		again = busy;
		if (busy) return;
		busy = true;
		try {
			do {
				again = false;
				await work();
			} while (again);
		} finally {
			busy = false;
		}
	};
}

/** A row of works: each begins when the one before it has ended, well or not, and answers its own. */
export function row() {
	let last: Promise<unknown> = Promise.resolve();
	return <Answer>(work: () => Promise<Answer>): Promise<Answer> => {
		const answer = last.then(work);
		last = answer.catch(() => undefined);
		return answer;
	};
}
