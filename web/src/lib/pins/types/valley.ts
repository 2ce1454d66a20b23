/** The way down into a low and out of it again, in a box of 100 × 40. */

const DEEPEST = 86; // where the low lies; behind it the way begins to rise

/** Where one stands after a share of the way down; shares above 1 are already rising. */
export function place(share: number): [x: number, y: number] {
	const y = 3 + 17 * (1 - Math.cos(Math.PI * share));
	return [Number((share * DEEPEST).toFixed(2)), Number(y.toFixed(2))];
}

/** The way between two shares as a path. */
export function way(from: number, to: number): string {
	const steps = Math.max(2, Math.ceil((to - from) * 48));
	const points = Array.from({ length: steps + 1 }, (_, at) => place(from + ((to - from) * at) / steps));
	return `M${points.map((point) => point.join(' ')).join('L')}`;
}
