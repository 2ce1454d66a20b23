/** Push numbers to Pindown and watch them change. */

export { PindownClient, type ClientOptions, type Found, type Pushed } from './client.js'
export {
  Conflict, ConnectionFailed, Forbidden, Gone, NotFound, PindownError, PreconditionFailed, RateLimited,
  Refused, ScopeRequired, ServerFailed, TimedOut, Unauthorized, ValidationFailed,
  type Problem,
} from './errors.js'
export { LiveStream, type LiveOptions, type LiveStatus, type Watched } from './live/stream.js'
export { apply, applyPage, applyPinboard, nothingYet, type LiveState } from './live/state.js'
export type * from './live/views.js'
export type * from './account.js'
export type * from './batch.js'
export type * from './pin.js'
export type * from './layout.js'
export type * from './pinboard.js'
export type * from './page.js'
export type * from './dataset.js'
export type { Page, Paging } from './paging.js'
export type { CallOptions } from './sender.js'
export type { PinFilters, PinMoment, Series, SeriesAsked } from './groups/pins.js'
export type { PinType } from './groups/pin-types.js'
export type { BinItem } from './groups/bin.js'
export type { Comment } from './groups/comments.js'
export type { StoredFile } from './groups/files.js'
export type { PagePeople } from './groups/page-invitations.js'
export type { CustomRole, NewRole } from './groups/roles.js'
export type { PushAddress } from './groups/push-addresses.js'
export type { TemplateResult, TemplateTrial } from './groups/templates.js'
export type { PageOnShow, PinboardOnShow, PinOnShow } from './groups/shared.js'
