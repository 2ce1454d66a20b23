import { closeBrackets } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { json, jsonParseLinter } from '@codemirror/lang-json';
import {
	bracketMatching,
	HighlightStyle,
	indentOnInput,
	syntaxHighlighting
} from '@codemirror/language';
import { linter, setDiagnostics } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import {
	drawSelection,
	EditorView,
	highlightActiveLine,
	keymap,
	lineNumbers
} from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { locate, type Problem } from './config-problems';

export type Editor = {
	/** Make the text this, if it is not. */
	show: (text: string) => void;
	/** Underline these in their places. */
	mark: (problems: Problem[]) => void;
	close: () => void;
};

const colours = HighlightStyle.define([
	{ tag: tags.propertyName, color: 'var(--info)' },
	{ tag: tags.string, color: 'var(--good)' },
	{ tag: [tags.number, tags.bool, tags.null], color: 'var(--pin-ink)' },
	{ tag: [tags.punctuation, tags.separator, tags.squareBracket, tags.brace], color: 'var(--faint)' }
]);

/** An editor for JSON inside `place`. It says when the text changed and when Ctrl+S was pressed. */
export function openEditor(
	place: HTMLElement,
	text: string,
	changed: (text: string) => void,
	save: () => void
): Editor {
	const view = new EditorView({
		parent: place,
		state: EditorState.create({
			doc: text,
			extensions: [
				lineNumbers(),
				history(),
				drawSelection(),
				indentOnInput(),
				bracketMatching(),
				closeBrackets(),
				highlightActiveLine(),
				// Nothing scrolls inside: the page does, for a finger and for a keyboard alike.
				EditorView.lineWrapping,
				json(),
				linter(jsonParseLinter()),
				syntaxHighlighting(colours),
				EditorView.contentAttributes.of({ 'aria-label': 'Content as JSON' }),
				// Tab is not taken: it leads out of the editor, as everywhere on the page.
				keymap.of([
					{ key: 'Mod-s', preventDefault: true, run: () => (save(), true) },
					...historyKeymap,
					...defaultKeymap
				]),
				EditorView.updateListener.of((update) => {
					if (update.docChanged) changed(update.state.doc.toString());
				})
			]
		})
	});
	return {
		show(now) {
			const shown = view.state.doc.toString();
			if (shown === now) return;
			view.dispatch({ changes: { from: 0, to: shown.length, insert: now } });
		},
		mark(problems) {
			const shown = view.state.doc.toString();
			const found = problems.map(({ field, message }) => ({
				...locate(shown, field),
				message,
				severity: 'error' as const
			}));
			view.dispatch(setDiagnostics(view.state, found));
		},
		close: () => view.destroy()
	};
}
