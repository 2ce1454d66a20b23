/** The box beside the pointer, built from nodes: a name of a series is never read as HTML. */

export interface TipRow {
	name: string;
	value: string;
	colour: string;
}

export function tip(head: string, rows: TipRow[]): HTMLElement {
	const box = document.createElement('div');
	box.className = 'chart-tip';
	if (head) box.append(piece('strong', '', head));
	for (const row of rows) {
		const key = piece('i', '', '');
		key.style.background = row.colour;
		const entry = piece('div', 'row', '');
		entry.append(key, piece('span', 'name', row.name), piece('b', '', row.value));
		box.append(entry);
	}
	return box;
}

function piece(tag: string, name: string, text: string): HTMLElement {
	const node = document.createElement(tag);
	if (name) node.className = name;
	node.textContent = text.length > 120 ? `${text.slice(0, 119)}…` : text;
	return node;
}
