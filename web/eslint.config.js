import svelte from 'eslint-plugin-svelte';
import ts from 'typescript-eslint';

export default ts.config(
	{ ignores: ['.svelte-kit/', 'node_modules/', 'e2e/shots/', 'static/'] },
	...ts.configs.strict,
	...svelte.configs.recommended,
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: { parserOptions: { parser: ts.parser } }
	},
	{
		rules: {
			'max-lines': ['error', { max: 250 }],
			// Only what went wrong is said there, for whoever looks into it.
			'no-console': ['error', { allow: ['error'] }],
			eqeqeq: 'error',
			// The app always lives at the root of its address: its links need no base path.
			'svelte/no-navigation-without-resolve': 'off',
			// A plain Set or Map in a module is one that nothing on the page depends on.
			'svelte/prefer-svelte-reactivity': 'off',
			// A `!` stands where the line before has shown that there is something.
			'@typescript-eslint/no-non-null-assertion': 'off'
		}
	}
);
