/** Reading a config that may hold anything: what does not fit reads as empty, nothing throws. */

export type Fields = Record<string, unknown>;

export function isFields(value: unknown): value is Fields {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function fields(value: unknown): Fields {
	return isFields(value) ? value : {};
}

export function list(value: unknown): unknown[] {
	return Array.isArray(value) ? value : [];
}

/** The objects of a list, leaving out what is none. */
export function records(value: unknown): Fields[] {
	return list(value).filter(isFields);
}

/** Text, or a number or yes/no as text; empty for everything else. */
export function text(value: unknown): string {
	if (typeof value === 'string') return value.trim();
	return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** True for true and for the words a script may send instead. */
export function truth(value: unknown): boolean {
	return value === true || (typeof value === 'string' && /^(true|yes|on|1)$/i.test(value.trim())) || value === 1;
}

export function within(value: number, low: number, high: number): number {
	return Math.min(high, Math.max(low, value));
}
