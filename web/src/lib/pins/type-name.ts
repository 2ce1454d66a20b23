/** A type as a reader would call it: `stat-cards` is “Stat cards”. */
export function typeName(type: string): string {
	const words = type.replaceAll('-', ' ');
	return words.charAt(0).toUpperCase() + words.slice(1);
}
