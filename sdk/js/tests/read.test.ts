import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readEvent } from '../src/live/read.js'

const pin = { id: 'p-1', revision: 1, version: 2 }

test.each([
  ['pin', pin],
  ['frame', { pins: [pin] }],
  ['snapshot', { pins: [pin], pinboards: [], pages: [], denied: ['p-2'] }],
  ['pinboard', { id: 'pb-1', revision: 3 }],
  ['late', { id: 'p-1', pushed_at: 5 }],
  ['alive', { id: 'p-1', pushed_at: null }],
  ['deleted', { id: 'p-1' }],
  ['denied', { id: 'p-1' }],
  ['denied', {}],
])('reads %s %j', (event, data) => {
  expect(readEvent({ event, data: JSON.stringify(data) })).toEqual({ event, data })
})

test.each([
  ['pin', '{"id":"p-1","revision":1}'],
  ['pin', '{"id":'],
  ['pin', '[]'],
  ['pinboard', '{"id":"pb-1"}'],
  ['late', '{"id":"p-1"}'],
  ['deleted', '{}'],
  ['party', '{"id":"p-1"}'],
])('knows nothing of %s %s', (event, data) => {
  expect(readEvent({ event, data })).toBeUndefined()
})

test('no data makes it fail', () => {
  const events = fc.constantFrom('snapshot', 'pin', 'frame', 'page', 'alive', 'deleted', 'denied')
  fc.assert(fc.property(events, fc.json(), (event, data) => void readEvent({ event, data })))
})
