/** Colours out of a config. Words become our own tones, so that they fit both themes. */

const NAMED: Record<string, string> = {
	red: '--s1', blue: '--s2', yellow: '--s3', teal: '--s4', purple: '--s5', brown: '--s6',
	violet: '--s5', indigo: '--s2', cyan: '--s4', orange: '--late', amber: '--late', pink: '--s1',
	green: '--good', emerald: '--good', success: '--good', good: '--good', ok: '--good',
	danger: '--bad', error: '--bad', bad: '--bad', critical: '--bad',
	warning: '--late', warn: '--late', late: '--late',
	info: '--info', primary: '--pin', accent: '--pin', pin: '--pin',
	gray: '--soft', grey: '--soft', slate: '--soft', neutral: '--soft', muted: '--faint', black: '--ink'
};

export const SERIES = ['--s1', '--s2', '--s3', '--s4', '--s5', '--s6'] as const;

const WRITTEN = /^(#[0-9a-f]{3,8}|(rgb|hsl|oklch|oklab|lab|lch)a?\([\d\s.,%/deg+-]{1,60}\))$/i;

/** A colour that is safe to put into a style; undefined for what is none. */
export function colour(value: unknown): string | undefined {
	if (typeof value !== 'string') return undefined;
	const written = value.trim();
	const token = NAMED[written.toLowerCase()];
	if (token) return `var(${token})`;
	return WRITTEN.test(written) ? written : undefined;
}

/** The colour of the n-th series. */
export function seriesColour(index: number): string {
	return `var(${SERIES[index % SERIES.length]})`;
}
