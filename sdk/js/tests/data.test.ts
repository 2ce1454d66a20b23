import { expect, inject, test } from 'vitest'
import { Conflict, NotFound, PindownClient } from '../src/index.js'
import { ownClient } from './own-account.js'

const client = await ownClient('data')
const visitor = new PindownClient({ baseUrl: inject('url') })
const newPin = (title: string, content: unknown = '# Hello') =>
  client.pins.create({ content: content as string, metadata: { title } })

test('a dataset is changed in every way, drawn from, and has a past', async () => {
  const made = await client.datasets.create({ name: 'Till', data: { total: 1, rows: [] } })
  expect(made).toMatchObject({ slug: 'till', type: 'json', revision: 1, data: { total: 1, rows: [] } })
  const pin = await newPin('Total', 'Sold {{till.total}}')
  await client.datasets.update('till', { description: 'Of today' }, { ifMatch: 1 })
  await client.datasets.patch(made.id, { data: { total: 2 } })
  await client.datasets.patch(made.id, [{ op: 'replace', path: '/data/total', value: 3 }])
  expect(await client.datasets.append('till', { path: 'rows', items: [1, 2, 3], keep: 2 })).toMatchObject({ length: 2 })
  expect((await client.datasets.get('till')).data).toEqual({ total: 3, rows: [2, 3] })
  expect((await client.pins.get(pin.id)).rendered).toEqual({ content: 'Sold 3' })
  expect((await client.datasets.uses('till')).items).toEqual([{ id: pin.id, title: 'Total' }])
  expect((await client.datasets.list({ limit: 1 })).items[0]).toMatchObject({ slug: 'till', description: 'Of today' })

  const { items } = await client.datasets.revisions(made.id)
  expect(items.map((one) => one.revision)).toEqual([5, 4, 3, 2, 1])
  expect((await client.datasets.revision(made.id, 1)).dataset.data).toEqual({ total: 1, rows: [] })
  await client.datasets.restore(made.id, 1)
  expect((await client.pins.get(pin.id)).rendered).toEqual({ content: 'Sold 1' })

  await expect(client.datasets.delete('till')).rejects.toThrow(Conflict)
  await client.datasets.delete('till', { force: true })
  await expect(client.datasets.get(made.id)).rejects.toThrow(NotFound)
})

test('a page is put in order, published and read by everybody', async () => {
  const [one, two] = await Promise.all([newPin('One'), newPin('Two')])
  const page = await client.pages.create({ title: 'Report', pins: [one.id] })
  expect(await client.pages.addPin(page.id, { pin_id: two.id })).toMatchObject({ opens: true })
  expect((await client.pages.order(page.id, [two.id, one.id])).pins).toEqual([two.id, one.id])
  await client.pages.update(page.id, { description: 'For Sunday' })
  expect((await client.pages.pins(page.id)).items.map((pin) => pin.title)).toEqual(['Two', 'One'])
  expect(await client.pages.permissions(page.id)).toMatchObject({ can_edit: true, can_share: true })
  await expect(visitor.shared.page(page.id)).rejects.toThrow(NotFound)
  expect(await client.pages.publish(page.id)).toMatchObject({ is_public: true })
  const shown = await visitor.shared.page(page.id)
  expect(shown).toMatchObject({ title: 'Report', description: 'For Sunday', pins: [two.id, one.id] })
  expect(shown.views.map((view) => view.title).sort()).toEqual(['One', 'Two'])
  await client.pages.removePin(page.id, two.id)
  await client.pages.unpublish(page.id)
  expect(await client.pages.get(page.id)).toMatchObject({ pins: [one.id], is_public: false })
  expect((await client.pages.list()).items.map((item) => item.id)).toContain(page.id)
  expect((await client.pages.shared()).items).toEqual([])
  await client.pages.delete(page.id)
  await expect(client.pages.get(page.id)).rejects.toThrow(NotFound)
})

test('somebody who has no account is invited, and the link says to what', async () => {
  const pin = await newPin('Rye left')
  const added = await client.pins.collaborators.add(pin.id, { email: 'eve@example.org', role: 'viewer' })
  expect(added).toMatchObject({ status: 'pending', email: 'eve@example.org' })
  const token = new URL(added.invite_url ?? '').searchParams.get('token') ?? ''
  expect(await visitor.invitations.get(token)).toMatchObject({ title: 'Rye left', role: 'viewer', has_account: false })
  const [sent] = (await client.invitations.list()).items
  expect(sent).toMatchObject({ email: 'eve@example.org', thing_id: pin.id })
  await client.invitations.withdraw(sent?.id ?? '')
  await expect(visitor.invitations.get(token)).rejects.toThrow(NotFound)
})

