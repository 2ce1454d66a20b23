/** Puts a chart into an element and keeps it true: to its numbers, its size and the theme. */

import type { EChartsType } from 'echarts/core';
import type { Attachment } from 'svelte/attachments';
import type { ChartModel } from './model';
import { chartOption } from './option';
import { readTheme } from './theme';

const QUICK_MS = 600; // changes closer together than this are not moved but shown

export interface Plotted {
	model: ChartModel;
	tiny: boolean;
	large: boolean;
}

/** Draws what `plotted` says, again whenever it changes. `failed` hears of a chart that could not be loaded or drawn. */
export function plot(plotted: () => Plotted, failed: () => void): Attachment<HTMLElement> {
	return (node) => {
		let chart: EChartsType | undefined;
		let gone = false;
		let drawnAt = 0;

		const draw = () => {
			const box = node.getBoundingClientRect();
			if (!chart || box.width < 2 || box.height < 2) return;
			const { model, tiny, large } = plotted();
			const hurried = performance.now() - drawnAt < QUICK_MS;
			drawnAt = performance.now();
			try {
				chart.setOption(chartOption(model, readTheme(node), { width: box.width, height: box.height, tiny, large }, hurried), {
					replaceMerge: ['series', 'xAxis', 'yAxis', 'radar', 'visualMap']
				});
			} catch {
				// Whatever a hostile config did to the library stays in this card.
				failed();
			}
		};

		const sized = new ResizeObserver(() => {
			if (!chart || node.clientWidth < 2 || node.clientHeight < 2) return;
			chart.resize();
			drawnAt = performance.now();
			draw();
		});
		const print = matchMedia('print');

		import('./engine').then(({ init }) => {
			if (gone) return;
			chart = init(node, undefined, { renderer: 'svg' });
			draw();
			sized.observe(node);
		}, failed);
		// The colours are registered properties with a transition here: whatever changes the theme, this hears of it.
		node.addEventListener('transitionend', draw);
		print.addEventListener('change', draw);

		$effect(() => {
			plotted();
			draw();
		});

		return () => {
			gone = true;
			sized.disconnect();
			print.removeEventListener('change', draw);
			node.removeEventListener('transitionend', draw);
			chart?.dispose();
		};
	};
}
