import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import * as everything from '../src/index.js'
import { PindownClient } from '../src/index.js'

const README = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
const LISTED = [...README.matchAll(/^\| `([a-zA-Z.]+)\(.*\| `(\w+) (\S+)` \|$/gm)].map(
  ([, method = '', verb, path]) => ({ method, call: `${verb} ${path}` }),
)
const WORDS: Record<string, string> = {
  ':id': 'ID', ':n': '7', ':pinId': 'PIN', ':userId': 'USER', ':type': 'TYPE', ':blockId': 'BLOCK',
  ':commentId': 'COMMENT', ':addressId': 'ADDRESS',
  ':token': 'TOKEN', ':roleId': 'ROLE', ':email': 'EMAIL', ':name': 'NAME',
}

/** Every method of the client's groups, by its path. */
function methods(group: object, path: string): string[] {
  const own = Object.getOwnPropertyNames(Object.getPrototypeOf(group)).filter((name) => name !== 'constructor')
  const groups = Object.entries(group).filter(([name, inner]) => name !== 'sender' && typeof inner === 'object')
  return [
    ...own.map((name) => `${path}.${name}`),
    ...groups.flatMap(([name, inner]) => methods(inner, `${path}.${name}`)),
  ]
}

test('every method is listed, and every listed one exists', () => {
  const all = Object.entries(new PindownClient()).flatMap(([name, group]) => methods(group, name))
  const expected = all.filter((method) => !/^(pinboards|pages)\.(collaborators|comments)\./.test(method))
  expect(LISTED.map(({ method }) => method).sort()).toEqual([...expected, 'audit', 'live', 'push', 'search'].sort())
})

test.each(LISTED.filter(({ method }) => method !== 'live'))('$method makes the call it is listed with', async ({ method, call }) => {
  const asked: string[] = []
  const answer: typeof fetch = async (input, init) => {
    asked.push(`${init?.method} ${new URL(String(input)).pathname}`)
    return Response.json({ data: {} })
  }
  const path = method.split('.')
  const name = path.pop() ?? ''
  const client: unknown = new PindownClient({ apiKey: 'k', fetch: answer })
  const group = path.reduce((found, part) => Reflect.get(Object(found), part) as unknown, client)
  const words = [...call.matchAll(/:\w+/g)].map(([word]) => (word === ':n' ? 7 : WORDS[word]))
  const given = name === 'upload' ? [new Blob(['a'])] : words
  await Reflect.apply(Reflect.get(Object(group), name) as () => Promise<unknown>, group, given)
  expect(asked).toEqual([call.replace(/:\w+/g, (word) => WORDS[word] ?? word)])
})

test('the public names', () => {
  expect(Object.keys(everything).sort()).toEqual([
    'Conflict', 'ConnectionFailed', 'Forbidden', 'Gone', 'LiveStream', 'NotFound', 'PindownClient', 'PindownError',
    'PreconditionFailed', 'RateLimited', 'Refused', 'ScopeRequired', 'ServerFailed', 'TimedOut', 'Unauthorized',
    'ValidationFailed', 'apply', 'applyPage', 'applyPinboard', 'nothingYet',
  ])
})
