/** Charts between two axes: lines, areas, bars, points and candles. */

import type { EChartsCoreOption } from 'echarts/core';
import { date, line } from '../../format';
import { axisNumber, dayOrTime, withoutSameStart } from './axis-text';
import { labelAt, type ChartModel, type Series } from './model';
import type { Box } from './box';
import type { ChartTheme } from './theme';
import { tip } from './tip';

const MANY = 200; // points from which on one wants to zoom
const DENSE = 60; // points from which on a curve would only blur what is there

export function cartesian(model: ChartModel, theme: ChartTheme, box: Box): EChartsCoreOption {
	const lying = model.kind === 'horizontal-bar';
	const values = valueAxis(model, theme, box);
	const names = nameAxis(model, theme, box);
	const longest = Math.max(...model.series.map((series) => series.points.length));
	const slider = box.large && longest > MANY && !lying;
	return {
		grid: {
			left: box.tiny ? 2 : model.yLabel && !lying ? theme.label * 0.4 : 0,
			right: box.tiny ? theme.rem * 0.4 : theme.rem * 0.5,
			top: box.tiny ? theme.rem * 0.35 : theme.label * (model.yLabel ? 2.4 : 1),
			bottom: box.tiny ? 2 : slider ? theme.rem * 3 : model.xLabel ? theme.label * 2.2 : theme.label * 0.7,
			outerBoundsMode: 'same',
			outerBoundsContain: 'axisLabel'
		},
		xAxis: lying ? values : names,
		yAxis: lying ? { ...names, inverse: true } : values,
		series: model.series.map((series, index) => ({ ...drawn(model, series, index, theme, box), ...(index === 0 && !box.tiny ? { markLine: marks(model, theme, lying) } : {}) })),
		...(slider ? { dataZoom: zoom(theme) } : {}),
		tooltip: {
			trigger: model.kind === 'scatter' ? 'item' : 'axis',
			axisPointer: { type: model.kind === 'line' || model.kind === 'area' ? 'line' : 'shadow', lineStyle: { color: theme.ghost, type: 'solid', width: 1 }, shadowStyle: { color: theme.sunk, opacity: 0.55 } },
			formatter: (params: unknown) => pointed(model, params, theme)
		}
	};
}

function nameAxis(model: ChartModel, theme: ChartTheme, box: Box) {
	const bars = model.kind.includes('bar') || model.kind === 'candlestick';
	return {
		type: model.axis,
		...(model.axis === 'category' ? { data: model.labels, boundaryGap: bars } : { scale: true }),
		show: !box.tiny,
		name: model.xLabel,
		nameLocation: 'middle',
		nameGap: theme.label * 2,
		nameTruncate: { maxWidth: box.width - theme.rem },
		nameTextStyle: { color: theme.faint, fontSize: theme.label },
		axisLine: { show: model.kind === 'scatter', lineStyle: { color: theme.line } },
		axisTick: { show: false },
		splitLine: { show: false },
		splitNumber: Math.max(2, Math.min(10, Math.floor(box.width / (theme.label * 9)))),
		axisLabel: {
			color: theme.faint,
			fontSize: theme.label,
			margin: theme.label * 0.9,
			hideOverlap: true,
			...(model.axis === 'category' ? { width: theme.label * 11, overflow: 'truncate', formatter: withoutSameStart(model.labels) } : {}),
			...(model.axis === 'time' ? { formatter: dayOrTime(model) } : {}),
			...(model.axis === 'value' ? { formatter: axisNumber({ unit: '', format: '' }) } : {}),
			...(model.axis !== 'category' || bars ? {} : { alignMinLabel: 'left', alignMaxLabel: 'right' })
		}
	};
}

function valueAxis(model: ChartModel, theme: ChartTheme, box: Box) {
	const lying = model.kind === 'horizontal-bar';
	const room = lying ? box.width / (theme.label * 9) : box.height / (theme.label * 4.4);
	return {
		type: 'value',
		show: !box.tiny,
		scale: farFromZero(model),
		...(model.yMin === undefined ? {} : { min: model.yMin }),
		...(model.yMax === undefined ? {} : { max: model.yMax }),
		name: model.yLabel,
		nameLocation: lying ? 'middle' : 'end',
		nameGap: lying ? theme.label * 2 : theme.label * 0.9,
		nameTruncate: { maxWidth: box.width - theme.rem },
		nameTextStyle: { color: theme.faint, fontSize: theme.label, align: lying ? 'center' : 'left' },
		splitNumber: Math.max(2, Math.min(8, Math.floor(room))),
		axisLine: { show: false },
		axisTick: { show: false },
		splitLine: { lineStyle: { color: theme.line, width: 1 } },
		axisLabel: { color: theme.faint, fontSize: theme.label, margin: theme.label * 0.8, hideOverlap: true, formatter: axisNumber(model.manner, largest(model) * 1.2) }
	};
}

