/** Puts a chart into an element and keeps it true: to its numbers, its size and the theme. */

import type { EChartsType } from 'echarts/core';
import type { Attachment } from 'svelte/attachments';
import type { ChartModel } from './model';
import { chartOption } from './option';
import { readTheme, type ChartTheme } from './theme';

const QUICK_MS = 600; // changes closer together than this are not moved but shown
const PAUSE_MS = 120; // and drawn at most so often: eight pictures a second are as many as one reads

export interface Plotted {
	model: ChartModel;
	tiny: boolean;
	large: boolean;
}

/** Draws what `plotted` says, again whenever it changes. `failed` hears of a chart that could not be loaded or drawn. */
export function plot(plotted: () => Plotted, failed: () => void): Attachment<HTMLElement> {
	return (node) => {
		const drawing = new Drawing(node, failed);
		$effect(() => drawing.show(plotted()));
		return () => drawing.end();
	};
}

/** One chart from its loading to its end. */
class Drawing {
	#node: HTMLElement;
	#failed: () => void;
	#chart: EChartsType | undefined;
	#plotted: Plotted | undefined;
	/** Read from the style once: asking at every draw would make the browser lay out the page each time. */
	#theme: ChartTheme | undefined;
	#drawnAt = -QUICK_MS;
	#waiting: ReturnType<typeof setTimeout> | undefined;
	#ended = false;
	#sized = new ResizeObserver(() => this.#fit());
	#print = matchMedia('print');

	constructor(node: HTMLElement, failed: () => void) {
		this.#node = node;
		this.#failed = failed;
		// The colours are registered properties with a transition here: whatever changes the theme, this hears of it.
		node.addEventListener('transitionend', this.#recolour);
		this.#print.addEventListener('change', this.#recolour);
		import('./engine').then(({ init }) => {
			if (this.#ended) return;
			this.#chart = init(node, undefined, { renderer: 'svg' });
			this.#draw();
			this.#sized.observe(node);
		}, failed);
	}

	show(plotted: Plotted): void {
		this.#plotted = plotted;
		if (this.#waiting !== undefined) return;
		const since = performance.now() - this.#drawnAt;
		if (since >= PAUSE_MS) this.#draw();
		else this.#waiting = setTimeout(() => this.#draw(), PAUSE_MS - since);
	}

	end(): void {
		this.#ended = true;
		clearTimeout(this.#waiting);
		this.#sized.disconnect();
		this.#print.removeEventListener('change', this.#recolour);
		this.#node.removeEventListener('transitionend', this.#recolour);
		this.#chart?.dispose();
	}

	#recolour = () => {
		this.#theme = undefined;
		this.#draw();
	};

	#fit(): void {
		if (!this.#chart || this.#node.clientWidth < 2 || this.#node.clientHeight < 2) return;
		this.#theme = undefined;
		this.#chart.resize();
		this.#drawnAt = performance.now();
		this.#draw();
	}

	#draw(): void {
		clearTimeout(this.#waiting);
		this.#waiting = undefined;
		const { clientWidth: width, clientHeight: height } = this.#node;
		if (!this.#chart || !this.#plotted || width < 2 || height < 2) return;
		const { model, tiny, large } = this.#plotted;
		const hurried = performance.now() - this.#drawnAt < QUICK_MS;
		this.#drawnAt = performance.now();
		this.#theme ??= readTheme(this.#node);
		try {
			this.#chart.setOption(chartOption(model, this.#theme, { width, height, tiny, large }, hurried), {
				replaceMerge: ['series', 'xAxis', 'yAxis', 'radar', 'visualMap']
			});
		} catch {
			// Whatever a hostile config did to the library stays in this card.
			this.#failed();
		}
	}
}
