/** From a chart to what ECharts draws. Which module draws which kind is decided here. */

import type { EChartsCoreOption } from 'echarts/core';
import type { Box } from './box';
import { cartesian } from './cartesian';
import { heatmap } from './heatmap';
import { isRound, type ChartModel } from './model';
import { radar } from './radar';
import { round } from './round';
import type { ChartTheme } from './theme';

const MOVE_MS = 420;

export function chartOption(written: ChartModel, theme: ChartTheme, box: Box, hurried: boolean): EChartsCoreOption {
	const model = fitting(written, theme, box);
	const drawn = isRound(model.kind) ? round(model, theme, box) : model.kind === 'radar' ? radar(model, theme, box) : model.kind === 'heatmap' ? heatmap(model, theme, box) : cartesian(model, theme, box);
	return {
		animation: !theme.still,
		animationDuration: MOVE_MS,
		// Values that change faster than they can move are shown at once.
		animationDurationUpdate: hurried ? 0 : MOVE_MS,
		animationEasing: 'cubicOut',
		animationEasingUpdate: 'cubicOut',
		textStyle: { fontFamily: theme.font, fontSize: theme.label, color: theme.soft },
		// The words for it stand on the element itself; patterns only for those who ask for contrast.
		aria: { enabled: true, label: { enabled: false }, decal: { show: matchMedia('(prefers-contrast: more)').matches } },
		...drawn,
		tooltip: { ...tooltip(theme), ...(drawn['tooltip'] as object | undefined) }
	};
}

/** In a low chart the names of axes and lines would cover what they name. */
function fitting(model: ChartModel, theme: ChartTheme, box: Box): ChartModel {
	if (box.height > theme.label * 11) return model;
	const unnamed = <Mark extends { label: string }>(mark: Mark): Mark => ({ ...mark, label: '' });
	return { ...model, xLabel: '', yLabel: '', thresholds: model.thresholds.map(unnamed), annotations: model.annotations.map(unnamed) };
}

function tooltip(theme: ChartTheme) {
	return {
		confine: true,
		transitionDuration: theme.still ? 0 : 0.12,
		backgroundColor: theme.card,
		borderColor: theme.line,
		borderWidth: 1,
		padding: 0,
		textStyle: { color: theme.ink, fontFamily: theme.font, fontSize: theme.label },
		extraCssText: 'box-shadow:var(--shadow-lift);border-radius:var(--radius-m);max-width:min(22rem,90%);z-index:2;'
	};
}
