import { expect, test } from 'vitest';
import { embedCode, readPixels } from './embed-code';

test('the code is one frame of the shared page, as large as asked for', () => {
	const url = 'https://pins.example/share/pin/p-1';
	expect(embedCode(url, 'Rye', { width: 400, height: 240 })).toBe(
		`<iframe src="${url}/embed" title="Rye" width="400" height="240" loading="lazy" style="border: 0"></iframe>`
	);
	expect(embedCode(url, 'Rye', { width: undefined, height: 240 })).toContain('width="100%"');
});

test('a title stays a title', () => {
	const title = '"><script>alert(1)</script> & more';
	const holder = document.createElement('div');
	holder.innerHTML = embedCode('https://pins.example/share/pin/p-1', title, { width: 1, height: 1 });
	expect(holder.querySelectorAll('*')).toHaveLength(1);
	expect(holder.querySelector('iframe')?.getAttribute('title')).toBe(title);
});

test('pixels are whole, and stay within what can be seen', () => {
	expect(['', ' ', 'wide', '320.4', '1', '99999'].map(readPixels)).toEqual([undefined, undefined, undefined, 320, 80, 4000]);
});
