import type { Flags as PinFlags } from '@pindown/client';

/** What can be shared, by its name in the API. */
export type Shareable = 'pins' | 'pinboards';

/** Who sees it and what they may do; a board has no `allow_edit`. */
export type Flags = Omit<PinFlags, 'allow_edit'> & Partial<PinFlags>;

/** The link to hand over by hand, where the server that invites somebody sends no mail. */
export function linkOf(answer: object): string | undefined {
	if (!('invite_url' in answer)) return undefined;
	return typeof answer.invite_url === 'string' ? answer.invite_url : undefined;
}
