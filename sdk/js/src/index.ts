/** Push numbers to Pindown and watch them change. */

export { PindownClient, type ClientOptions } from './client.js'
export {
  Conflict, ConnectionFailed, Forbidden, Gone, NotFound, PindownError, PreconditionFailed, RateLimited,
  Refused, ScopeRequired, ServerFailed, TimedOut, Unauthorized, ValidationFailed,
  type Problem,
} from './errors.js'
export { LiveStream, type LiveOptions, type LiveStatus, type Watched } from './live/stream.js'
export { apply, applyPinboard, nothingYet, type LiveState } from './live/state.js'
export type * from './live/views.js'
export type * from './account.js'
export type * from './batch.js'
export type * from './pin.js'
export type * from './pinboard.js'
export type { Page, Paging } from './paging.js'
export type { CallOptions } from './sender.js'
export type { PinFilters, PinMoment } from './groups/pins.js'
export type { PinType } from './groups/pin-types.js'
export type { PinboardOnShow, PinOnShow } from './groups/shared.js'
