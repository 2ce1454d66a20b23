// @vitest-environment jsdom
import { describe, expect, test } from 'vitest';
import { render } from './render';
import { findTimes, tellTimes } from './times';

const noon = Date.parse('2026-11-22T12:00:00Z');

function shown(text: string): HTMLElement {
	const room = document.createElement('div');
	room.append(render(text, 'x'));
	return room;
}

describe('a moment in a text', () => {
	test('becomes an age that moves with the clock, and keeps its own words as a title', () => {
		const room = shown('Baked **<time datetime="2026-11-22T11:59:00Z">2026-11-22 11:59 UTC</time>**, next <time datetime="2026-11-22T15:00:00Z">later</time>');
		const found = findTimes(room);
		tellTimes(found, noon);
		expect(found[0]?.textContent).toMatch(/1.min.*ago/);
		expect(found[0]?.title).toBe('2026-11-22 11:59 UTC');
		expect(found[1]?.textContent).toMatch(/in 3/);
		tellTimes(found, noon + 60_000);
		expect(found[0]?.textContent).toMatch(/2.min.*ago/);
	});

	test.each([
		'<time datetime="soon">x</time>',
		'<time datetime="2026-11-22T11:59:00Z" onclick="alert(1)">x</time>',
		'<time datetime="2026-11-22T11:59:00Z"><img src=x onerror=alert(1)></time>',
		'<time datetime="2026-99-99T99:99:99Z">x</time>',
		'`<time datetime="2026-11-22T11:59:00Z">x</time>`'
	])('is no other HTML: %s', (text) => {
		const room = shown(text);
		expect(findTimes(room)).toEqual([]);
		expect(room.querySelector('img')).toBeNull();
		expect(room.textContent).toContain('<time');
	});
});
