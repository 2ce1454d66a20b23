import { expect, inject, test } from 'vitest'
import { Conflict, NotFound, PindownClient, PreconditionFailed } from '../src/index.js'
import { ownClient } from './own-account.js'

const client = await ownClient('pins')
const config = (value: unknown) => ({ cards: [{ title: 'Sales', value }] })
const newPin = (title = 'Sales') =>
  client.pins.create({ pin_type: 'stat-cards', pin_config: config(1), metadata: { title, tags: ['kpi'] } })

test('a pin from its first value to the bin', async () => {
  const made = await newPin()
  expect(made).toMatchObject({ title: 'Sales', pin_type: 'stat-cards', content: config(1), revision: 1 })
  expect(made.created_at).toMatch(/^\d{4}-.*Z$/)
  const saved = await client.pins.update(made.id, { content: config(2), title: 'Sales today' })
  expect(saved).toEqual({ id: made.id, updated_at: expect.any(Number), revision: 2, version: 2 })
  const pin = await client.pins.get(made.id)
  expect(pin).toMatchObject({ title: 'Sales today', pin_config: config(2), created_at: expect.any(Number) })
  expect(pin.metadata.tags).toEqual(['kpi'])
  expect(await client.pins.delete(made.id)).toEqual({ id: made.id, deleted_at: expect.any(Number) })
  await expect(client.pins.get(made.id)).rejects.toThrow(NotFound)
})

test('lists come newest first, and can be narrowed', async () => {
  const pin = await newPin()
  const page = await client.pins.list({ limit: 1 })
  expect(page.items.map(({ id }) => id)).toEqual([pin.id])
  expect((await client.pins.list({ tag: 'no such tag' })).total).toBe(0)
  expect((await client.pins.shared()).items).toEqual([])
})

test('patches of both kinds', async () => {
  const { id } = await newPin()
  await client.pins.patch(id, { metadata: { title: 'Merged' } })
  await client.pins.patch(id, [{ op: 'replace', path: '/pin_config/cards/0/value', value: 7 }])
  expect(await client.pins.get(id)).toMatchObject({ title: 'Merged', pin_config: config(7) })
})

test('a revision that was overtaken is refused, a dry run changes nothing', async () => {
  const { id, revision } = await newPin()
  await client.pins.update(id, { title: 'First' }, { ifMatch: revision })
  await expect(client.pins.update(id, { title: 'Second' }, { ifMatch: revision })).rejects.toThrow(
    PreconditionFailed,
  )
  expect(await client.pins.update(id, { title: 'Tried' }, { dryRun: true })).toMatchObject({ dry_run: true })
  expect((await client.pins.get(id)).title).toBe('First')
})

test('history and back', async () => {
  const { id } = await newPin()
  await client.pins.update(id, { content: config(2) })
  const { items } = await client.pins.revisions(id)
  expect(items.map(({ revision }) => revision)).toEqual([2, 1])
  expect((await client.pins.revision(id, 1)).pin.content).toEqual(config(1))
  expect((await client.pins.restore(id, 1)).revision).toBe(3)
  expect((await client.pins.get(id)).content).toEqual(config(1))
})

test('a shared pin is seen without a key', async () => {
  const { id } = await newPin()
  const visitor = new PindownClient({ baseUrl: inject('url') })
  await expect(visitor.shared.pin(id)).rejects.toThrow(NotFound)
  const shared = await client.pins.share(id, { is_public: true })
  expect(shared.shareable_url).toMatch(new RegExp(`/share/pin/${id}$`))
  expect(await visitor.shared.pin(id)).toMatchObject({ id, pin_config: config(1), allow_comments: false })
  expect(await client.pins.permissions(id)).toMatchObject({ role: 'owner', can_delete: true })
})

test('many at once, each for itself or all or nothing', async () => {
  const made = await client.pins.batchCreate([{ pin_type: 'stat-cards', pin_config: config(1), title: 'A' }, { title: 'B', pin_type: 'none' }])
  const [{ id } = { id: '' }] = made.created
  expect(made.failed).toMatchObject([{ index: 1, code: 'VALIDATION_FAILED' }])
  expect((await client.pins.batchUpdate([{ id, title: 'C' }])).updated).toEqual([id])
  const batch = await client.pins.batchGet([id, 'p-000000000000'])
  expect(batch.found.map((pin) => pin.title)).toEqual(['C'])
  expect(batch.not_found).toEqual(['p-000000000000'])
  const board = await client.pinboards.create({ title: 'Harbour' })
  expect((await client.pinboards.batchAddPins(board.id, [id])).added).toEqual([id])
  expect((await client.pinboards.batchGet([board.id])).found[0]?.pins).toEqual([id])
  expect((await client.pinboards.batchRemovePins(board.id, [id])).removed).toEqual([id])
  const both = [id, 'p-000000000000']
  await expect(client.pins.batchDelete(both, { atomic: true })).rejects.toThrow(Conflict)
  expect((await client.pins.batchDelete(both)).deleted).toEqual([id])
})

test('every type says what it takes, to everybody', async () => {
  const visitor = new PindownClient({ baseUrl: `${inject('url')}/v1/` })
  const { items } = await visitor.pinTypes.list()
  expect(items.map(({ type }) => type)).toContain('stat-cards')
  expect((await visitor.pinTypes.get('stat-cards')).schema).toMatchObject({ type: 'object' })
})