function largest(model: ChartModel): number {
	const marks = model.thresholds.map((mark) => mark.value);
	return [...model.series.flatMap((series) => series.points.map((point) => point.y ?? 0)), ...marks].reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

/** Bars grow from zero; a line that only moves high above it is shown where it moves. */
function farFromZero(model: ChartModel): boolean {
	if (model.kind.includes('bar') || model.area || model.stacked) return false;
	if (model.kind === 'candlestick' || model.kind === 'scatter') return true;
	const all = model.series.flatMap((series) => series.points.flatMap((point) => (point.y === null ? [] : [point.y])));
	const low = all.reduce((least, value) => Math.min(least, value), Infinity);
	const high = all.reduce((most, value) => Math.max(most, value), -Infinity);
	return low > 0 && high - low < low * 0.6;
}

function drawn(model: ChartModel, series: Series, index: number, theme: ChartTheme, box: Box): object {
	const colour = theme.resolve(series.colour);
	const shared = { id: `s${index}`, name: series.name, data: series.points.map((point) => [point.x, point.y]), emphasis: { focus: 'none' } };
	switch (model.kind) {
		case 'bar':
		case 'stacked-bar':
		case 'horizontal-bar':
			return { ...shared, ...bar(model, series, index, colour, theme), ...(model.kind === 'horizontal-bar' ? { data: series.points.map((point) => [point.y, point.x]) } : {}) };
		case 'scatter':
			return {
				...shared,
				type: 'scatter',
				data: series.points.map((point) => [point.x, point.y, point.size ?? 0]),
				symbolSize: (value: number[]) => (value[2] ? Math.min(theme.rem * 3, Math.max(5, Math.sqrt(value[2]) * 2)) : Math.max(5, theme.rem * (series.points.length > 500 ? 0.3 : 0.5))),
				itemStyle: { color: colour, opacity: series.points.length > 500 ? 0.45 : 0.75, borderColor: theme.card, borderWidth: series.points.length > 500 ? 0 : 1 }
			};
		case 'candlestick':
			return {
				...shared,
				type: 'candlestick',
				data: byPlace(model, series),
				barMaxWidth: theme.rem,
				// Rises are hollow and falls are filled, as on paper: the colour only repeats it.
				itemStyle: { color: theme.card, borderColor: theme.good, color0: theme.bad, borderColor0: theme.bad, borderWidth: 1.25 }
			};
		default:
			return { ...shared, ...curve(model, series, colour, theme, box) };
	}
}

function byPlace(model: ChartModel, series: Series): unknown[] {
	const places: unknown[] = model.labels.map(() => '-');
	for (const point of series.points) if (point.candle) places[point.x] = point.candle;
	return places;
}

function bar(model: ChartModel, series: Series, index: number, colour: string, theme: ChartTheme) {
	const round = theme.rem * 0.22;
	const top = !model.stacked || index === model.series.length - 1;
	const corners = !top ? 0 : model.kind === 'horizontal-bar' ? [0, round, round, 0] : [round, round, 0, 0];
	return {
		type: 'bar',
		...(model.stacked ? { stack: 'all' } : {}),
		barMaxWidth: theme.rem * 1.75,
		barCategoryGap: model.labels.length > 40 ? '12%' : '42%',
		barGap: '12%',
		large: series.points.length > 2000,
		itemStyle: { color: colour, borderRadius: corners, opacity: series.aside ? 0.45 : 1, ...(model.stacked ? { borderColor: theme.card, borderWidth: 1 } : {}) }
	};
}

function curve(model: ChartModel, series: Series, colour: string, theme: ChartTheme, box: Box) {
	const last = series.points.findLast((point) => point.y !== null);
	const width = theme.rem * (series.aside ? 0.125 : series.points.length > 300 ? 0.09 : 0.15);
	const curved = model.smooth ?? series.points.length <= DENSE;
	return {
		type: 'line',
		...(model.stacked ? { stack: 'all' } : {}),
		smooth: curved ? 0.3 : false,
		sampling: 'lttb',
		connectNulls: false,
		// One value has no line: then the point itself is drawn.
		showSymbol: series.points.filter((point) => point.y !== null).length === 1,
		symbol: 'circle',
		symbolSize: theme.rem * 0.5,
		z: series.aside ? 2 : 3,
		lineStyle: { color: colour, width, cap: 'round', join: 'round', type: series.aside ? [width, width * 3] : 'solid' },
		itemStyle: { color: colour },
		...(model.area && !series.aside ? { areaStyle: { color: colour, opacity: model.stacked ? 0.5 : 0.08 } } : {}),
		// The dot that is now.
		...(last && !series.aside && !model.stacked
			? { markPoint: { symbol: 'circle', symbolSize: theme.rem * (box.tiny ? 0.45 : 0.56), silent: true, label: { show: false }, itemStyle: { color: colour, borderColor: theme.card, borderWidth: theme.rem * 0.14 }, data: [{ coord: [last.x, last.y] }] } }
			: {})
	};
}

function marks(model: ChartModel, theme: ChartTheme, lying: boolean) {
	const label = (colour: string, text: string) => ({ formatter: text, color: colour, fontSize: theme.label, fontFamily: theme.font });
	return {
		silent: true,
		symbol: 'none',
		animation: false,
		data: [
			...model.thresholds.map(({ value, label: text, colour }) => ({
				[lying ? 'xAxis' : 'yAxis']: value,
				lineStyle: { color: theme.resolve(colour), width: 1, type: [4, 4] },
				label: { ...label(theme.resolve(colour), text), position: lying ? 'end' : 'insideStartTop' }
			})),
			...model.annotations.map(({ x, label: text }) => ({
				xAxis: x,
				lineStyle: { color: theme.faint, width: 1, type: [2, 3] },
				label: { ...label(theme.soft, text), position: 'insideEndTop', rotate: 0, align: 'left', padding: [0, 0, theme.label * 0.4, theme.label * 0.5] }
			}))
		]
	};
}

function zoom(theme: ChartTheme) {
	return [
		{ type: 'inside', zoomOnMouseWheel: 'ctrl', moveOnMouseWheel: false, moveOnMouseMove: true },
		{
			type: 'slider', height: theme.rem * 1.5, bottom: 4, left: 0, right: 0, borderColor: 'transparent', backgroundColor: theme.sunk, fillerColor: 'rgba(128,120,110,.16)', brushSelect: false,
			dataBackground: { lineStyle: { color: theme.ghost, width: 1 }, areaStyle: { color: theme.ghost, opacity: 0.35 } },
			selectedDataBackground: { lineStyle: { color: theme.faint, width: 1 }, areaStyle: { color: theme.ghost, opacity: 0.5 } },
			handleStyle: { color: theme.card, borderColor: theme.faint }, moveHandleSize: 0, textStyle: { color: theme.faint, fontSize: theme.label }, showDetail: false
		}
	];
}

function pointed(model: ChartModel, params: unknown, theme: ChartTheme): HTMLElement {
	const all = (Array.isArray(params) ? params : [params]) as { seriesIndex: number; dataIndex: number; value: unknown; axisValue?: unknown }[];
	const figure = (value: unknown) => line(value, model.manner);
	const rows = all.slice(0, 12).flatMap((one) => {
		const series = model.series[one.seriesIndex];
		const values = Array.isArray(one.value) ? one.value : [one.value];
		if (!series) return [];
		const colour = theme.resolve(series.colour);
		if (model.kind === 'candlestick') return ['Open', 'Close', 'Low', 'High'].map((name, at) => ({ name, value: figure(values[values.length - 4 + at]), colour: 'transparent' }));
		const value = model.kind === 'horizontal-bar' ? values[0] : values[1];
		return [{ name: series.name, value: figure(value), colour }];
	});
	const [first] = all;
	const x = first && Array.isArray(first.value) && model.kind !== 'candlestick' ? Number(first.value[model.kind === 'horizontal-bar' ? 1 : 0]) : (first?.dataIndex ?? 0);
	return tip(labelAt(model, x, date, (value) => line(value)), rows);
}
