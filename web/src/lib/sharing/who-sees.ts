import type { Flags, Shareable } from './shareable';

const nouns: Record<Shareable, string> = { pins: 'pin', pinboards: 'board', pages: 'page' };

/** Who sees a thing as its flags stand now, and what else becomes seen with it. */
export function whoSees(kind: Shareable, flags: Flags, now = Date.now()): string {
	const noun = nouns[kind];
	if (flags.is_public && flags.expires_at && flags.expires_at <= now)
		return `The public link is over: only you and the people below see this ${noun}. Give it a later end to open it again.`;
	if (!flags.is_public) {
		const link = `The link shows this ${noun} to you and the people below, and to nobody else.`;
		return kind === 'pins' ? `${link} On boards and pages that you put it on, their audience sees it too.` : `${link} ${opened(noun)}`;
	}
	const who = flags.require_sign_in ? 'Everyone with the link and an account here' : 'Everyone with the link';
	const does = flags.allow_edit ? 'Signed-in visitors may change it' : 'Nobody but editors may change it';
	return kind === 'pins' ? `${who} sees this pin. ${does}.` : `${who} sees this ${noun}. ${opened(noun)}`;
}

const opened = (noun: string) =>
	`Your own pins on it are seen with it, also private ones; other people’s pins stay hidden places for who may not see them on this ${noun}.`;
