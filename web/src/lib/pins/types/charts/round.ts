/** Shares of a whole: pie, donut and funnel. Names and figures stand in the list beside them. */

import type { EChartsCoreOption } from 'echarts/core';
import { line } from '../../format';
import { seriesColour } from '../colour';
import { slices, type ChartModel } from './model';
import type { Box } from './box';
import type { ChartTheme } from './theme';
import { tip } from './tip';

export function round(model: ChartModel, theme: ChartTheme, box: Box): EChartsCoreOption {
	const shares = slices(model, seriesColour);
	const whole = model.kind === 'funnel' ? (shares[0]?.value ?? 1) : shares.reduce((sum, slice) => sum + slice.value, 0);
	const data = shares.map((slice) => ({ name: slice.name, value: slice.value, itemStyle: { color: theme.resolve(slice.colour), opacity: slice.strength } }));
	const shared = { id: 'shares', data, label: { show: false }, labelLine: { show: false } };
	return {
		series: [model.kind === 'funnel' ? { ...shared, ...funnel(theme) } : { ...shared, ...pie(model, theme, box) }],
		tooltip: {
			trigger: 'item',
			formatter: (one: { dataIndex: number }) => {
				const slice = shares[one.dataIndex];
				if (!slice) return '';
				const share = line(slice.value / whole, { format: 'percent' });
				return tip('', [{ name: slice.name, value: `${line(slice.value, model.manner)}  ${share}`, colour: theme.resolve(slice.colour) }]);
			}
		}
	};
}

function pie(model: ChartModel, theme: ChartTheme, box: Box) {
	return {
		type: 'pie',
		radius: model.kind === 'donut' ? [box.tiny ? '66%' : '70%', '96%'] : ['0%', '96%'],
		startAngle: 90,
		minAngle: 1.5,
		itemStyle: { borderColor: theme.card, borderWidth: theme.rem * 0.14, borderRadius: model.kind === 'donut' ? theme.rem * 0.2 : theme.rem * 0.12 },
		emphasis: { scale: false, itemStyle: { opacity: 0.86 } }
	};
}

function funnel(theme: ChartTheme) {
	return {
		type: 'funnel',
		left: 0,
		right: 0,
		top: 2,
		bottom: 2,
		sort: 'none',
		minSize: '3%',
		gap: theme.rem * 0.2,
		itemStyle: { borderWidth: 0 },
		emphasis: { disabled: true }
	};
}
