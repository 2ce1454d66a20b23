import { heading, live, type Screen } from './screen';

/** What is seen by who is not signed in. */
export const outside: Screen[] = [
	{
		name: 'forgot',
		path: () => '/forgot',
		there: (page) => page.getByText('This server sends no mail'),
		as: 'visitor'
	},
	{
		name: 'invitation',
		path: ({ invitation }) => invitation,
		there: (page) => page.getByRole('button', { name: 'Make your account' }),
		as: 'visitor'
	},
	{ name: 'sign-in', path: () => '/sign-in', there: heading('Sign in'), as: 'visitor' },
	{
		name: 'welcome',
		path: () => '/welcome?code=printed',
		there: heading('Welcome to Pindown'),
		as: 'visitor'
	},
	{
		name: 'reset',
		path: () => '/reset?token=x',
		there: heading('Choose a password'),
		as: 'visitor'
	},
	{
		name: 'share-board',
		path: ({ board }) => `/share/pinboard/${board}`,
		there: live,
		as: 'visitor'
	},
	{
		name: 'share-embed',
		path: ({ board }) => `/share/pinboard/${board}/embed`,
		there: heading('Shops'),
		as: 'visitor'
	}
];
