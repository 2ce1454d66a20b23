import adapter from '@sveltejs/adapter-static';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';

// The server's wheel carries the built app; the server fills in index.html for every address.
const built = '../server/src/pindown_server/web/app';

const shared =
	/@lucide|sdk[\\/]js|src[\\/]lib[\\/](ui|live|people|sharing|keys|pinboards|client|asked|pins[\\/][A-Za-z-]+\.)/;
/** What only people inside the app need: a visitor of something shared does not wait for it. */
const inside =
	/src[\\/]lib[\\/](ui[\\/](Ask|Code|CopyButton|Dialog|Field|Menu|Rows|Shell|Switch|Tabs|highlight)|people[\\/]|keys[\\/]|comments[\\/]|search[\\/]|sharing[\\/](Audience|BoardRoles|Collaborators|Embed|embed-code|FlagSwitches|InvitationLink|Opening|opening|ShareDialog|shareable|Transfer|transfer|Until|who-sees)|pinboards[\\/](AddPin|Edit|BoardEditor|arranging|hold|keyboard|past[\\/]|wall[\\/](Wall|Head|Lost|Turns|awake|screens|turning))|pins[\\/](Calls|calls|ConfigEditor|config-problems|Content|editor|FirstPush|Gallery|List|Missing|missing|Opened|PinPicker|PinScreen|Programs|Revisions|Row|shortened|type-name|view|written)\.)/;

const isShared = (id: string) => shared.test(id) && !inside.test(id);

export default defineConfig({
	plugins: [
		sveltekit({
			adapter: adapter({ pages: built, assets: built, fallback: 'index.html', precompress: true })
		})
	],
	// The policy allows fonts and pictures from our own address only, never from a data: URL.
	build: { assetsInlineLimit: 0 },
	environments: {
		client: {
			build: {
				rolldownOptions: {
					// What several screens share comes in one file instead of forty.
					output: { codeSplitting: { groups: [{ name: 'frame', test: isShared, minShareCount: 2 }] } }
				}
			}
		}
	},
	server: {
		proxy: Object.fromEntries(
			['/v1', '/docs'].map((path) => [path, process.env['PINDOWN_URL'] ?? 'http://127.0.0.1:8000'])
		)
	},
	test: {
		include: ['src/**/*.test.ts'],
		environment: 'happy-dom',
		// Patience, not speed: a busy machine imports slowly.
		testTimeout: 60_000
	},
	// Under vitest Svelte would otherwise resolve to its server build.
	...(process.env['VITEST'] ? { resolve: { conditions: ['browser'] } } : {})
});
