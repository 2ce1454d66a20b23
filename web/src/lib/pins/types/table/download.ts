/** Gives the reader a file made here; nothing leaves the machine. */

export function download(name: string, content: string, type: string): void {
	const address = URL.createObjectURL(new Blob([content], { type }));
	const link = document.createElement('a');
	link.href = address;
	link.download = `${name.replace(/[^\p{L}\p{N}._ -]+/gu, '').trim().slice(0, 80) || 'table'}.csv`;
	link.click();
	URL.revokeObjectURL(address);
}
