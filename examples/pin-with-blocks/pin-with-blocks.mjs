// A pin with blocks: a text, some code, a picture that is uploaded, and a note that depends on a dataset.
//
//   node pin-with-blocks.mjs PICTURE
//
// Needs PINDOWN_API_KEY; PINDOWN_URL names another server than this machine's.

import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'

import { PindownClient } from '@pindown/client'

const client = new PindownClient({ apiKey: process.env.PINDOWN_API_KEY })
const picture = process.argv[2]

// A simple pin
const pin = await client.pins.create({ title: 'Ovens', pin_type: 'score-gauge', content: { score: 72 } })

// A text and some code
await client.pins.blocks.create(pin.id, {
  name: 'This week',
  type: 'markdown',
  content: { text: 'The second oven is **back**.' }
})
await client.pins.blocks.create(pin.id, {
  type: 'code',
  content: { code: 'SELECT avg(heat) FROM ovens;', language: 'sql' }
})

// A picture
const file = await client.files.upload(new File([await readFile(picture)], basename(picture)))
await client.pins.blocks.create(pin.id, {
  type: 'image',
  content: { file_id: file.id, alt: 'The second oven', width: '60%' }
})

// A note that depends on a dataset
await client.datasets.create({ name: 'Ovens', data: { heat: 240 } })
await client.pins.blocks.create(pin.id, {
  type: 'conditional',
  content: { when: 'ovens.heat > 230', then: 'Too hot: {{ovens.heat}} °C', else: 'All is well.' }
})

const { items } = await client.pins.blocks.list(pin.id)
for (const block of items) console.log(JSON.stringify(block))
