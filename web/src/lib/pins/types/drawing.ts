/** What every component that draws a pin is given. */

import type { Component } from 'svelte';

/** A number of the past: when, in epoch milliseconds, and how much. */
export type Moment = [at: number, value: number];

/** The parts of a pin's view that a drawing may look at. */
export interface PinViewLike {
	id?: string;
	title?: string | null;
	/** Past numbers by their path in the config, `cards/0/value`, oldest first. */
	history?: Record<string, readonly Moment[]> | null;
}

export interface DrawingProps {
	config: unknown;
	layout: string;
	view: PinViewLike;
	/** `large` is the pin's own page, where a text or table may be as long as it is. */
	size?: 'card' | 'large';
}

export type Drawing = Component<DrawingProps>;
