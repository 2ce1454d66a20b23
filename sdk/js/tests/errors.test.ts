import { afterEach, expect, inject, test, vi } from 'vitest'
import {
  ConnectionFailed, NotFound, PindownClient, PindownError, RateLimited, Refused, ScopeRequired, ServerFailed,
  TimedOut, Unauthorized, ValidationFailed,
} from '../src/index.js'

const baseUrl = inject('url')
const pin = { pin_type: 'stat-cards', pin_config: { cards: [{ title: 'Sales', value: 1 }] }, title: 'Sales' }
const client = new PindownClient({ apiKey: inject('key'), baseUrl })
const failure = (call: Promise<unknown>) => call.then(() => expect.unreachable(), (error: unknown) => error)

test('each refusal is an error of its own', async () => {
  const { id } = await client.pins.create(pin)
  const missing = await failure(client.pins.get('p-000000000000'))
  expect(missing).toBeInstanceOf(NotFound)
  expect(missing).toMatchObject({
    name: 'NotFound', code: 'NOT_FOUND', status: 404, message: "Pin not found or you don't have access",
    requestId: expect.any(String),
  })
  const stranger = new PindownClient({ apiKey: 'pk_live_wrong', baseUrl })
  expect(await failure(stranger.pins.list())).toBeInstanceOf(Unauthorized)
  const reader = new PindownClient({ apiKey: inject('readingKey'), baseUrl })
  const refused = await failure(reader.pins.update(id, { title: 'x' }))
  expect(refused).toBeInstanceOf(ScopeRequired)
  expect(refused).toMatchObject({ requiredScope: 'pins:write' })
  const wrong = await failure(client.pins.update(id, { content: { cards: [{ title: 3 }] } }))
  expect(wrong).toBeInstanceOf(ValidationFailed)
  expect(wrong).toMatchObject({
    message: "Invalid content structure for pin card type 'stat-cards'",
    field: expect.stringMatching(/^content\/cards\/0/),
    problems: expect.arrayContaining([expect.objectContaining({ field: expect.any(String) })]),
  })
})

test('a spent budget says when it is filled again', async () => {
  const starter = new PindownClient({ apiKey: inject('starterKey'), baseUrl, maxRetries: 0 })
  const calls = [1, 2, 3].map(() => starter.pins.list().catch((error: unknown) => error)) // two at the turn of a minute
  const limited = (await Promise.all(calls)).find((answer) => answer instanceof RateLimited)
  expect(limited).toMatchObject({ code: 'RATE_LIMIT_EXCEEDED', limit: 1, used: 2, window: 'minute' })
  expect(limited?.retryAfter).toBeGreaterThan(0)
})

test('nobody there', async () => {
  const nobody = new PindownClient({ baseUrl: 'http://127.0.0.1:1', maxRetries: 0 })
  expect(await failure(nobody.pins.list())).toBeInstanceOf(ConnectionFailed)
})

type Fault = () => Response

/** A line to the real server on which the first answers are lost, or come from something else. */
function flaky(...faults: Fault[]) {
  const sent: Headers[] = []
  const line: typeof fetch = async (input, init) => {
    sent.push(new Headers(init?.headers))
    const answer = await fetch(input, init)
    const fault = faults.shift()
    return fault === undefined ? answer : fault()
  }
  return { sent, client: new PindownClient({ apiKey: inject('key'), baseUrl, fetch: line }) }
}

const lost: Fault = () => {
  throw new TypeError('fetch failed')
}
const late: Fault = () => {
  throw new DOMException('too slow', 'TimeoutError')
}
const busy = (seconds: string): Fault => () => new Response('', { status: 503, headers: { 'Retry-After': seconds } })
const answers = (status: number, text = ''): Fault => () => new Response(text, { status })

