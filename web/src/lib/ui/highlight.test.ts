import { expect, test } from 'vitest';
import { highlight } from './highlight';

const call = `# once\ncurl -X POST http://127.0.0.1:8000/v1/pins \\\n  -d '{"value": 12450}'`;

test('the pieces put together are the program', () => {
	expect(
		highlight(call)
			.map((piece) => piece.text)
			.join('')
	).toBe(call);
});

test('texts, keywords and comments are told apart', () => {
	const kinds = new Map(highlight(call).map((piece) => [piece.text, piece.kind]));
	expect(kinds.get('# once')).toBe('note');
	expect(kinds.get('curl')).toBe('key');
	expect(kinds.get('http://127.0.0.1:8000/v1/pins')).toBe('text');
	expect(kinds.get(`'{"value": 12450}'`)).toBe('text');
});
