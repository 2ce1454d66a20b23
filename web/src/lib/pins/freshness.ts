import { age } from '#lib/pins/format.ts';

/** The parts of a pin that say how old its value is. */
export type Pushed = {
	pushed_at: number | null;
	updated_at: number;
	is_late: boolean;
	expect_every: number | null;
};

export type Freshness = { state: 'fresh' | 'calm' | 'late'; text: string };

/** So long a pushed value counts as fresh, in milliseconds. */
const fresh = 10_000;

const units = [
	['d', 86_400],
	['h', 3600],
	['min', 60],
	['s', 1]
] as const;

/** How old the value is, in words, and whether it should have come by now. */
export function freshness(pin: Pushed, now: number): Freshness {
	const at = pin.pushed_at ?? pin.updated_at;
	if (pin.is_late) return { state: 'late', text: silence(pin, (now - at) / 1000) };
	return { state: now - at < fresh ? 'fresh' : 'calm', text: age(at, now) };
}

function silence(pin: Pushed, seconds: number): string {
	const [silent, unit] = span(seconds);
	if (pin.expect_every === null) return `Silent for ${silent} ${unit}`;
	const [every, everyUnit] = span(pin.expect_every);
	const expected = everyUnit === unit ? `${every}` : `${every} ${everyUnit}`;
	return `Silent for ${silent} ${unit}, expected every ${expected}`;
}

/** A stretch of time in the largest unit that is not below one: 41 min, 3 h. */
export function span(seconds: number): [number, string] {
	const whole = Math.max(0, Math.floor(seconds));
	const [unit, worth] = units.find(([, worth]) => whole >= worth) ?? ['s', 1];
	return [Math.floor(whole / worth), unit];
}
