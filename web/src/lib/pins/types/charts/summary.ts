/** A chart in words and in rows, for those who do not see it and for those who want the figures. */

import { date, line } from '../../format';
import { isRound, labelAt, slices, type ChartModel, type Series } from './model';

const NAMES = {
	line: 'Line chart', area: 'Area chart', bar: 'Bar chart', 'horizontal-bar': 'Bar chart', 'stacked-bar': 'Stacked bar chart', pie: 'Pie chart',
	donut: 'Donut chart', scatter: 'Scatter chart', radar: 'Radar chart', heatmap: 'Heatmap', funnel: 'Funnel', candlestick: 'Candlestick chart'
} as const;

/** What one would say of the chart on the telephone. */
export function summary(model: ChartModel): string {
	const name = NAMES[model.kind];
	const said = isRound(model.kind) ? sharesInWords(model) : model.series.slice(0, 4).map((series) => seriesInWords(model, series));
	const more = model.series.length > 4 && !isRound(model.kind) ? [`and ${model.series.length - 4} more series`] : [];
	return `${name}. ${[...said, ...more].join('. ')}.`;
}

function sharesInWords(model: ChartModel): string[] {
	const shares = slices(model, () => '');
	const whole = shares.reduce((sum, slice) => sum + slice.value, 0);
	return shares.slice(0, 8).map((slice) => `${slice.name || 'unnamed'} ${line(slice.value, model.manner)}, ${line(slice.value / (model.kind === 'funnel' ? (shares[0]?.value ?? 1) : whole), { format: 'percent' })}`);
}

function seriesInWords(model: ChartModel, series: Series): string {
	const points = series.points.filter((point): point is typeof point & { y: number } => point.y !== null);
	const [first] = points;
	const last = points[points.length - 1];
	if (!first || !last) return `${series.name || 'The series'} is empty`;
	const at = (x: number) => labelAt(model, x, date, (value) => line(value));
	const figure = (value: number) => line(value, model.manner);
	if (first === last) return `${series.name || 'One value'}: ${figure(last.y)} at ${at(last.x)}`;
	let [low, high] = [first, first];
	for (const point of points) {
		if (point.y < low.y) low = point;
		if (point.y > high.y) high = point;
	}
	const name = series.name ? `${series.name}: ` : '';
	return `${name}${points.length} values from ${figure(first.y)} at ${at(first.x)} to ${figure(last.y)} at ${at(last.x)}, lowest ${figure(low.y)} at ${at(low.x)}, highest ${figure(high.y)} at ${at(high.x)}`;
}

/** The chart as the config of a table. */
export function asTable(model: ChartModel): { columns: object[]; rows: object[] } {
	const number = { type: 'number', unit: model.manner.unit, format: model.manner.format };
	if (isRound(model.kind)) {
		const rows = slices(model, () => '').map((slice) => ({ name: slice.name, value: slice.value }));
		return { columns: [{ id: 'name', label: 'Name', type: 'text' }, { id: 'value', label: 'Value', ...number }], rows };
	}
	const columns: object[] = [{ id: 'x', label: model.xLabel || (model.axis === 'time' ? 'Time' : 'Name'), type: model.axis === 'time' ? 'date' : 'text' }];
	const rows = new Map<number, Record<string, unknown>>();
	const row = (x: number) => {
		const found = rows.get(x) ?? { x: model.axis === 'category' ? (model.labels[x] ?? '') : x };
		rows.set(x, found);
		return found;
	};
	model.series.forEach((series, index) => {
		if (model.kind === 'candlestick') {
			columns.push(...['Open', 'Close', 'Low', 'High'].map((label, at) => ({ id: `c${at}`, label, ...number })));
			for (const point of series.points) point.candle?.forEach((value, at) => (row(point.x)[`c${at}`] = value));
			return;
		}
		columns.push({ id: `y${index}`, label: series.name || model.yLabel || 'Value', ...number });
		for (const point of series.points) row(point.x)[`y${index}`] = point.y;
	});
	return { columns, rows: [...rows].sort(([one], [other]) => one - other).map(([, cells]) => cells) };
}
