import { expect, inject, test } from 'vitest'
import { NotFound, PindownClient } from '../src/index.js'
import { ownClient } from './own-account.js'

const client = await ownClient('pinboards')
const newBoard = () => client.pinboards.create({ title: 'Marketing Dashboard', tags: ['kpis'] })
const newPin = () => client.pins.create({ content: '# Hello', metadata: { title: 'Hello' } })

test('a pinboard from its title to its end', async () => {
  const board = await newBoard()
  const saved = await client.pinboards.update(board.id, { description: 'Real-time marketing metrics' })
  expect(saved).toEqual({ id: board.id, revision: 2, updated_at: expect.any(Number) })
  expect(await client.pinboards.get(board.id)).toMatchObject({
    title: 'Marketing Dashboard', description: 'Real-time marketing metrics', tags: ['kpis'], role: 'owner',
  })
  expect((await client.pinboards.list({ limit: 1 })).items[0]?.id).toBe(board.id)
  expect((await client.pinboards.shared()).items).toEqual([])
  expect(await client.pinboards.permissions(board.id)).toMatchObject({ can_share: true })
  await client.pinboards.delete(board.id)
  await expect(client.pinboards.get(board.id)).rejects.toThrow(NotFound)
})

test('placing, moving and taking away', async () => {
  const [board, pin] = await Promise.all([newBoard(), newPin()])
  const position = { x: 0, y: 0, w: 2, h: 1 }
  expect(await client.pinboards.addPin(board.id, { pin_id: pin.id, position })).toMatchObject({
    pin_id: pin.id, position, opens: true,
  })
  const place = { x: 4, y: 1, w: 3, h: 2 }
  const arranged = await client.pinboards.patchLayout(board.id, { layout: { [pin.id]: place } })
  expect(arranged.layout).toEqual({ [pin.id]: place })
  await client.pinboards.setLayout(board.id, { layout: { [pin.id]: { ...place, x: 5 } } })
  expect((await client.pinboards.get(board.id)).layout[pin.id]?.x).toBe(5)
  await client.pinboards.removePin(board.id, pin.id)
  expect((await client.pinboards.get(board.id)).pins).toEqual([])
  const before = (await client.pinboards.revisions(board.id)).items[1]?.revision ?? 0
  const then = (await client.pinboards.revisions(board.id)).items[0]?.at ?? 0
  expect((await client.pinboards.get(board.id, { as_of: then })).views).toEqual(expect.any(Array))
  expect(await client.pinboards.restore(board.id, before)).toMatchObject({ left_out: 0 })
  expect((await client.pinboards.get(board.id)).pins).toEqual([pin.id])
})

test('a shared pinboard is seen without a key, with its pins', async () => {
  const [board, pin] = await Promise.all([newBoard(), newPin()])
  await client.pinboards.addPin(board.id, { pin_id: pin.id })
  const shared = await client.pinboards.share(board.id, { is_public: true })
  expect(shared.shareable_url).toMatch(new RegExp(`/share/pinboard/${board.id}$`))
  const shown = await new PindownClient({ baseUrl: inject('url') }).shared.pinboard(board.id)
  expect(shown.pins).toEqual([pin.id])
  expect(shown.views.map(({ id, title }) => ({ id, title }))).toEqual([{ id: pin.id, title: 'Hello' }])
})

test('somebody else comes and goes', async () => {
  const email = 'starter@example.org'
  const [board, pin] = await Promise.all([newBoard(), newPin()])
  for (const [group, { id }] of [[client.pinboards, board], [client.pins, pin]] as const) {
    const { user_id } = await group.collaborators.add(id, { email, role: 'viewer' })
    await group.collaborators.update(id, user_id, { role: 'editor' })
    const { items } = await group.collaborators.list(id)
    expect(items).toContainEqual(expect.objectContaining({ user_id, email, role: 'editor', status: 'active' }))
    await group.collaborators.remove(id, user_id)
    expect((await group.collaborators.list(id)).items.map((one) => one.user_id)).not.toContain(user_id)
  }
})

test('things go to another owner, whom their old one then helps as an editor', async () => {
  const email = 'ben@example.org'
  const ben = new PindownClient({ apiKey: inject('roleKey'), baseUrl: inject('url') })
  const [board, pin] = await Promise.all([newBoard(), newPin()])
  const page = await client.pages.create({ title: 'Report' })
  const dataset = await client.datasets.create({ name: 'Given away' })
  const { owner_id } = await client.pins.transfer(pin.id, { email }, { ifMatch: pin.revision })
  await client.pinboards.transfer(board.id, { user_id: owner_id })
  await client.pages.transfer(page.id, { user_id: owner_id })
  await client.datasets.transfer(dataset.slug, { email })
  expect(await ben.pins.get(pin.id)).toMatchObject({ role: 'owner' })
  expect(await ben.pinboards.get(board.id)).toMatchObject({ role: 'owner' })
  expect(await ben.pages.get(page.id)).toMatchObject({ role: 'owner' })
  expect(await ben.datasets.get(dataset.id)).toMatchObject({ name: 'Given away' })
  expect((await client.pins.get(pin.id)).role).toBe('editor')
  await expect(client.datasets.get(dataset.id)).rejects.toThrow(NotFound)
  const told = await client.audit({ what: 'pin.transferred', thing_id: pin.id })
  expect(told.items).toMatchObject([{ what: 'pin.transferred', details: { owner_id } }])
})
