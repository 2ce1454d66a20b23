import { expect, test } from 'vitest';
import { because, refusedSources } from './missing';

const refused = (name: string, field = 'content') => ({ field, name, reason: 'DATASET_NOT_ALLOWED' });

test('what was not let in goes by the name that lets it in, once', () => {
	expect(
		refusedSources([
			refused('sales.total'),
			refused('sales.rows[0].name'),
			refused('datasets.till.sum'),
			refused('dataset.current.d-abc123def456.total'),
			refused('dataset.pin.p-abc123def456.d-000000000001.total'),
			refused('d-000000000002', 'dataset_id'),
			{ field: 'content', name: 'nothing.here', reason: 'MISSING' }
		])
	).toEqual(['sales', 'till', 'd-abc123def456', 'd-000000000001', 'd-000000000002']);
});

test('a reason nobody wrote a sentence for is told in its own words', () => {
	expect(because({ reason: 'TOO_MANY' })).toBe('cannot be shown (too many).');
});
