import { heading, live, type Screen } from './screen';

/** What is seen by who is not signed in. */
export const outside: Screen[] = [
	{
		name: 'forgot',
		path: () => '/forgot',
		there: (page) => page.getByText('This server sends no mail'),
		outside: true
	},
	{
		name: 'invitation',
		path: ({ invitation }) => invitation,
		there: (page) => page.getByRole('button', { name: 'Make your account' }),
		outside: true
	},
	{ name: 'sign-in', path: () => '/sign-in', there: heading('Sign in'), outside: true },
	{
		name: 'welcome',
		path: () => '/welcome?code=printed',
		there: heading('Welcome to Pindown'),
		outside: true
	},
	{
		name: 'reset',
		path: () => '/reset?token=x',
		there: heading('Choose a password'),
		outside: true
	},
	{
		name: 'share-board',
		path: ({ board }) => `/share/pinboard/${board}`,
		there: live,
		outside: true
	},
	{
		name: 'share-embed',
		path: ({ board }) => `/share/pinboard/${board}/embed`,
		there: heading('Shops'),
		outside: true
	}
];
