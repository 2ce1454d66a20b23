/** A table that was pasted: its first line names the columns. */
export type Table = { columns: string[]; rows: Record<string, string | number | null>[] };

const separators = ['\t', ';', ','] as const;
/** A number as JSON writes it; `007` is a name, not seven. */
const number = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

/** Text with commas, semicolons or tabs between its cells, as rows; undefined where it is no table. */
export function readTable(text: string): Table | undefined {
	const separator = separators.find((one) => firstLine(text).includes(one));
	if (separator === undefined) return undefined;
	const [head = [], ...lines] = readLines(text.replace(/^\uFEFF/, ''), separator);
	if (lines.length === 0) return undefined;
	const columns = named(head);
	const rows = lines.map((cells) => Object.fromEntries(columns.map((name, at) => [name, cell(cells[at] ?? '')])));
	return { columns, rows };
}

const firstLine = (text: string) => text.trimStart().split(/\r?\n/, 1)[0] ?? '';

/** Cells of lines; one in quotes may hold separators, lines and, doubled, quotes. */
function readLines(text: string, separator: string): string[][] {
	const lines: string[][] = [];
	let cells: string[] = [];
	let said = '';
	let quoted = false;
	const endLine = () => {
		cells.push(said);
		if (cells.some((one) => one.trim() !== '')) lines.push(cells);
		cells = [];
		said = '';
	};
	for (let at = 0; at < text.length; at++) {
		const sign = text[at] ?? '';
		if (quoted && sign === '"' && text[at + 1] === '"') said += text[(at += 1)];
		else if (sign === '"' && (quoted || said === '')) quoted = !quoted;
		else if (quoted || (sign !== separator && sign !== '\n' && sign !== '\r')) said += sign;
		else if (sign === '\n') endLine();
		else if (sign === separator) said = (cells.push(said), '');
	}
	endLine();
	return lines;
}

/** Every column has a name, and no two the same. */
function named(head: readonly string[]): string[] {
	const names: string[] = [];
	for (const [at, written] of head.entries()) {
		const name = written.trim() || `column_${at + 1}`;
		let free = name;
		for (let count = 2; names.includes(free); count++) free = `${name}_${count}`;
		names.push(free);
	}
	return names;
}

function cell(said: string): string | number | null {
	const text = said.trim();
	if (text === '') return null;
	return number.test(text) ? Number(text) : text;
}
