import type { RenderedError } from '@pindown/client';

const reasons: Record<string, string> = {
	MISSING: 'finds nothing: no dataset or name is called that.',
	DATASET_NOT_ALLOWED:
		'may not be drawn here. A pin draws only from datasets that its owner wrote into it: its owner has to write this name, signed in or with a key that reads datasets.',
	SYNTAX: 'cannot be read as a variable.',
	FILTER: 'goes through a filter that can do nothing with it.',
	NOT_A_LIST: 'is no list to go through.',
	UNSAFE_URL: 'leads to an address that may not be opened.',
	PIN_CONFIG_INVALID: 'does not fit where it stands.',
	UNKNOWN_FILTER: 'goes through a filter that does not exist; the value is shown as it is.'
};

/** Why a variable shows nothing, as the end of a sentence. */
export function because({ reason }: Pick<RenderedError, 'reason'>): string {
	return reasons[reason] ?? `cannot be shown (${reason.replaceAll('_', ' ').toLowerCase()}).`;
}
