/** Pinboards as the API shows them and takes them. */

import type { Flags, Sharing } from './pin.js'

/** Where a card lies, in slots: 12 columns on a desktop, 2 on a phone. */
export interface Slot {
  x: number
  y: number
  w: number
  h: number
}

/** Pin id to place. */
export type Layout = Record<string, Slot>

export type BoardFlags = Omit<Flags, 'allow_edit'>

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
  expires_at: number | null
  revision: number
  created_at: number
  updated_at: number
  shareable_url: string
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

export interface Placing {
  pin_id: string
  /** Without one: the first free place. */
  position?: Slot
}

export interface Placed {
  position: Slot
  /** Whether the pin opens to everyone who may see the board. */
  opens: boolean
}

export interface Layouts {
  layout?: Layout
  mobile_layout?: Layout
}

export type BoardSharing = Omit<Sharing, 'allow_edit'>

export interface SharedPinboard extends BoardFlags {
  id: string
  expires_at: number | null
  shareable_url: string
}
