/** The order once `id` stands at a place. */
export function movedTo(ids: readonly string[], id: string, place: number): string[] {
	const rest = ids.filter((one) => one !== id);
	rest.splice(Math.max(0, Math.min(rest.length, place)), 0, id);
	return rest;
}
