import type { PinView } from '@pindown/client';
import { flushSync, mount, unmount } from 'svelte';
import { expect, test } from 'vitest';
import Drawn from './Drawn.svelte';

test('a pin that has no room beside the others says so, instead of looking empty', async () => {
	const view = {
		id: 'p-a',
		pin_type: 'stat-cards',
		pin_layout: '1x1',
		pin_config: null,
		left_out: true
	} as unknown as PinView;
	const mounted = mount(Drawn, { target: document.body, props: { view } });
	flushSync();
	expect(document.body.textContent).toContain('Too much to show beside the others');
	await unmount(mounted);
	const whole = { ...view, left_out: false, pin_config: { cards: [{ title: 'Sales', value: 7 }] } };
	const again = mount(Drawn, { target: document.body, props: { view: whole as PinView } });
	flushSync();
	expect(document.body.textContent).not.toContain('Too much to show');
	await unmount(again);
});
