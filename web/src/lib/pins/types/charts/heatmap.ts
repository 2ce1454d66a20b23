/** A field of cells: the fuller the colour, the greater the number, which is written in where there is room. */

import type { EChartsCoreOption } from 'echarts/core';
import { line, shown } from '../../format';
import type { ChartModel } from './model';
import type { Box } from './box';
import type { ChartTheme } from './theme';
import { tip } from './tip';

export function heatmap(model: ChartModel, theme: ChartTheme, box: Box): EChartsCoreOption {
	const cells = model.series.flatMap((series, row) => series.points.flatMap((point) => (point.y === null ? [] : [[point.x, row, point.y] as const])));
	const values = cells.map(([, , value]) => value);
	const least = model.yMin ?? values.reduce((one, other) => Math.min(one, other), Infinity);
	const most = model.yMax ?? values.reduce((one, other) => Math.max(one, other), -Infinity);
	const rows = model.series.map((series) => series.name);
	const longest = Math.max(0, ...values.slice(0, 400).map((value) => shown(value, model.manner).text.length));
	const roomy = !box.tiny && (box.width * 0.88) / model.labels.length > longest * theme.label * 0.72 && (box.height - theme.label * 3) / rows.length > theme.label * 1.7;
	const axis = { axisLine: { show: false }, axisTick: { show: false }, splitLine: { show: false }, show: !box.tiny };
	const label = { color: theme.faint, fontSize: theme.label };
	return {
		grid: { left: 0, right: 1, top: 2, bottom: box.tiny ? 2 : theme.label * 0.7, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
		xAxis: { ...axis, type: 'category', data: model.labels, axisLabel: { ...label, hideOverlap: true } },
		yAxis: { ...axis, type: 'category', data: rows, inverse: true, axisLabel: { ...label, width: box.width * 0.22, overflow: 'truncate' } },
		visualMap: { show: false, min: least, max: most > least ? most : least + 1, inRange: { color: [theme.sunk, theme.resolve('var(--s1)')] } },
		series: [
			{
				id: 'cells',
				type: 'heatmap',
				data: cells.map(([x, y, value]) => ({ value: [x, y, value], label: { color: (value - least) / (most - least || 1) > 0.5 ? theme.card : theme.ink } })),
				label: { show: roomy, fontSize: theme.label, formatter: (one: { value: number[] }) => shown(one.value[2], model.manner).text },
				itemStyle: { borderColor: theme.card, borderWidth: Math.max(1, theme.rem * 0.12), borderRadius: theme.rem * 0.28 },
				emphasis: { itemStyle: { opacity: 0.85 } }
			}
		],
		tooltip: {
			trigger: 'item',
			formatter: (one: { value: number[] }) => {
				const [x = 0, y = 0, value] = one.value;
				return tip(model.labels[x] ?? '', [{ name: rows[y] ?? '', value: line(value, model.manner), colour: theme.resolve('var(--s1)') }]);
			}
		}
	};
}
