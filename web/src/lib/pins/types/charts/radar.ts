/** Several measures of one thing as a shape. */

import type { EChartsCoreOption } from 'echarts/core';
import { line } from '../../format';
import type { ChartModel } from './model';
import type { Box } from './box';
import type { ChartTheme } from './theme';
import { tip } from './tip';

export function radar(model: ChartModel, theme: ChartTheme, box: Box): EChartsCoreOption {
	const most = Math.max(0, ...model.series.flatMap((series) => series.points.map((point) => point.y ?? 0)));
	const valuesOf = (index: number) => model.labels.map((_, place) => model.series[index]?.points.find((point) => point.x === place)?.y ?? 0);
	return {
		radar: {
			indicator: model.labels.map((name) => ({ name, max: model.yMax ?? (most || 1), min: model.yMin ?? 0 })),
			radius: box.tiny ? '92%' : Math.max(16, Math.min(box.height / 2 - theme.label * 2, box.width * 0.28)),
			splitNumber: 4,
			shape: 'polygon',
			axisName: { show: !box.tiny, color: theme.soft, fontSize: theme.label, width: box.width * 0.24, overflow: 'truncate' },
			axisNameGap: theme.label * 0.7,
			splitLine: { lineStyle: { color: theme.line } },
			axisLine: { lineStyle: { color: theme.line } },
			splitArea: { show: false }
		},
		series: model.series.map((series, index) => {
			const colour = theme.resolve(series.colour);
			const width = theme.rem * 0.13;
			return {
				id: `s${index}`,
				type: 'radar',
				name: series.name,
				symbol: series.aside ? 'none' : 'circle',
				symbolSize: theme.rem * 0.25,
				lineStyle: { color: colour, width, type: series.aside ? [width, width * 3] : 'solid' },
				itemStyle: { color: colour },
				areaStyle: { color: colour, opacity: series.aside ? 0 : 0.1 },
				data: [{ value: valuesOf(index), name: series.name }]
			};
		}),
		tooltip: {
			trigger: 'item',
			formatter: (one: { seriesIndex: number }) => {
				const series = model.series[one.seriesIndex];
				const values = valuesOf(one.seriesIndex);
				return tip(series?.name ?? '', model.labels.slice(0, 16).map((name, at) => ({ name, value: line(values[at], model.manner), colour: theme.resolve(series?.colour ?? '') })));
			}
		}
	};
}
