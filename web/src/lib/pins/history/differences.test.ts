import { expect, test } from 'vitest';
import { differences, shortened } from './differences';

const said = (before: string, after: string) =>
	differences(before, after)?.map(({ kind, text }) => ({ same: ' ', gone: '-', new: '+' })[kind] + text);

test('what changed, line by line', () => {
	expect(said('a\nb\nc', 'a\nx\nc\nd')).toEqual([' a', '-b', '+x', ' c', '+d']);
	expect(said('a', 'a')).toEqual([' a']);
	expect(said('', 'a\n')).toEqual(['+a', ' ']);
	expect(said('1\n2\n3\n4', '2\n3\n1\n4')).toEqual(['-1', ' 2', ' 3', '+1', ' 4']);
});

test('every line of both is there, in order', () => {
	const before = Array.from({ length: 60 }, (_, at) => String((at * 7) % 13));
	const after = Array.from({ length: 50 }, (_, at) => String((at * 5) % 11));
	const lines = differences(before.join('\n'), after.join('\n')) ?? [];
	expect(lines.filter(({ kind }) => kind !== 'new').map(({ text }) => text)).toEqual(before);
	expect(lines.filter(({ kind }) => kind !== 'gone').map(({ text }) => text)).toEqual(after);
});

test('texts too long to compare are not compared', () => {
	const long = (word: string) => Array.from({ length: 2000 }, (_, at) => word + at).join('\n');
	expect(differences(long('a'), long('b'))).toBeUndefined();
});

test('what did not change is left out, but for what stands near a change', () => {
	const lines = differences('1\n2\n3\n4\n5\n6\n7\n8\n9', '1\n2\n3\n4\n5\n6\n7\n8\nx') ?? [];
	expect(shortened(lines, 1).map((line) => line?.text)).toEqual([undefined, '8', '9', 'x']);
});
