export type Piece = { text: string; kind: 'plain' | 'text' | 'key' | 'note' };

const pieces =
	/(?<note>(?:^|(?<=\s))#[^\n]*|\/\/ [^\n]*)|(?<text>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`[^`]*`|https?:\/\/\S+)|(?<key>\b(?:from|import|await|const|new|with|as|def|print|curl|True|False|None)\b|(?<![\w-])-?\d[\d.]*\b)/gm;

/**
 * Cuts a short program into pieces to colour: texts, keywords with numbers, comments, the rest.
 * Put together again the pieces are the program.
 */
export function highlight(code: string): Piece[] {
	const found: Piece[] = [];
	let at = 0;
	for (const match of code.matchAll(pieces)) {
		if (match.index > at) found.push({ text: code.slice(at, match.index), kind: 'plain' });
		const kind = match.groups?.['note'] ? 'note' : match.groups?.['text'] ? 'text' : 'key';
		found.push({ text: match[0], kind });
		at = match.index + match[0].length;
	}
	if (at < code.length) found.push({ text: code.slice(at), kind: 'plain' });
	return found;
}
