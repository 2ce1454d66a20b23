import { describe, expect, it } from 'vitest';
import { withoutSameStart } from './axis-text';
import { isEmpty, newest, slices, type ChartModel } from './model';
import { readChart } from './read-chart';
import { asTable, summary } from './summary';

const named = (index: number) => `colour ${index}`;

function line(config: unknown): ChartModel {
	const model = readChart(config, 'line');
	if (!model) throw new Error('a line chart is always a chart');
	return model;
}

describe('reading a chart', () => {
	it('takes series of numbers with labels', () => {
		const model = line({ labels: ['06', '07'], series: [{ name: 'Today', data: [24, '1,110'] }] });
		expect(model).toMatchObject({ axis: 'category', labels: ['06', '07'], series: [{ name: 'Today', points: [{ x: 0, y: 24 }, { x: 1, y: 1110 }] }] });
	});
	it('takes rows and infers which keys are which', () => {
		const model = line({ data: [{ month: 'Jan', online: 4, shops: 9 }, { month: 'Feb', online: 5, shops: null }] });
		expect(model.labels).toEqual(['Jan', 'Feb']);
		expect(model.series.map((series) => [series.name, series.points.map((point) => point.y)])).toEqual([['online', [4, 5]], ['shops', [9, null]]]);
	});
	it('puts ISO times and epochs on a time axis', () => {
		const model = line({ series: [{ data: [{ x: '2026-11-22T10:00:00Z', y: 1 }, { x: 1_795_341_600_000, y: 2 }] }] });
		expect(model.axis).toBe('time');
		expect(model.series[0]?.points[0]?.x).toBe(Date.UTC(2026, 10, 22, 10));
	});
	it('keeps bars apart by name even when their names are dates', () => {
		expect(readChart({ type: 'bar', data: [{ date: '2026-11-22', n: 1 }] })?.axis).toBe('category');
	});
	it('keeps two places of one label apart', () => {
		expect(line({ labels: ['Mon', 'Mon'], series: [{ data: [1, 2] }] }).series[0]?.points.map((point) => point.x)).toEqual([0, 1]);
	});
	it('draws what is only compared with quietly', () => {
		expect(line({ series: [{ name: 'Today', data: [1] }, { name: 'Last Sunday', data: [1] }] }).series.map((series) => series.aside)).toEqual([false, true]);
	});
	it('orders a candle from either form', () => {
		const rows = readChart({ type: 'candlestick', data: [{ date: 'a', open: 3, high: 9, low: 1, close: 5 }] });
		const lists = readChart({ type: 'candlestick', labels: ['a'], series: [{ data: [[3, 9, 1, 5]] }] });
		expect([rows, lists].map((model) => model?.series[0]?.points[0]?.candle)).toEqual([[3, 5, 1, 9], [3, 5, 1, 9]]);
	});
	it('makes rows of a heatmap of cells', () => {
		const model = readChart({ type: 'heatmap', data: [{ x: '06', y: 'Mon', value: 3 }, { x: '07', y: 'Tue', value: 4 }] });
		expect(model?.series.map((series) => series.name)).toEqual(['Mon', 'Tue']);
		expect(model?.series[1]?.points).toEqual([{ x: 1, y: 4 }]);
	});
	it('names no kind it does not know', () => expect(readChart({ type: 'hologram', series: [] })).toBeUndefined());
	it.each([undefined, null, 'text', 7, [], {}, { series: [null, 7, {}] }, { data: 'none' }, { series: [{ data: ['x', {}, Number.NaN] }] }, { series: [{ data: [1e308] }] }])('is empty for %o', (config) =>
		expect(isEmpty(line(config))).toBe(true)
	);
	it('lets nothing but a colour into a style', () => {
		expect(line({ series: [{ data: [1], color: 'red;}' }] }).series[0]?.colour).toBe('var(--s1)');
	});
});

describe('shares of a whole', () => {
	const pie = (data: object[]) => slices(readChart({ type: 'pie', data }) ?? line({}), named);

	it('stand greatest first', () => expect(pie([{ name: 'a', value: 1 }, { name: 'b', value: 3 }]).map((slice) => slice.name)).toEqual(['b', 'a']));
	it('join the least ones', () => {
		const many = pie(Array.from({ length: 12 }, (_, at) => ({ name: `n${at}`, value: 12 - at })));
		expect(many).toHaveLength(8);
		expect(many[7]).toMatchObject({ name: '5 others', value: 15 });
	});
	it('leave out what takes no room', () => expect(pie([{ name: 'a', value: 0 }, { name: 'b', value: -2 }])).toEqual([]));
});

describe('a chart in words and rows', () => {
	const model = line({ labels: ['06', '07', '08'], unit: 'kg', series: [{ name: 'Today', data: [24, 110, 80] }] });

	it('says where it began, ended, was lowest and highest', () => {
		expect(summary(model)).toBe('Line chart. Today: 3 values from 24\u00a0kg at 06 to 80\u00a0kg at 08, lowest 24\u00a0kg at 06, highest 110\u00a0kg at 07.');
	});
	it('says shares', () => {
		expect(summary(readChart({ type: 'donut', data: [{ name: 'a', value: 3 }, { name: 'b', value: 1 }] }) ?? model)).toBe('Donut chart. a 3, 75%. b 1, 25%.');
	});
	it('becomes a table', () => expect(asTable(model).rows).toEqual([{ x: '06', y0: 24 }, { x: '07', y0: 110 }, { x: '08', y0: 80 }]));
	it('adds up what is stacked', () => expect(newest(readChart({ type: 'stacked-bar', labels: ['a'], series: [{ data: [1] }, { data: [2] }] }) ?? model)).toBe(3));
});

describe('names at an axis', () => {
	it('leaves away what all of them begin with, and nothing else', () => {
		const shown = (labels: string[]) => labels.map(withoutSameStart(labels));
		expect(shown(['23 Nov 2026, 08:21', '23 Nov 2026, 08:22'])).toEqual(['08:21', '08:22']);
		expect(shown(['22 Nov 2026, 08:21', '23 Nov 2026, 08:21'])).toEqual(['22 Nov 2026, 08:21', '23 Nov 2026, 08:21']);
		expect([shown(['a, b']), shown(['Mon', 'Tue']), shown([])]).toEqual([['a, b'], ['Mon', 'Tue'], []]);
	});
});
