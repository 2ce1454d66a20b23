import { written, writtenInPython, type Json } from './written';

export const languages = ['curl', 'Python', 'JavaScript', 'n8n'] as const;
export type Language = (typeof languages)[number];
export type Programs = Record<Language, string>;

export type Call = {
	method: 'POST' | 'PUT';
	/** The server's address, without a path. */
	address: string;
	path: string;
	key: string;
	body: Json;
};

/** The same call in each language, ready to run as it stands. */
export function programs(call: Call): Programs {
	return { curl: curl(call), Python: python(call), JavaScript: javascript(call), n8n: n8n(call) };
}

/** What the reader's own key stands for where the secret is no longer known. */
export const anyKey = 'pk_live_your_api_key';

/** The shortest call there is: a number to a name, with the reader's address and key. */
export function push(address: string, key: string, value: number): Call {
	return { method: 'POST', address, path: '/v1/push/sales', key, body: value };
}

/** The call that replaces the config of a pin. */
export function updateOf(address: string, key: string, id: string, config: Json): Call {
	return { method: 'PUT', address, path: `/v1/pins/${id}`, key, body: { content: config } };
}

function curl({ method, address, path, key, body }: Call): string {
	const begin = [
		`curl -X ${method} ${address}${path} \\`,
		`  -H "Authorization: Bearer ${key}" \\`
	];
	if (typeof body === 'number') return [...begin, `  -d ${body}`].join('\n');
	// A quote inside a shell's quotes: end them, write it escaped, start again.
	const data = written(body).replaceAll("'", "'\\''");
	return [...begin, `  -H "Content-Type: application/json" \\`, `  -d '${data}'`].join('\n');
}

function python({ method, address, path, key, body }: Call): string {
	return [
		'import requests',
		'',
		`answer = requests.${method.toLowerCase()}(`,
		`    ${JSON.stringify(address + path)},`,
		`    headers={"Authorization": ${JSON.stringify(`Bearer ${key}`)}},`,
		`    json=${writtenInPython(body, '    ')},`,
		')',
		'answer.raise_for_status()'
	].join('\n');
}

function javascript({ method, address, path, key, body }: Call): string {
	return [
		`const answer = await fetch(${JSON.stringify(address + path)}, {`,
		`  method: '${method}',`,
		`  headers: {`,
		`    Authorization: ${JSON.stringify(`Bearer ${key}`)},`,
		`    'Content-Type': 'application/json'`,
		`  },`,
		`  body: JSON.stringify(${written(body, '  ')})`,
		`})`,
		`if (!answer.ok) throw new Error(await answer.text())`
	].join('\n');
}

/** A node as n8n's canvas takes it from the clipboard; without a leading `=` it reads no text as code. */
function n8n({ method, address, path, key, body }: Call): string {
	const node = {
		name: 'Push to Pindown',
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		position: [0, 0],
		parameters: {
			method,
			url: address + path,
			sendHeaders: true,
			headerParameters: { parameters: [{ name: 'Authorization', value: `Bearer ${key}` }] },
			sendBody: true,
			specifyBody: 'json',
			jsonBody: written(typeof body === 'number' ? { value: body } : body)
		}
	};
	return written({ nodes: [node], connections: {} });
}
