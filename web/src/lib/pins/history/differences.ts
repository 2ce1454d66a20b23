export type Line = { kind: 'same' | 'gone' | 'new'; text: string };

const most = 1500; // lines a side: comparing costs their product

/** Line by line what became of a text; undefined where the texts are too long to compare here. */
export function differences(before: string, after: string): Line[] | undefined {
	const [a, b] = [before.split('\n'), after.split('\n')];
	let from = 0;
	while (from < a.length && from < b.length && a[from] === b[from]) from++;
	let end = 0;
	while (end < a.length - from && end < b.length - from && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
	const [left, right] = [a.slice(from, a.length - end), b.slice(from, b.length - end)];
	if (left.length > most || right.length > most) return undefined;
	const same = (text: string): Line => ({ kind: 'same', text });
	return [...a.slice(0, from).map(same), ...between(left, right), ...a.slice(a.length - end).map(same)];
}

/** By the longest lines they have in common, in order. */
function between(a: string[], b: string[]): Line[] {
	const width = b.length + 1;
	const longest = new Uint16Array((a.length + 1) * width);
	const at = (i: number, j: number) => longest[i * width + j] ?? 0;
	for (let i = a.length - 1; i >= 0; i--)
		for (let j = b.length - 1; j >= 0; j--)
			longest[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
	const lines: Line[] = [];
	for (let i = 0, j = 0; i < a.length || j < b.length; ) {
		if (i < a.length && j < b.length && a[i] === b[j]) lines.push({ kind: 'same', text: a[(j++, i++)] ?? '' });
		else if (j >= b.length || (i < a.length && at(i + 1, j) >= at(i, j + 1))) lines.push({ kind: 'gone', text: a[i++] ?? '' });
		else lines.push({ kind: 'new', text: b[j++] ?? '' });
	}
	return lines;
}

/** Only what changed and a few lines around it; undefined stands for what is left out. */
export function shortened(lines: Line[], around = 3): (Line | undefined)[] {
	const near = lines.map((_, at) => lines.slice(Math.max(0, at - around), at + around + 1).some((line) => line.kind !== 'same'));
	return lines.flatMap((line, at) => (near[at] ? [line] : at === 0 || near[at - 1] ? [undefined] : []));
}
