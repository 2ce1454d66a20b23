import type { Flags as PinFlags } from '@pindown/client';
import { client } from '#lib/client.ts';

/** What can be shared, by its name in the API. */
export type Shareable = 'pins' | 'pinboards' | 'pages';

/** Who sees it and what they may do; a board has no `allow_edit`, a page no comments either. */
export type Flags = Pick<PinFlags, 'is_public' | 'require_sign_in'> & Partial<PinFlags> & { expires_at?: number | null };

/** Change who sees it; what is left out stays. */
export async function share(kind: Shareable, id: string, flags: Partial<Flags>): Promise<void> {
	if (kind === 'pages') await client.pages.update(id, flags);
	else await client[kind].share(id, flags);
}
