/** Sets maths. Loaded, with its fonts, with the first text that holds any. */

import katex from 'katex';
import 'katex/dist/katex.min.css';

/** Sets the formula an element holds as text, in place; what is wrong in it is shown as it was written. */
export function setFormula(node: HTMLElement): void {
	katex.render(node.textContent ?? '', node, {
		displayMode: node.classList.contains('block'),
		throwOnError: false,
		errorColor: 'var(--bad)',
		trust: false,
		strict: false,
		// A formula that expands without end is cut short.
		maxExpand: 200,
		maxSize: 20
	});
}
