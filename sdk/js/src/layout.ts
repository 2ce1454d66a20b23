/** Where pins lie on a pinboard. */

/** Where a card lies, in slots: 12 columns on a desktop, 2 on a phone. */
export interface Slot {
  x: number
  y: number
  w: number
  h: number
}

/** Pin id to place. */
export type Layout = Record<string, Slot>
