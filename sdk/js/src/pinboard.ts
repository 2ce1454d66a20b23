/** Pinboards as the API shows them and takes them. */

import type { Layout, Slot } from './layout.js'
import type { PinView } from './live/views.js'
import type { Flags, Revision, Role, Sharing } from './pin.js'

export type BoardFlags = Omit<Flags, 'allow_edit'>

/** What repeats the pinboard, and what the caller put there. Times are ISO 8601. */
export interface PinboardMetadata extends BoardFlags {
  title: string
  description: string
  tags: string[]
  created_at: string
  updated_at: string
  [own: string]: unknown
}

export interface Pinboard extends BoardFlags {
  id: string
  owner_id: string
  title: string
  description: string
  tags: string[]
  /** Ids in reading order. */
  pins: string[]
  pin_count: number
  layout: Layout
  mobile_layout: Layout
  /** Places of pins the caller may not see. */
  hidden: Slot[]
  /** How many of the pins the caller sees are overdue; of a pinboard of then nobody knows. */
  late_count: number | null
  expires_at: number | null
  metadata: PinboardMetadata
  /** The caller's own, if they have one. */
  role: Role | null
  revision: number
  created_at: number
  updated_at: number
  shareable_url: string
  /** What its pins showed then, where `as_of` was asked for. */
  views?: PinView[]
}

export interface PinboardUpdate extends Partial<BoardFlags> {
  title?: string
  description?: string
  tags?: string[]
  expires_at?: number | string | null
}

export interface NewPinboard extends PinboardUpdate {
  title: string
}

/** Without a position: the first free place. Without a size: that of the pin's own layout. */
export interface Placing {
  pin_id: string
  position?: Pick<Slot, 'x' | 'y'> & Partial<Slot>
}

export interface Placed {
  pin_id: string
  position: Slot
  revision: number
  /** Whether the pin opens to everyone who may see the board. */
  opens: boolean
}

export interface SavedPinboard {
  id: string
  revision: number
  updated_at: number
}

/** A pinboard that is what it was; `left_out`: how many pins of then are no more, or not yours to see. */
export interface PinboardRevision extends Revision {
  pinboard: Pinboard
}

export interface RestoredPinboard extends SavedPinboard {
  left_out: number
}

export interface ArrangedPinboard extends SavedPinboard, Required<Layouts> {
  hidden: Slot[]
}

export interface Layouts {
  layout?: Layout
  mobile_layout?: Layout
}

export type BoardSharing = Omit<Sharing, 'allow_edit'>

export interface SharedPinboard extends BoardFlags {
  id: string
  revision: number
  expires_at: number | null
  shareable_url: string
}
