/** Whether something is good news, from the words and signs people write. */

import { numberOf } from '../number';

export type Tone = 'good' | 'bad' | 'late' | 'info' | 'plain';
export type Trend = 'up' | 'down' | 'neutral';

// Bad news is looked for first and anywhere in the text: `till offline`, `3 failed`.
const TONES: [Tone, RegExp][] = [
	['bad', /\b(unhealthy|unavailable|unreachable|errors?|failed|failing|failure|offline|fatal|lost|overdue|blocked|rejected|refused|broken|dead|denied|expired)\b/i],
	['bad', /^(not\b.*|bad|fail|down|crit(ical)?|cancell?ed|(strong )?sell|bearish|urgent|stopped|churned)\b/i],
	['late', /^(warn(ing)?|pending|waiting|slow|degraded|paused|partial(ly)?|short|at risk|stale|late|delayed|(in )?review|hold|draft|trial|attention|limited|busy)\b/i],
	['good', /^(ok(ay)?|good|open|up|online|active|live|healthy|pass(ed|ing)?|success(ful)?|succeeded|done|complete[d]?|paid|ready|running|connected|delivered|approved|won|(strong )?buy|bullish|yes|enabled|shipped|resolved|merged|available)\b/i],
	['info', /^(info|new|in progress|doing|started|scheduled|planned|queued|beta|processing|building)\b/i]
];

/** The tone a status word has; plain for words we do not know. */
export function toneOf(word: string): Tone {
	return TONES.find(([, words]) => words.test(word.trim()))?.[0] ?? 'plain';
}

/** Which way something went: as said, else by the sign of the change. */
export function trendOf(said: unknown, change: unknown): Trend | undefined {
	const word = typeof said === 'string' ? said.toLowerCase() : '';
	if (['up', 'rise', 'rising', 'increase'].includes(word)) return 'up';
	if (['down', 'fall', 'falling', 'decrease'].includes(word)) return 'down';
	if (['neutral', 'flat', 'steady', 'stable'].includes(word)) return 'neutral';
	const number = numberOf(change);
	if (number === undefined) return undefined;
	// Without a sign, `3 new` is a remark and no movement.
	if (typeof change === 'string' && !/^\s*[-+\u2212\u2013(↑↓▲▼↗↘]/.test(change)) return number === 0 ? 'neutral' : undefined;
	return number > 0 ? (/^\s*[↓▼↘]/.test(String(change)) ? 'down' : 'up') : number < 0 ? 'down' : 'neutral';
}

/** A rise is good unless the config says that a fall is. */
export function toneOfTrend(trend: Trend | undefined, goodWhen: unknown): Tone {
	if (trend === undefined || trend === 'neutral') return 'plain';
	return trend === (goodWhen === 'down' ? 'down' : 'up') ? 'good' : 'bad';
}
