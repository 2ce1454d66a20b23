// @vitest-environment jsdom
// DOMPurify vouches for itself in jsdom, not in happy-dom.
import { afterEach, describe, expect, it } from 'vitest';
import { surroundings } from '../surroundings.svelte';
import { render } from './render';

function page(text: string): HTMLElement {
	const room = document.createElement('div');
	room.append(render(text, 'p'));
	return room;
}

afterEach(() => {
	surroundings.outside = true;
});

describe('markdown', () => {
	it('draws tables in rooms of their own, that scroll', () => {
		const room = page('| a | b |\n|---|--:|\n| 1 | 2 |').querySelector('.wide');
		expect(room?.getAttribute('tabindex')).toBe('0');
		expect([...(room?.querySelectorAll('td') ?? [])].map((cell) => cell.textContent)).toEqual(['1', '2']);
	});
	it('draws task lists with boxes nobody can tick', () => {
		const items = page('- [x] fed\n- [ ] dressed\n- plain').querySelectorAll('li');
		expect([...items].map((item) => [item.className, item.textContent?.trim(), item.querySelector('input')?.disabled])).toEqual([
			['task-item done', 'fed', true], ['task-item', 'dressed', true], ['', 'plain', undefined]
		]);
	});
	it('keeps the footnotes of two texts apart', () => {
		const [one, two] = ['one', 'two'].map((prefix) => {
			const room = document.createElement('div');
			room.append(render('a[^1]\n\n[^1]: b', prefix));
			return room.querySelector('.footnote-ref a')?.getAttribute('href');
		});
		expect(one).toMatch(/^#/);
		expect(one).not.toBe(two);
	});
	it('strikes through and links addresses', () => {
		const room = page('~~old~~ see https://example.com/a and README.md');
		expect(room.querySelector('s')?.textContent).toBe('old');
		expect([...room.querySelectorAll('a')].map((link) => link.href)).toEqual(['https://example.com/a']);
	});
	it.each(['# Top\n## Below', '### Top\n#### Below'])('puts the headings of %j below that of the card', (text) => {
		const room = page(text);
		expect([room.querySelector('h4')?.textContent, room.querySelector('h5')?.textContent]).toEqual(['Top', 'Below']);
	});
});

describe('maths', () => {
	const formulas = (text: string) => [...page(text).querySelectorAll('.maths')].map((node) => node.textContent);

	it('is found in a line and between lines', () => {
		expect(formulas('so $e^{i\\pi}+1=0$ and\n\n$$\nx^2\n$$\n')).toEqual(['e^{i\\pi}+1=0', 'x^2']);
	});
	it('is not money', () => expect(formulas('It cost $12 and then $5, or $7.')).toEqual([]));
	it('is not escaped dollars', () => expect(formulas('\\$x$ and \\$y')).toEqual([]));
	it('keeps its own text as text', () => expect(page('$<img src=x onerror=alert(1)>$').querySelector('img')).toBeNull());
	it('survives a mark that never closes', () => expect(page('$$\nx^2').textContent).toContain('x^2'));
});

describe('what a stranger may write', () => {
	it.each(['<script>alert(1)</script>', '<img src=x onerror=alert(1)>', '<iframe src="https://x.example"></iframe>', '<b onclick="x()">b</b>'])('%s stays text', (html) => {
		const room = page(`before ${html} after`);
		expect(room.querySelector('script, img, iframe, b')).toBeNull();
		expect(room.textContent).toContain(html);
	});
	it.each(['javascript:alert(1)', 'JaVaScRiPt:alert(1)', 'javascript&colon;alert(1)', 'data:text/html,x', 'vbscript:x', 'file:///etc/passwd', 'https://user:pw@host/'])('[a](%s) leads nowhere', (address) => {
		expect([...page(`[a](${address})`).querySelectorAll('a[href]')]).toEqual([]);
	});
	it('opens what is elsewhere elsewhere, and knows nothing of us', () => {
		const link = page('[a](https://example.com)').querySelector('a');
		expect([link?.target, link?.rel]).toEqual(['_blank', 'noopener noreferrer nofollow']);
	});
	it('follows paths of our own in place', () => expect(page('[a](/share/pin/p-1)').querySelector('a')?.target).toBe(''));
	it('fetches pictures without saying from where', () => {
		const picture = page('![alt](https://example.com/a.png)').querySelector('img');
		expect([picture?.getAttribute('referrerpolicy'), picture?.getAttribute('loading')]).toEqual(['no-referrer', 'lazy']);
	});
	it('shows links instead of pictures where nothing outside may be fetched', () => {
		surroundings.outside = false;
		const room = page('![a loaf](https://example.com/a.png)');
		expect(room.querySelector('img')).toBeNull();
		expect(room.querySelector('a')?.textContent).toBe('a loaf');
	});
	it('cannot nest without end', () => expect(page('> '.repeat(5000) + 'x').textContent).toBeDefined());
	it.each([
		'$a ', '$a\n', '$$a ', '$$a\n', '$$a\n\n', '$a$1 ', '^[a] ', '[^1] ', '#\n'
	])('reads a text of nothing but %j once', (piece) => {
		const text = piece.repeat(30_000 / piece.length);
		expect(page(piece === '[^1] ' ? `${text}\n\n[^1]: a` : text).textContent).not.toBe('');
	});
	it('draws so many footnotes and no more, and leaves the others as written', () => {
		const drawn = page('^[a] '.repeat(600));
		expect(drawn.querySelectorAll('.footnote-item').length).toBe(500);
		expect(drawn.textContent).toContain('^[a]');
	});
	it.each([
		['$x$ and $y$', ['x', 'y']],
		['$12 and $5', []],
		['$x$2 and $y$', ['x$2 and $y']],
		['a $x [b $y$](c) z$ $w$', ['x [b $y', 'w']],
		['$$x$$ $y$', ['x', 'y']],
		['\\$x$ $y$', ['y']]
	])('finds the formulas of %j', (text, formulas) => {
		expect([...page(text).querySelectorAll('.maths')].map((formula) => formula.textContent)).toEqual(formulas);
	});
});
