import { ConnectionFailed, Refused, Unauthorized } from '@pindown/client';

/** What went wrong, as a sentence for the reader. */
export function sentence(error: unknown): string {
	if (error instanceof ConnectionFailed)
		return 'The server does not answer. Try again in a moment.';
	if (error instanceof Unauthorized && error.details['reason'] === undefined)
		return 'You are signed out. Sign in again in another tab, then try once more: nothing here is lost.';
	if (error instanceof Refused) return error.message;
	return 'Something went wrong on this page. Reload it and try again.';
}
