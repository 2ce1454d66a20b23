import type { RenderedError } from '@pindown/client';

const reasons: Record<string, string> = {
	MISSING: 'finds nothing: no dataset or name is called that.',
	DATASET_NOT_ALLOWED: 'was not let in by the pin’s owner.',
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

/** The datasets that were not let in, by the names under which a pin's owner lets them in. */
export function refusedSources(errors: readonly RenderedError[]): string[] {
	const refused = errors.filter(({ reason }) => reason === 'DATASET_NOT_ALLOWED');
	return [...new Set(refused.map(sourceOf))];
}

/** The dataset that a variable means: `sales.total`, `datasets.sales.total`, `dataset.current.<id>.total`. */
function sourceOf({ field, name }: RenderedError): string {
	if (field === 'dataset_id') return name;
	const [first = name, second, third, fourth] = name.split(/[.[]/);
	if (first === 'datasets' && second) return second;
	if (first === 'dataset' && second === 'current' && third) return third;
	if (first === 'dataset' && second === 'pin' && fourth) return fourth;
	return first;
}
