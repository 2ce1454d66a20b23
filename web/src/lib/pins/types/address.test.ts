import { describe, expect, it } from 'vitest';
import { frameAddress, imageAddress, linkAddress } from './address';
import { colour } from './colour';
import { readFrame } from './frames';
import { readIndicators, verdicts } from './indicators';
import { levelAt, levelsOf } from './levels';

describe('addresses', () => {
	it.each([
		['https://example.com/a', 'https://example.com/a'],
		['  http://example.com ', 'http://example.com/'],
		['mailto:ada@example.com', 'mailto:ada@example.com'],
		['/share/pin/p-1', `${location.origin}/share/pin/p-1`]
	])('%s may be followed', (written, address) => expect(linkAddress(written)).toBe(address));
	it.each(['javascript:alert(1)', ' JAVASCRIPT:alert(1)', 'java\nscript:alert(1)', '\u0001javascript:alert(1)', 'data:text/html,x', 'blob:https://x/y', 'ftp://x/y', 'https://name:secret@host/', '', 'x'.repeat(5000).replace(/^/, 'https://'), null, 7, {}])(
		'%s may not', (written) => expect(linkAddress(written)).toBeUndefined()
	);
	it('is no picture when it is a mail address', () => expect(imageAddress('mailto:a@b.example')).toBeUndefined());
	it.each(['http://example.com', `${location.origin}/x`, '/x', '//user@example.com', 'javascript:1'])('%s is not framed', (written) => expect(frameAddress(written)).toBeUndefined());
});

describe('frames', () => {
	it.each([
		['https://youtu.be/dQw4w9WgXcQ?t=42', 'https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?start=42'],
		['https://www.youtube.com/watch?v=dQw4w9WgXcQ', 'https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ'],
		['https://vimeo.com/76979871', 'https://player.vimeo.com/video/76979871?dnt=1'],
		['https://www.loom.com/share/0281766fa2d04bb788eaf19e65135184', 'https://www.loom.com/embed/0281766fa2d04bb788eaf19e65135184'],
		['https://codepen.io/ada/pen/abcDEF', 'https://codepen.io/ada/embed/abcDEF?default-tab=result'],
		['https://example.com/page', 'https://example.com/page']
	])('%s is framed as %s', (url, address) => expect(readFrame({ url })?.address).toBe(address));
	it.each([['16:9', 16 / 9], ['4/3', 4 / 3], [1.5, 1.5], ['0', undefined], ['wide', undefined]])('%s is a ratio of %s', (aspectRatio, ratio) =>
		expect(readFrame({ url: 'https://example.com', aspectRatio })?.ratio).toBe(ratio)
	);
	it('is nothing without an address', () => expect([readFrame(null), readFrame({ url: 'javascript:1' })]).toEqual([undefined, undefined]));
});

describe('colours', () => {
	it.each([['red', 'var(--s1)'], ['#d23b2a', '#d23b2a'], ['rgb(1, 2, 3)', 'rgb(1, 2, 3)']])('%s is %s', (written, shown) => expect(colour(written)).toBe(shown));
	it.each(['url(//x)', 'red;color:blue', 'var(--x)', 'expression(1)', '#12', 7, null])('%s is none', (written) => expect(colour(written)).toBeUndefined());
});

describe('levels', () => {
	const begins = [{ value: 0, label: 'Poor' }, { value: 50, label: 'Fair' }, { value: 80, label: 'Good' }];

	it.each([[0, 'Poor'], [49.9, 'Poor'], [50, 'Fair'], [80, 'Good'], [100, 'Good'], [140, 'Good'], [-5, undefined]])('%s is %s', (score, label) =>
		expect(levelAt(levelsOf(begins, 0, 100), score)?.label).toBe(label)
	);
	it('reach their last one at the very end too', () => expect(levelAt(levelsOf([{ value: 50, label: 'ok' }, { value: 100, label: 'full' }], 0, 100), 100)?.label).toBe('full'));
	it('are none where there are no thresholds', () => expect(levelsOf('none', 0, 100)).toEqual([]));
});

describe('indicators', () => {
	it('count kindred signals together, good news first', () => {
		const read = readIndicators({ indicators: [{ name: 'a', signal: 'sell' }, { name: 'b', signal: 'buy' }, { name: 'c', signal: 'buy' }, { name: 'd', signal: 'up' }, { name: 'e' }] });
		expect(verdicts(read)).toEqual([{ word: 'buy', tone: 'good', count: 3 }, { word: 'sell', tone: 'bad', count: 1 }]);
	});
	it.each([undefined, null, 'x', {}, { indicators: [7, null] }])('are none in %o', (config) => expect(readIndicators(config)).toEqual([]));
});
