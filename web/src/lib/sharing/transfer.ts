import type { Shareable } from './shareable';

/** What can be given to another owner, by its name in the API. */
export type Ownable = Shareable | 'datasets';

const stays = 'You stay its editor until the new owner removes you.';
const decides = 'From then on only the new owner decides who sees it.';

/** What a new owner changes, besides whose it is. */
export const whatChanges: Record<Ownable, string[]> = {
	pins: [
		stays,
		decides,
		'It takes no datasets along: variables that draw from yours show nothing until the new owner lets in their own.',
		'Its push addresses end.',
		'On boards and pages where you opened it by placing it, it is closed again until the new owner places it.'
	],
	pinboards: [
		stays,
		decides,
		'The pins on it stay whose they are, and yours stay open to whoever sees the board.',
		'Invitations you sent become the new owner’s.'
	],
	pages: [
		stays,
		decides,
		'The pins on it stay whose they are, and yours stay open to whoever sees the page.',
		'Invitations you sent become the new owner’s.'
	],
	datasets: [
		'You will not see it any more: nobody but its owner reads a dataset.',
		'Your pins draw from it no more, and show a mark in its place.',
		'Its name in texts changes if the new owner has one of that name already.'
	]
};
