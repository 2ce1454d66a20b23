// @vitest-environment jsdom
import { describe, expect, test } from 'vitest';
import { render } from '../types/markdown/render';
import { isPlainText, markdownOf, pictureOf, stepsOf } from './said';

const html = (type: string, rendered: unknown) => {
	const room = document.createElement('div');
	room.append(render(markdownOf({ type, rendered }), 'x'));
	return room;
};

describe('a block of code', () => {
	test('ends where it ends, whatever stands in it', () => {
		const code = 'a\n```\n# loud\n````\n<script>alert(1)</script>';
		const room = html('code', { code, language: 'sh' });
		expect(room.children).toHaveLength(1);
		expect(room.querySelector('pre > code')?.textContent).toBe(`${code}\n`);
	});

	test('takes no language that is none', () => {
		expect(markdownOf({ type: 'code', rendered: { code: 'x', language: 'js\n# loud' } })).toBe('```\nx\n```');
	});
});

test('a text or a chosen text holds no HTML of its own', () => {
	for (const type of ['markdown', 'conditional']) {
		const room = html(type, { text: '**a** <img src=x onerror=alert(1)> [b](javascript:alert(1))' });
		expect(room.querySelector('img')).toBeNull();
		expect(room.querySelector('a')?.hasAttribute('href')).toBe(false);
		expect(room.querySelector('strong')?.textContent).toBe('a');
	}
});

test('a diagram is a fence', () => {
	expect(markdownOf({ type: 'mermaid', rendered: { source: 'graph TD; A-->B' } })).toBe('```mermaid\ngraph TD; A-->B\n```');
});

describe('a picture', () => {
	test('is one of the allowed addresses, with a width that is one', () => {
		expect(pictureOf({ url: 'https://a.example/b.png', caption: 'B', width: '60%' })).toEqual({ address: 'https://a.example/b.png', alt: 'B', caption: 'B', width: '60%' });
		expect(pictureOf({ url: '/v1/files/f-000000000000', width: 'calc(100vw)' })).toMatchObject({ width: undefined });
		expect(pictureOf({ url: 'https://a.example/b.png', width: 300 })).toMatchObject({ width: '300px' });
	});

	test.each(['javascript:alert(1)', 'data:text/html,x', 'https://a:b@c.example/', '', 7, null])('is not %s', (url) => {
		expect(pictureOf({ url })).toBeUndefined();
	});
});

test('steps hold what fits', () => {
	expect(stepsOf({ rendered: { title: 'Do', steps: [{ title: 'One', text: 'a', image: 'https://a.example/1.png' }, 'two', { text: 2 }] } })).toEqual({
		title: 'Do',
		steps: [
			{ title: 'One', text: 'a', picture: { address: 'https://a.example/1.png', alt: '', caption: '', width: undefined } },
			{ title: '', text: '2', picture: undefined }
		]
	});
	expect(stepsOf({ rendered: null })).toEqual({ title: '', steps: [] });
});

describe('a picture or steps written as one plain text', () => {
	test('are drawn as Markdown', () => {
		expect(isPlainText({ rendered: { text: '![a](/b.png)' } })).toBe(true);
		expect(isPlainText({ rendered: { url: '/b.png' } })).toBe(false);
		expect(isPlainText({ rendered: { title: 'Go', steps: [], text: 'own' } })).toBe(false);
	});
});
