/** Which component draws which pin type. Each is loaded when a pin first needs it. */

import type { Drawing } from './drawing';

export type { Drawing, DrawingProps, Moment, PinViewLike } from './drawing';

type Load = () => Promise<{ default: Drawing }>;

const DRAWINGS: Record<string, Load> = {
	'stat-cards': () => import('./StatCards.svelte'),
	'line-chart': () => import('./LineChart.svelte'),
	charts: () => import('./Charts.svelte'),
	'flexible-table': () => import('./FlexibleTable.svelte'),
	table: () => import('./FlexibleTable.svelte'),
	'alert-action': () => import('./AlertAction.svelte'),
	'score-gauge': () => import('./ScoreGauge.svelte'),
	'indicator-table': () => import('./IndicatorTable.svelte'),
	'bottom-detector': () => import('./BottomDetector.svelte'),
	'long-short-pie': () => import('./LongShortPie.svelte'),
	markdown: () => import('./Markdown.svelte'),
	embed: () => import('./Embed.svelte'),
	image: () => import('./Image.svelte'),
	'json-viewer': () => import('./JsonViewer.svelte')
};

/** The component that draws a type; the JSON view for a type nobody draws yet. Rejects only when loading fails. */
export async function drawing(pinType: string): Promise<Drawing> {
	const load = Object.hasOwn(DRAWINGS, pinType) ? DRAWINGS[pinType] : DRAWINGS['json-viewer'];
	return (await (load ?? (() => import('./JsonViewer.svelte')))()).default;
}

/** The types that have a drawing of their own. */
export const drawnTypes = Object.keys(DRAWINGS);