test('a lost answer is asked for again, and nothing happens twice', async () => {
  const line = flaky(lost, busy('0'))
  const title = `Once ${Math.random()}`
  const made = await line.client.pins.create({ ...pin, title })
  expect(line.sent).toHaveLength(3)
  expect(new Set(line.sent.map((headers) => headers.get('Idempotency-Key'))).size).toBe(1)
  expect((await client.pins.list({ q: title })).items.map(({ id }) => id)).toEqual([made.id])
})

test('a change of a revision is made once, though its answer is lost', async () => {
  const { id } = await client.pins.create(pin)
  const line = flaky(lost)
  expect(await line.client.pins.update(id, { title: 'x' }, { ifMatch: 1 })).toMatchObject({ revision: 2 })
  expect(line.sent).toHaveLength(2)
})

test('signing in is never repeated', async () => {
  const line = flaky(busy('0'))
  expect(await failure(line.client.auth.signIn({ email: 'a@example.org', password: 'x' }))).toBeInstanceOf(ServerFailed)
  expect(line.sent).toHaveLength(1)
})

test('a name for another call is refused', async () => {
  const { id } = await client.pins.create(pin)
  const named = { idempotencyKey: `order ${id}` }
  await client.pins.update(id, { title: 'One' }, named)
  expect(await client.pins.update(id, { title: 'One' }, named)).toMatchObject({ revision: 2 })
  expect(await failure(client.pins.update(id, { title: 'Other' }, named))).toMatchObject({
    code: 'IDEMPOTENCY_CONFLICT',
  })
})

test.each([
  [ConnectionFailed, 3, [lost, lost, lost]],
  [TimedOut, 3, [late, late, late]],
  [ServerFailed, 3, [busy('0'), busy('0'), busy('0')]],
  [ServerFailed, 1, [busy('31')]],
  [ServerFailed, 1, [answers(502, '<html>')]],
  [Refused, 1, [answers(418)]],
  [NotFound, 1, [answers(404, '{"error":"nginx"}')]],
  [PindownError, 1, [answers(200, 'hello')]],
])('patience has an end: %o after %i', async (kind, attempts, faults) => {
  const line = flaky(...faults)
  expect(await failure(line.client.pins.create(pin))).toBeInstanceOf(kind)
  expect(line.sent).toHaveLength(attempts)
})

test('a secret is never asked for twice', async () => {
  const line = flaky(lost)
  expect(await failure(line.client.keys.create({ name: 'Lost', scopes: ['pins:read'] }))).toBeInstanceOf(ConnectionFailed)
  expect(line.sent).toHaveLength(1)
  expect(line.sent[0]?.has('Idempotency-Key')).toBe(false)
})

test('only what would show twice carries a key', async () => {
  const line = flaky()
  const { id } = await line.client.pins.create(pin)
  await line.client.pins.update(id, { title: 'x' })
  await line.client.pins.update(id, { title: 'y' }, { ifMatch: 2 })
  await line.client.pins.batchGet([id])
  await line.client.pins.delete(id, { idempotencyKey: 'mine' })
  const keys = line.sent.map((headers) => headers.get('Idempotency-Key'))
  expect(keys).toEqual([expect.any(String), null, expect.any(String), null, 'mine'])
})

test('whoever gives up is told why', async () => {
  const reason = new Error('changed my mind')
  expect(await failure(client.pins.list({}, { signal: AbortSignal.abort(reason) }))).toBe(reason)
  const stop = new AbortController()
  const line = flaky(busy('20'))
  const call = failure(line.client.pins.list({}, { signal: stop.signal }))
  await vi.waitUntil(() => line.sent.length === 1, { timeout: 30_000 })
  stop.abort(reason)
  expect(await call).toBe(reason)
})

afterEach(() => vi.unstubAllEnvs())

test('address and key come from the environment', async () => {
  vi.stubEnv('PINDOWN_URL', `${baseUrl}/v1`)
  vi.stubEnv('PINDOWN_API_KEY', inject('key'))
  expect((await new PindownClient().keys.current()).scopes).toEqual(['*'])
})
