import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { programs, push, updateOf } from './calls';
import { shortened } from './shortened';

const hostile = {
	text: `it's "quoted" \\ $HOME \`id\` ${'\u2028'} {{x}}`,
	none: null,
	yes: true,
	list: [1, [], {}]
};

test('curl hands over exactly the body, whatever is in its texts', () => {
	const { curl } = programs(updateOf('http://127.0.0.1:8000', 'pk_live_x', 'p-abc', hostile));
	const seen = execFileSync('sh', [
		'-c',
		`curl() { for a; do last="$a"; done; printf %s "$last"; }\n${curl}`
	]);
	expect(JSON.parse(seen.toString())).toEqual({ content: hostile });
});

test('Python and JavaScript read the same body', () => {
	const { Python, JavaScript } = programs(updateOf('http://a', 'k', 'p-abc', hostile));
	const stub =
		'import sys, types, json\nm = types.ModuleType("requests")\nclass A:\n  raise_for_status = lambda s: None\ndef put(url, headers, json):\n  m.seen = json\n  return A()\nm.put = put\nsys.modules["requests"] = m\n';
	const out = execFileSync('python3', ['-c', `${stub}${Python}\nprint(json.dumps(m.seen))`]);
	expect(JSON.parse(out.toString())).toEqual({ content: hostile });
	const body = JavaScript.slice(
		JavaScript.indexOf('JSON.stringify(') + 15,
		JavaScript.lastIndexOf(')\n})')
	);
	expect(JSON.parse(body)).toEqual({ content: hostile });
});

test('n8n is given a node with the same call', () => {
	const { n8n } = programs(updateOf('http://127.0.0.1:8000', 'pk_live_x', 'p-abc', hostile));
	const { nodes, connections } = JSON.parse(n8n);
	expect([nodes.length, connections]).toEqual([1, {}]);
	const { method, url, headerParameters, jsonBody } = nodes[0].parameters;
	expect([method, url]).toEqual(['PUT', 'http://127.0.0.1:8000/v1/pins/p-abc']);
	expect(headerParameters.parameters).toEqual([
		{ name: 'Authorization', value: 'Bearer pk_live_x' }
	]);
	expect(jsonBody).toMatch(/^\{/); // a text that begins with = would be run
	expect(JSON.parse(jsonBody)).toEqual({ content: hostile });
});

test('a number is pushed in three short lines', () => {
	const { curl, Python, JavaScript, n8n } = programs(push('http://127.0.0.1:8000', 'pk_live_x', 12_450));
	expect(curl).toBe(
		'curl -X POST http://127.0.0.1:8000/v1/push/sales \\\n' +
			'  -H "Authorization: Bearer pk_live_x" \\\n' +
			'  -d 12450'
	);
	expect(Python).toContain('json=12450,');
	expect(JavaScript).toContain('JSON.stringify(12450)');
	expect(JSON.parse(JSON.parse(n8n).nodes[0].parameters.jsonBody)).toEqual({ value: 12_450 });
});

test('a long config is cut to its first rows, a short one is left alone', () => {
	const rows = Array.from({ length: 500 }, (_, index) => ({ index }));
	expect(shortened({ rows })).toEqual({ config: { rows: rows.slice(0, 2) }, cut: true });
	expect(shortened({ rows: rows.slice(0, 5) }).cut).toBe(false);
});
