import { expect, test, vi } from 'vitest';
import { flushSync } from 'svelte';
import { Clock } from './clock.svelte';

test('stands in the time of the server, by the nearest push that came in', () => {
	let own = 100_000;
	const clock = new Clock(() => own);
	expect(clock.now).toBe(100_000);
	clock.learn(40_000);
	expect(clock.now).toBe(40_000);
	own = 101_000;
	clock.learn(40_500);
	expect(clock.now).toBe(41_000);
	clock.learn(41_200);
	expect(clock.now).toBe(41_200);
});

test('a reader behind the server never sees an age below nought', () => {
	const clock = new Clock(() => 5_000);
	clock.learn(9_000);
	expect(clock.now).toBe(9_000);
});

test('ticks while it is looked at, and not a moment longer', () => {
	vi.useFakeTimers();
	let own = 0;
	const clock = new Clock(() => own);
	const seen: number[] = [];
	const stop = $effect.root(() => {
		$effect(() => {
			seen.push(clock.now);
		});
	});
	flushSync();
	own = 1000;
	vi.advanceTimersByTime(1000);
	flushSync();
	expect(seen).toEqual([0, 1000]);
	stop();
	flushSync();
	vi.advanceTimersByTime(0);
	expect(vi.getTimerCount()).toBe(0);
	vi.useRealTimers();
});
