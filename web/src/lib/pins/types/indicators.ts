/** Reading indicators and counting what they say. */

import { line, NOTHING } from '../format';
import { fields, records, text } from './reading';
import { toneOfTrend, trendOf, type Tone } from './tone';

export interface Indicator {
	name: string;
	description: string;
	value: string;
	change: string | number;
	changeTone: Tone;
	word: string;
	tone: Tone;
	arrow: string;
}

const MOST = 500;

const SIGNALS: [RegExp, Tone, string][] = [
	[/^(strong )?buy$|^(up|bullish|long|rise)$/i, 'good', '↗'],
	[/^(strong )?sell$|^(down|bearish|short|fall)$/i, 'bad', '↘'],
	[/^(ok|okay|good|pass|healthy|success)$/i, 'good', '✓'],
	[/^(bad|fail|failed|critical|error|alarm)$/i, 'bad', '✕'],
	[/^(warn|warning|late|watch|caution)$/i, 'late', '!'],
	[/^(neutral|flat|hold|steady|none)$/i, 'plain', '→']
];

export function readIndicators(config: unknown): Indicator[] {
	const written = Array.isArray(config) ? config : fields(config)['indicators'];
	return records(written)
		.slice(0, MOST)
		.map((one) => {
			const word = text(one['signal']);
			const [, tone, arrow] = SIGNALS.find(([words]) => words.test(word)) ?? [undefined, 'plain' as Tone, '·'];
			const value = line(one['value'], { unit: text(one['unit']), format: text(one['format']) });
			return {
				name: text(one['name']) || 'unnamed',
				description: text(one['description']),
				value: value === NOTHING && word ? '' : value,
				change: typeof one['change'] === 'number' ? one['change'] : text(one['change']),
				changeTone: toneOfTrend(trendOf(undefined, one['change']), one['goodWhen']),
				word,
				tone,
				arrow
			};
		});
}

export interface Verdict {
	word: string;
	tone: Tone;
	count: number;
}

const ORDER: Tone[] = ['good', 'plain', 'late', 'bad', 'info'];

/** How many indicators say what, good news first; kindred signals count under the word most of them use. */
export function verdicts(indicators: Indicator[]): Verdict[] {
	return ORDER.flatMap((tone) => {
		const words = indicators.filter((one) => one.tone === tone && one.word).map((one) => one.word.toLowerCase());
		return words.length > 0 ? [{ word: mostUsed(words), tone, count: words.length }] : [];
	});
}

function mostUsed(words: string[]): string {
	const uses = (word: string) => words.filter((other) => other === word).length;
	return words.reduce((best, word) => (uses(word) > uses(best) ? word : best));
}
