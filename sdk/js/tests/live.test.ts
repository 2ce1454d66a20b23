import { expect, inject, test, vi } from 'vitest'
import { apply, nothingYet, PindownClient, Unauthorized, type LiveEvent, type LiveStatus } from '../src/index.js'
import { RunningServer } from './running-server.js'

const client = new PindownClient({ apiKey: inject('key'), baseUrl: inject('url') })
const config = (value: number) => ({ cards: [{ title: 'Sales', value }] })
const newPin = (from = client) =>
  from.pins.create({ pin_type: 'stat-cards', pin_config: config(0), metadata: { title: 'Sales' } })

test('a snapshot, then every change; and both come to what is there', async () => {
  const { id } = await newPin()
  const statuses: LiveStatus[] = []
  let heard = 0
  const stream = client.live({
    pins: [id, 'p-000000000000'],
    onStatus: (status) => statuses.push(status),
    onHeard: () => (heard += 1),
  })
  expect(stream.status).toBe('connecting')
  const seen: LiveEvent[] = []
  let state = nothingYet
  for await (const event of stream) {
    seen.push(event)
    state = apply(state, event)
    if (seen.length === 4) break
    await client.pins.update(id, { content: config(seen.length) })
  }
  expect(seen.map(({ event }) => event)).toEqual(['snapshot', 'pin', 'pin', 'pin'])
  expect(state.pins.get(id)).toMatchObject({ version: 4, pin_config: config(3) })
  expect([...state.denied]).toEqual(['p-000000000000'])
  expect(statuses).toEqual(['live', 'ended'])
  expect(stream.status).toBe('ended')
  expect(heard).toBeGreaterThan(0)
})

test('a pinboard that changes says so, and its pins come with it', async () => {
  const [board, pin] = await Promise.all([client.pinboards.create({ title: 'Board' }), newPin()])
  let state = nothingYet
  for await (const event of client.live({ pinboards: [board.id] })) {
    state = apply(state, event)
    if (event.event === 'snapshot') await client.pinboards.addPin(board.id, { pin_id: pin.id })
    if (event.event === 'pinboard') break
  }
  expect(state.outdated).toEqual(new Map([[board.id, 2]]))
  for await (const event of client.live({ pinboards: [board.id] })) {
    state = apply(state, event)
    break
  }
  expect(state.outdated.size).toBe(0)
  expect([...state.pins.keys()]).toEqual([pin.id])
  expect(state.pinboards.get(board.id)?.pins).toEqual([pin.id])
})

test('a server that comes back is found, and tells everything anew', async () => {
  const server = await RunningServer.withAccount()
  try {
    const own = new PindownClient({ apiKey: await server.addKey(), baseUrl: server.url })
    const { id } = await newPin(own)
    const statuses: LiveStatus[] = []
    const stream = own.live({ pins: [id], onStatus: (status) => statuses.push(status) })
    const values: unknown[] = []
    for await (const event of stream) {
      expect(event.event).toBe('snapshot')
      values.push(apply(nothingYet, event).pins.get(id)?.pin_config)
      if (values.length === 2) break
      await server.stop()
      await server.start()
      await own.pins.update(id, { content: config(7) })
      stream.wake()
    }
    expect(values).toEqual([config(0), config(7)])
    expect(statuses).toEqual(['live', 'reconnecting', 'live', 'ended'])
  } finally {
    await server.remove()
  }
})

test('it ends with the key', async () => {
  const { id } = await newPin()
  const made = await client.keys.create({ name: 'Short-lived', scopes: ['pins:read'] })
  const stream = new PindownClient({ apiKey: made.key, baseUrl: inject('url') }).live({ pins: [id] })
  const seen: LiveEvent[] = []
  for await (const event of stream) {
    seen.push(event)
    if (event.event === 'snapshot') await client.keys.delete(made.id)
  }
  expect(seen.at(-1)).toEqual({ event: 'denied', data: {} })
  expect(stream.status).toBe('ended')
})

