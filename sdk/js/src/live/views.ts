/** What viewers see: the same for everyone who may see it at all. */

import type { Block, PinContent, PinLayout } from '../pin.js'
import type { Layout, Slot } from '../layout.js'

/** A pin as viewers see it: title, config and blocks as rendered, never as written. */
export interface PinView {
  id: string
  pin_id: string
  pin_type: string
  pin_layout: PinLayout
  title: string
  description: string | null
  pin_config: PinContent
  blocks: Block[]
  revision: number
  version: number
  updated_at: number
  pushed_at: number | null
  is_late: boolean
  expect_every: number | null
  /** Up to 60 points for each path drawn as a line out of the history. */
  history?: Record<string, [moment: number, value: number][]>
  /** There was no room for what it says beside the others: `pin_config` is null. Read it by itself. */
  left_out?: true
}

export interface PinboardView {
  id: string
  title: string
  description: string | null
  pins: string[]
  layout: Layout
  mobile_layout: Layout
  hidden: Slot[]
  revision: number
  updated_at: number
}

export interface PageView {
  id: string
  title: string
  description: string | null
  /** From top to bottom. */
  pins: string[]
  /** Where there are pins that are not the viewer's to see. */
  hidden: { position: number }[]
  revision: number
  updated_at: number
}

/** Everything that is watched, at one moment. */
export interface Snapshot {
  pins: PinView[]
  pinboards: PinboardView[]
  pages: PageView[]
  /** What was asked for and is not the viewer's to see. */
  denied: string[]
}

/** What arrives on a stream, by the names it arrives under. */
export type LiveEvent =
  | { event: 'snapshot'; data: Snapshot }
  | { event: 'pin'; data: PinView }
  /** Changes that belong together. */
  | { event: 'frame'; data: { pins: PinView[] } }
  /** It changed: read it again. */
  | { event: 'pinboard' | 'page'; data: { id: string; revision: number } }
  /** A push came that changed nothing; a push is overdue; it came after all. */
  | { event: 'alive' | 'late' | 'on_time'; data: { id: string; pushed_at: number | null } }
  | { event: 'deleted'; data: { id: string } }
  /** No longer yours to see. Without an id: the key, session or account is gone, and so is the stream. */
  | { event: 'denied'; data: { id?: string } }
