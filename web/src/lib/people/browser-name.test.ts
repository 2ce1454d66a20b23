import { expect, test } from 'vitest';
import { browserName } from './browser-name';

test.each([
	[
		'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/147.0 Safari/537.36',
		'Chrome on Linux'
	],
	[
		'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604.1',
		'Safari on iPhone'
	],
	[
		'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/147.0 Safari/537.36 Edg/147.0',
		'Edge on Windows'
	],
	['curl/8.5.0', 'curl/8.5.0'],
	['', 'A browser']
])('%s', (agent, name) => expect(browserName(agent)).toBe(name));
