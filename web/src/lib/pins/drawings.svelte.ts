import type { PinView } from '@pindown/client';
import type { Component } from 'svelte';
import { SvelteMap } from 'svelte/reactivity';
import JsonView from './JsonView.svelte';
import { drawing } from './types';
import type { Drawing } from './types/drawing';

const loaded = new SvelteMap<string, Drawing>();
const asked = new Set<string>();

/**
 * The component that draws a type, or undefined while its code is on the way; a type that nobody
 * has drawn yet, or whose code cannot be had, is shown as JSON.
 */
export function drawingOf(type: string): Drawing | undefined {
	if (!asked.has(type)) {
		asked.add(type);
		drawing(type).then(
			(component) => loaded.set(type, component),
			() => {
				loaded.set(type, JsonView as Component<{ config: unknown }> as Drawing);
				// The line was perhaps only down: whoever opens this type next asks again.
				asked.delete(type);
			}
		);
	}
	return loaded.get(type);
}

type BlocksDrawing = typeof import('./blocks/Blocks.svelte').default;
let blocks = $state.raw<BlocksDrawing | undefined>();
let asksForBlocks = false;

/** The component that draws the blocks of a pin, or undefined while its code is on the way. */
export function drawingOfBlocks(): BlocksDrawing | undefined {
	if (!asksForBlocks) {
		asksForBlocks = true;
		import('./blocks/Blocks.svelte').then(
			(module) => (blocks = module.default),
			() => (asksForBlocks = false)
		);
	}
	return blocks;
}

/** Whether a pin can be drawn whole at this moment: what stands below it stays where it is. */
export function isDrawn(view: PinView): boolean {
	const parts = [drawingOf(view.pin_type), view.blocks?.length ? drawingOfBlocks() : true];
	return parts.every((part) => part !== undefined);
}
