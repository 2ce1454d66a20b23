/** What a viewer knows, as a value: snapshot + changes = the next snapshot. */

import type { LiveEvent, PageView, PinboardView, PinView, Snapshot } from './views.js'

export interface LiveState {
  readonly pins: ReadonlyMap<string, PinView>
  readonly pinboards: ReadonlyMap<string, PinboardView>
  readonly pages: ReadonlyMap<string, PageView>
  /** Asked for, and not or no longer the viewer's to see. */
  readonly denied: ReadonlySet<string>
  /** Pinboards and pages to read again, with the revision they are at. */
  readonly outdated: ReadonlyMap<string, number>
  /** The key, session or account behind the stream is gone. */
  readonly hasEnded: boolean
}

export const nothingYet: LiveState = {
  pins: new Map(),
  pinboards: new Map(),
  pages: new Map(),
  denied: new Set(),
  outdated: new Map(),
  hasEnded: false,
}

/** The state after an event. What the event does not touch stays the same object. */
export function apply(state: LiveState, event: LiveEvent): LiveState {
  switch (event.event) {
    case 'snapshot':
      return fromSnapshot(event.data)
    case 'pin':
      return withPins(state, [event.data])
    case 'frame':
      return withPins(state, event.data.pins)
    case 'pinboard':
      return withOutdated(state, event.data, state.pinboards)
    case 'page':
      return withOutdated(state, event.data, state.pages)
    case 'alive':
    case 'on_time':
      return withPush(state, event.data, false)
    case 'late':
      return withPush(state, event.data, true)
    case 'deleted':
      return without(state, event.data.id)
    case 'denied':
      return event.data.id === undefined ? withNothing(state) : withDenied(state, event.data.id)
  }
}

/** The state with a pinboard that was read again, and the views of its pins if they came with it. */
export function applyPinboard(
  state: LiveState,
  pinboard: PinboardView,
  pins: readonly PinView[] = [],
): LiveState {
  const held = state.pinboards.get(pinboard.id)
  const next = withPins(state, pins)
  if (held !== undefined && held.revision > pinboard.revision) return next
  const outdated = new Map(next.outdated)
  if ((outdated.get(pinboard.id) ?? 0) <= pinboard.revision) outdated.delete(pinboard.id)
  return { ...next, outdated, pinboards: new Map(next.pinboards).set(pinboard.id, pinboard) }
}

/** The same for a page. */
export function applyPage(state: LiveState, page: PageView, pins: readonly PinView[] = []): LiveState {
  const held = state.pages.get(page.id)
  const next = withPins(state, pins)
  if (held !== undefined && held.revision > page.revision) return next
  const outdated = new Map(next.outdated)
  if ((outdated.get(page.id) ?? 0) <= page.revision) outdated.delete(page.id)
  return { ...next, outdated, pages: new Map(next.pages).set(page.id, page) }
}

function fromSnapshot({ pins, pinboards, pages, denied }: Snapshot): LiveState {
  return {
    pins: byId(pins),
    pinboards: byId(pinboards),
    pages: byId(pages),
    denied: new Set(denied),
    outdated: new Map(),
    hasEnded: false,
  }
}

function withPins(state: LiveState, views: readonly PinView[]): LiveState {
  const fresh = views.filter((view) => view.version >= (state.pins.get(view.id)?.version ?? 0))
  if (fresh.length === 0) return state
  const pins = new Map(state.pins)
  const denied = new Set(state.denied)
  for (const view of fresh) {
    pins.set(view.id, merged(pins.get(view.id), view))
    denied.delete(view.id)
  }
  return { ...state, pins, denied: denied.size === state.denied.size ? state.denied : denied }
}

/** The newer view; but a push that was already heard of is not forgotten, nor is the history. */
function merged(held: PinView | undefined, view: PinView): PinView {
  if (held === undefined) return view
  const kept = view.history === undefined && held.history ? { ...view, history: held.history } : view
  if ((held.pushed_at ?? 0) <= (view.pushed_at ?? 0)) return kept
  return { ...kept, pushed_at: held.pushed_at, is_late: held.is_late }
}

function withPush(
  state: LiveState,
  { id, pushed_at }: { id: string; pushed_at: number | null },
  is_late: boolean,
): LiveState {
  const held = state.pins.get(id)
  if (held === undefined || (pushed_at ?? 0) < (held.pushed_at ?? 0)) return state
  return { ...state, pins: new Map(state.pins).set(id, { ...held, pushed_at, is_late }) }
}

function withOutdated(
  state: LiveState,
  { id, revision }: { id: string; revision: number },
  held: ReadonlyMap<string, { revision: number }>,
): LiveState {
  const known = Math.max(held.get(id)?.revision ?? 0, state.outdated.get(id) ?? 0)
  if (revision <= known) return state
  return { ...state, outdated: new Map(state.outdated).set(id, revision) }
}

function without(state: LiveState, id: string): LiveState {
  return {
    ...state,
    pins: less(state.pins, id),
    pinboards: less(state.pinboards, id),
    pages: less(state.pages, id),
    outdated: less(state.outdated, id),
  }
}

function withDenied(state: LiveState, id: string): LiveState {
  return { ...without(state, id), denied: new Set(state.denied).add(id) }
}

function withNothing(state: LiveState): LiveState {
  const ids = [...state.pins.keys(), ...state.pinboards.keys(), ...state.pages.keys()]
  return { ...nothingYet, denied: new Set([...state.denied, ...ids]), hasEnded: true }
}

function less<T>(map: ReadonlyMap<string, T>, id: string): ReadonlyMap<string, T> {
  if (!map.has(id)) return map
  const rest = new Map(map)
  rest.delete(id)
  return rest
}

function byId<T extends { id: string }>(things: readonly T[]): ReadonlyMap<string, T> {
  return new Map(things.map((thing) => [thing.id, thing]))
}