test('numbers out of the history; a value that comes late is kept and does not replace', async () => {
  const stat = (value: number) => ({ cards: [{ title: 'Cups', value }] })
  const pin = await client.pins.create({ pin_type: 'stat-cards', content: stat(1), metadata: { title: 'Cups' } })
  await client.pins.update(pin.id, { content: stat(2) })
  const late = await client.pins.update(pin.id, { content: stat(9), observed_at: Date.now() - 60_000 })
  expect(late.superseded).toBe(true)
  const { series } = await client.pins.series(pin.id, { path: 'cards/0/value', points: 10 })
  expect(series.map(([, value]) => value)).toEqual([9, 1, 2])
  expect((await client.pins.get(pin.id)).content).toEqual(stat(2))
})

test('a copy is found, thrown away, brought back and gone for good', async () => {
  const pin = await newPin('Spelt of Monday')
  const copy = await client.pins.duplicate(pin.id)
  const found = await client.search('spelt monday', { limit: 5 })
  expect(found.items.map((item) => item.id).sort()).toEqual([copy.id, pin.id].sort())
  const board = await client.pinboards.create({ title: 'Board' })
  await client.pinboards.addPin(board.id, { pin_id: pin.id })
  expect((await client.pinboards.duplicate(board.id)).pins).toEqual([pin.id])
  await client.pins.delete(copy.id)
  expect((await client.bin.list({ kind: 'pin' })).items).toContainEqual(expect.objectContaining({ id: copy.id }))
  await client.bin.restore(copy.id)
  expect((await client.pins.get(copy.id)).content).toBe('# Hello')
  await client.pins.delete(copy.id)
  await client.bin.delete(copy.id)
  await expect(client.bin.restore(copy.id)).rejects.toThrow(NotFound)
})

async function visitorSees(id: string) {
  await client.pins.share(id, { is_public: true })
  return visitor.shared.pin(id)
}

test('a push address sets one pin, until it is closed', async () => {
  const pin = await newPin('Pushed', 'nothing yet')
  const made = await client.pins.pushAddresses.create(pin.id, { name: 'n8n' })
  const push = () => fetch(made.url, { method: 'POST', headers: { 'Content-Type': 'text/plain' }, body: '**busy**' })
  expect(await (await push()).json()).toEqual({ success: true })
  expect((await client.pins.get(pin.id)).rendered_title).toBe('Pushed')
  expect((await visitorSees(pin.id)).pin_config).toEqual({ content: '**busy**' })
  expect((await client.pins.pushAddresses.list(pin.id)).items).toMatchObject([{ id: made.id, name: 'n8n' }])
  await client.pins.pushAddresses.delete(pin.id, made.id)
  expect((await push()).status).toBe(404)
})

test('a role of a board opens the pins that ask for it to who holds it', async () => {
  const board = await client.pinboards.create({ title: 'Board' })
  const pin = await newPin('Margins')
  await client.pinboards.addPin(board.id, { pin_id: pin.id })
  const { user_id } = await client.pinboards.collaborators.add(board.id, { email: 'ben@example.org', role: 'viewer' })
  const { roleId } = await client.pinboards.roles.create(board.id, { name: 'Finance', color: '#2B5FA8' })
  await client.pinboards.roles.setPinRoles(board.id, pin.id, [roleId])
  const other = new PindownClient({ apiKey: inject('roleKey'), baseUrl: inject('url') })
  expect(await other.pinboards.get(board.id)).toMatchObject({ pins: [], hidden: [expect.anything()] })
  await client.pinboards.roles.setMembers(board.id, roleId, [user_id])
  expect((await other.pinboards.get(board.id)).pins).toEqual([pin.id])
  await client.pinboards.roles.update(board.id, roleId, { name: 'Money' })
  expect((await client.pinboards.roles.list(board.id))[roleId]).toMatchObject({ name: 'Money', user_ids: [user_id], pins: [pin.id] })
  await client.pinboards.roles.setPinRoles(board.id, pin.id, [])
  await client.pinboards.roles.delete(board.id, roleId)
  expect(await client.pinboards.roles.list(board.id)).toEqual({})
})

test('a value is pushed to a name, which makes its pin once', async () => {
  const made = await client.push('cups', 1)
  expect(made).toMatchObject({ name: 'cups', pin_type: 'stat-cards', is_new: true })
  expect(await client.push('cups', 2)).toMatchObject({ id: made.id, is_new: false, revision: 2 })
})

test('a page has invitations of its own, and a copy', async () => {
  const page = await client.pages.create({ title: 'Report' })
  await client.pages.invitations.send(page.id, 'eve@example.org', 'editor')
  const { user_id } = await client.pages.invitations.send(page.id, 'ben@example.org', 'viewer')
  await client.pages.invitations.setRole(page.id, user_id, 'editor')
  expect(await client.pages.invitations.list(page.id)).toMatchObject({
    pending: [{ email: 'eve@example.org' }], active: [{ email: 'ben@example.org', role: 'editor' }],
  })
  await client.pages.invitations.withdraw(page.id, 'eve@example.org')
  expect((await client.pages.invitations.list(page.id)).pending).toEqual([])
  expect(await client.pages.duplicate(page.id)).toMatchObject({ title: 'Report copy', role: 'owner' })
})
