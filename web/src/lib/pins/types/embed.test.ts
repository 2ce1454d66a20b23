// @vitest-environment jsdom
// happy-dom complains aloud about every frame it does not fetch.
import { flushSync, mount, unmount } from 'svelte';
import { afterEach, expect, it } from 'vitest';
import Embed from './Embed.svelte';
import { surroundings } from './surroundings.svelte';

let mounted: Record<string, unknown> | undefined;

function shown(config: unknown): HTMLElement {
	mounted = mount(Embed, { target: document.body, props: { config, layout: '2x2', view: { title: 'Oven' } } });
	flushSync();
	return document.body;
}

afterEach(async () => {
	if (mounted) await unmount(mounted);
	Object.assign(surroundings, { outside: true, framesOpen: false });
});

it('loads nothing from elsewhere before somebody asks for it', () => {
	const room = shown({ url: 'https://youtu.be/dQw4w9WgXcQ' });
	expect(room.querySelector('iframe')).toBeNull();
	room.querySelector('button')?.click();
	flushSync();
	const frame = room.querySelector('iframe');
	expect(frame?.getAttribute('src')).toBe('https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ');
	expect(frame?.getAttribute('sandbox')).not.toContain('allow-top-navigation');
	expect(frame?.title).toBe('Oven');
});

it('opens by itself where the page allows it', () => {
	surroundings.framesOpen = true;
	expect(shown({ url: 'https://example.com/' }).querySelector('iframe')?.getAttribute('referrerpolicy')).toBe('no-referrer');
});

it('is a link where nothing outside may be fetched', () => {
	Object.assign(surroundings, { outside: false, framesOpen: true });
	const room = shown({ url: 'https://example.com/' });
	expect([room.querySelector('iframe'), room.querySelector('a')?.href]).toEqual([null, 'https://example.com/']);
});

it('never frames ourselves', () => expect(shown({ url: `${location.origin}/share/pin/p-1` }).querySelector('button, iframe')).toBeNull());