test('it ends without an error when it is closed, by the signal or by hand', async () => {
  const { id } = await newPin()
  const stop = new AbortController()
  for await (const _event of client.live({ pins: [id], signal: stop.signal })) stop.abort()
  const stream = client.live({ pins: [id] })
  for await (const _event of stream) stream.close()
  const never = client.live({ pins: [id], signal: AbortSignal.abort() })
  for await (const _event of never) expect.unreachable()
  expect([stream.status, never.status]).toEqual(['ended', 'ended'])
})

test('a wrong key is an error', async () => {
  const stream = new PindownClient({ apiKey: 'pk_live_wrong', baseUrl: inject('url') }).live({ pins: ['p-1'] })
  await expect(stream[Symbol.asyncIterator]().next()).rejects.toThrow(Unauthorized)
  expect(stream.status).toBe('ended')
})

/** A line that first says what it is told to say, and then is the real one. */
function saying(...texts: string[]): PindownClient {
  const line: typeof fetch = (input, init) => {
    const text = texts.shift()
    return text === undefined ? fetch(input, init) : Promise.resolve(new Response(text))
  }
  return new PindownClient({ apiKey: inject('key'), baseUrl: inject('url'), fetch: line })
}

test('no pin goes back to an older version until a snapshot says so', async () => {
  const { id } = await newPin()
  const view = (version: number) => ({ id, version, revision: version })
  const says = (event: string, data: unknown) => `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`
  const told = [
    'retry: 1\n\n',
    says('snapshot', { pins: [view(5)], pinboards: [], pages: [], denied: [] }),
    says('pin', view(7)),
    says('pin', view(6)),
    says('frame', { pins: [view(6)] }),
    says('frame', { pins: [view(4), view(8)] }),
    says('pin', view(8)),
  ]
  const seen: LiveEvent[] = []
  for await (const event of saying(told.join('')).live({ pins: [id] })) {
    seen.push(event)
    if (seen.length === 5) break
  }
  expect(seen.map(({ event, data }) => [event, 'pins' in data ? data.pins.map((pin) => pin.version) : 'version' in data && data.version]))
    .toEqual([['snapshot', [5]], ['pin', 7], ['frame', [8]], ['pin', 8], ['snapshot', [1]]])
})

/** A line over which pieces come as they are given, and then nothing more, not even an end when somebody hangs up. */
function silentAfter(...pieces: Uint8Array[]): { client: PindownClient; signals: AbortSignal[] } {
  const signals: AbortSignal[] = []
  const line: typeof fetch = (_input, init) => {
    if (init?.signal) signals.push(init.signal)
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const piece of pieces) controller.enqueue(piece)
      },
    })
    return Promise.resolve(new Response(body))
  }
  return { client: new PindownClient({ baseUrl: 'http://127.0.0.1:1', fetch: line }), signals }
}

const EMPTY = new TextEncoder().encode('event: snapshot\ndata: {"denied":["ü€"]}\n\n')

test('text is whole wherever its bytes are cut', async () => {
  const bytes = Array.from(EMPTY, (byte) => Uint8Array.of(byte))
  for await (const event of silentAfter(...bytes).client.live({ pins: ['p-1'] })) {
    expect(event).toEqual({ event: 'snapshot', data: { pins: [], pinboards: [], pages: [], denied: ['ü€'] } })
    break
  }
})

test('a line that says nothing for 40 seconds is dead', async () => {
  vi.useFakeTimers()
  try {
    const line = silentAfter(EMPTY)
    const stream = line.client.live({ pins: ['p-1'] })
    const events = stream[Symbol.asyncIterator]()
    await events.next()
    const next = events.next()
    await vi.advanceTimersByTimeAsync(39_999)
    expect([stream.status, line.signals.length]).toEqual(['live', 1])
    await vi.advanceTimersByTimeAsync(1)
    expect([stream.status, line.signals.length]).toEqual(['reconnecting', 1])
    await vi.advanceTimersByTimeAsync(2000)
    expect((await next).value).toMatchObject({ event: 'snapshot' })
    expect([stream.status, line.signals.length]).toEqual(['live', 2])
    await events.return(undefined)
    expect(line.signals.map(({ aborted }) => aborted)).toEqual([true, true])
  } finally {
    vi.useRealTimers()
  }
})
