/** A board or a page that a pin is put on. */
export type Place = { kind: 'pinboards' | 'pages'; id: string; isPublic: boolean };

/** What is said when somebody else's pin was placed. */
export const staysClosed =
	'It stays closed: only people who may see that pin anyway see it here. For others its place is empty.';

/** Who a pin of one's own opens to when it is put there. `people` have a role on it besides its owner. */
export function audience(place: Place, people: number): string {
	const named = people === 1 ? 'one person' : `${people} people`;
	if (place.isPublic) return people > 0 ? `everyone with the link, and ${named}` : 'everyone with the link';
	return people > 0 ? `${named} it is shared with` : 'nobody else yet';
}
