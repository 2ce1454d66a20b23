import fc from 'fast-check'
import { expect, test } from 'vitest'
import { apply, applyPinboard, nothingYet, type LiveState } from '../src/index.js'
import type { LiveEvent, PinboardView, PinView, Snapshot } from '../src/index.js'

function pin(id: string, version: number, more: Partial<PinView> = {}): PinView {
  return {
    id, pin_id: id, version, revision: version, updated_at: version, pushed_at: version, is_late: false,
    pin_type: 'json-viewer', pin_layout: '1x1', title: `${id} at ${version}`, description: null,
    pin_config: { data: version }, blocks: [], expect_every: null, ...more,
  }
}

function board(id: string, revision: number): PinboardView {
  return {
    id, revision, title: `${id} at ${revision}`, description: null, pins: [], layout: {}, mobile_layout: {},
    hidden: [], updated_at: revision,
  }
}

function snapshot(more: Partial<Snapshot>): LiveState {
  const data = { pins: [], pinboards: [], pages: [], denied: [], ...more }
  return apply(nothingYet, { event: 'snapshot', data })
}

const IDS = ['p-1', 'p-2', 'p-3']

/** A history of pins, as a server would tell it: each change with the next version of its pin. */
const histories = fc.array(fc.constantFrom(...IDS), { maxLength: 30 }).map((ids) => {
  const versions = new Map(IDS.map((id) => [id, 1]))
  return ids.map((id) => {
    versions.set(id, (versions.get(id) ?? 0) + 1)
    return pin(id, versions.get(id) ?? 0)
  })
})

const events = (views: PinView[], framed: boolean[]): LiveEvent[] =>
  views.map((view, index) =>
    framed[index] ? { event: 'frame', data: { pins: [view] } } : { event: 'pin', data: view },
  )

test('snapshot + changes = new snapshot, in whatever order and however often they come', () => {
  const scrambled = histories.chain((views) =>
    fc.record({
      views: fc.constant(views),
      told: fc.shuffledSubarray([...views, ...views], { minLength: views.length * 2 }),
      framed: fc.array(fc.boolean(), { minLength: 60 }),
    }),
  )
  fc.assert(
    fc.property(scrambled, ({ views, told, framed }) => {
      const newest = new Map(IDS.map((id) => [id, pin(id, 1)]))
      for (const view of views) newest.set(view.id, view)
      const before = snapshot({ pins: IDS.map((id) => pin(id, 1)) })
      const after = events(told, framed).reduce(apply, before)
      expect(after).toEqual(snapshot({ pins: [...newest.values()] }))
    }),
  )
})

test('a pin never goes back, and neither does the time of its last push', () => {
  const any = fc.oneof(
    fc.record({ version: fc.nat(9), pushed_at: fc.nat(9) }).map(
      ({ version, pushed_at }): LiveEvent => ({ event: 'pin', data: pin('p-1', version, { pushed_at }) }),
    ),
    fc.record({ event: fc.constantFrom('alive' as const, 'late' as const, 'on_time' as const), at: fc.nat(9) }).map(
      ({ event, at }): LiveEvent => ({ event, data: { id: 'p-1', pushed_at: at } }),
    ),
  )
  fc.assert(
    fc.property(fc.array(any), (told) => {
      let state = snapshot({ pins: [pin('p-1', 3)] })
      for (const event of told) {
        const before = state.pins.get('p-1')
        state = apply(state, event)
        const after = state.pins.get('p-1')
        expect(after?.version).toBeGreaterThanOrEqual(before?.version ?? 0)
        expect(after?.pushed_at).toBeGreaterThanOrEqual(before?.pushed_at ?? 0)
      }
    }),
  )
})

test('a snapshot replaces everything, older versions too', () => {
  const later = snapshot({ pins: [pin('p-1', 9), pin('p-2', 4)], denied: ['p-3'] })
  const data = { pins: [pin('p-1', 8)], pinboards: [], pages: [], denied: [] }
  expect(apply(later, { event: 'snapshot', data })).toEqual(snapshot({ pins: [pin('p-1', 8)] }))
})

test('a push is late until it comes', () => {
  const late = apply(snapshot({ pins: [pin('p-1', 3)] }), { event: 'late', data: { id: 'p-1', pushed_at: 3 } })
  expect(late.pins.get('p-1')?.is_late).toBe(true)
  const back = apply(late, { event: 'on_time', data: { id: 'p-1', pushed_at: 8 } })
  expect(back.pins.get('p-1')).toMatchObject({ is_late: false, pushed_at: 8 })
  expect(apply(back, { event: 'late', data: { id: 'p-1', pushed_at: 3 } })).toBe(back)
})

test('history stays when a change comes without it', () => {
  const before = snapshot({ pins: [pin('p-1', 1, { history: { 'cards/0/value': [[1, 2]] } })] })
  const after = apply(before, { event: 'pin', data: pin('p-1', 2) })
  expect(after.pins.get('p-1')?.history).toEqual({ 'cards/0/value': [[1, 2]] })
})

test('what is deleted is gone, what is denied is known to be', () => {
  const before = snapshot({ pins: [pin('p-1', 1), pin('p-2', 1)], pinboards: [board('pb-1', 1)] })
  const after = [
    { event: 'deleted' as const, data: { id: 'p-1' } },
    { event: 'denied' as const, data: { id: 'pb-1' } },
  ].reduce(apply, before)
  expect([...after.pins.keys()]).toEqual(['p-2'])
  expect(after.pinboards.size).toBe(0)
  expect([...after.denied]).toEqual(['pb-1'])
  const again = apply(apply(after, { event: 'denied', data: { id: 'p-2' } }), { event: 'pin', data: pin('p-2', 1) })
  expect(again.denied.has('p-2')).toBe(false)
})

test('a denial without an id ends everything', () => {
  const before = snapshot({ pins: [pin('p-1', 1)], pinboards: [board('pb-1', 1)] })
  const after = apply(before, { event: 'denied', data: {} })
  expect(after).toEqual({ ...nothingYet, denied: new Set(['p-1', 'pb-1']), hasEnded: true })
})

test('a changed board is outdated until it was read again', () => {
  const before = snapshot({ pinboards: [board('pb-1', 1)] })
  expect(apply(before, { event: 'pinboard', data: { id: 'pb-1', revision: 1 } })).toBe(before)
  const told = apply(before, { event: 'pinboard', data: { id: 'pb-1', revision: 3 } })
  expect(told.outdated).toEqual(new Map([['pb-1', 3]]))
  expect(applyPinboard(told, board('pb-1', 2)).outdated).toEqual(new Map([['pb-1', 3]]))
  const read = applyPinboard(told, board('pb-1', 3), [pin('p-9', 1)])
  expect(read).toEqual(snapshot({ pinboards: [board('pb-1', 3)], pins: [pin('p-9', 1)] }))
  expect(applyPinboard(read, board('pb-1', 2)).pinboards.get('pb-1')?.revision).toBe(3)
})

test('what an event does not touch stays the same object', () => {
  const before = snapshot({ pins: [pin('p-1', 1), pin('p-2', 1)], pinboards: [board('pb-1', 1)] })
  const after = apply(before, { event: 'pin', data: pin('p-1', 2) })
  expect(after.pins.get('p-2')).toBe(before.pins.get('p-2'))
  expect(after.pinboards).toBe(before.pinboards)
  expect(apply(after, { event: 'pin', data: pin('p-1', 1) })).toBe(after)
})
