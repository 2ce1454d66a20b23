/** The colours and sizes of a chart, read from the style of the place where it stands. */


export interface ChartTheme {
	card: string;
	sunk: string;
	line: string;
	ink: string;
	soft: string;
	faint: string;
	ghost: string;
	good: string;
	bad: string;
	font: string;
	/** Pixels of a small label. */
	label: number;
	/** Pixels of one rem: everything else is a multiple, for televisions. */
	rem: number;
	still: boolean;
	/** The colour a config or a series names, as a script can use it. */
	resolve: (colour: string) => string;
}

/** What the chart should look like here and now. */
export function readTheme(node: HTMLElement): ChartTheme {
	const style = getComputedStyle(node);
	const token = (name: string) => style.getPropertyValue(name).trim() || '#888';
	const resolve = (colour: string) => {
		const named = /^var\((--[\w-]+)\)$/.exec(colour)?.[1];
		return named ? token(named) : colour;
	};
	const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
	const own = Number.parseFloat(style.fontSize) || rem;
	return {
		card: token('--card'), sunk: token('--sunk'), line: token('--line'), ink: token('--ink'), soft: token('--soft'),
		faint: token('--faint'), ghost: token('--ghost'), good: token('--good'), bad: token('--bad'),
		font: style.fontFamily,
		label: Math.round(own * 0.89 * 10) / 10,
		rem,
		still: matchMedia('(prefers-reduced-motion: reduce)').matches,
		resolve
	};
}

