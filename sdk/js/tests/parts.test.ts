import { expect, inject, test } from 'vitest'
import { NotFound, PindownClient } from '../src/index.js'
import { ownClient } from './own-account.js'

const client = await ownClient('parts')
const visitor = new PindownClient({ baseUrl: inject('url') })
const newPin = () => client.pins.create({ content: '# Hello', metadata: { title: 'Hello' } })

test('blocks are added, changed, put in order and taken away', async () => {
  const { id } = await newPin()
  const first = await client.pins.blocks.create(id, { type: 'markdown', content: { text: 'one' }, name: 'Note' })
  const second = await client.pins.blocks.create(id, { type: 'code', content: { code: 'ls', language: 'sh' } })
  expect(first).toMatchObject({ name: 'Note', type: 'markdown', order: 0, content: { text: 'one' } })
  await client.pins.blocks.update(id, first.id, { content: { text: 'two' } })
  await client.pins.blocks.patch(id, second.id, { content: { code: 'pwd' } })
  await client.pins.blocks.reorder(id, [second.id, first.id])
  const { items } = await client.pins.blocks.list(id)
  expect(items.map((block) => block.content)).toEqual([{ code: 'pwd', language: 'sh' }, { text: 'two' }])
  await client.pins.blocks.delete(id, second.id)
  await expect(client.pins.blocks.get(id, second.id)).rejects.toThrow(NotFound)
  expect((await client.pins.get(id)).blocks.map((block) => block.id)).toEqual([first.id])
})

test('what is said is read by visitors, changed and deleted', async () => {
  const { id } = await newPin()
  await client.pins.share(id, { is_public: true, allow_comments: true })
  const said = await client.pins.comments.create(id, { text: 'Why?' })
  await client.pins.comments.update(id, said.id, { text: '**Why** the dip?' })
  expect((await client.pins.comments.list(id)).items).toMatchObject([{ id: said.id, text: '**Why** the dip?' }])
  expect((await visitor.shared.pinComments(id)).items.map((one) => one.text)).toEqual(['**Why** the dip?'])
  await client.pins.comments.delete(id, said.id)
  expect((await client.pins.comments.list(id)).items).toEqual([])
  const board = await client.pinboards.create({ title: 'Board' })
  await client.pinboards.share(board.id, { is_public: true, allow_comments: true })
  await client.pinboards.comments.create(board.id, { text: 'Nice' })
  expect((await visitor.shared.pinboardComments(board.id)).items.map((one) => one.text)).toEqual(['Nice'])
})

test('a file goes up, is shown by a pin and read by its viewers, and goes', async () => {
  const png = Uint8Array.from(atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=='), (c) => c.charCodeAt(0))
  const file = await client.files.upload(new Blob([png]), 'dot.png')
  expect(file).toMatchObject({ name: 'dot.png', type: 'image/png', size: png.length })
  const pin = await client.pins.create({ pin_type: 'image', content: { fileId: file.id }, metadata: { title: 'Dot' } })
  const address = new URL(file.url, inject('url'))
  expect((await fetch(address)).ok).toBe(false)
  await client.pins.share(pin.id, { is_public: true })
  expect((await client.files.get(file.id)).type).toBe('image/png')
  await expect(client.files.get('f-000000000000')).rejects.toThrow(NotFound)
  expect((await fetch(address)).headers.get('content-type')).toBe('image/png')
  expect((await client.files.list()).items.map((one) => one.id)).toEqual([file.id])
  await client.files.delete(file.id)
  expect((await client.files.list()).items).toEqual([])
})

test('a template is tried with data of its own', async () => {
  const tried = await client.templates.preview({ template: 'Sold {{total | currency(EUR)}} {{no}}', data: { total: 12 } })
  expect(tried.rendered).toContain('€12.00')
  expect(tried.missing).toEqual(['no'])
})
