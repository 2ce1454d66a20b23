import type { Pin } from './pin.js'
import type { Pinboard } from './pinboard.js'
import type { CallOptions } from './sender.js'

export interface BatchOptions extends CallOptions {
  /** All or nothing: a Conflict whose `details.failed` lists what failed, and nothing changed. */
  atomic?: boolean
}

/** Why one element of a batch failed; the others were done. */
export interface BatchFailure {
  index?: number
  id?: string
  error: string
  code: string
  details?: Record<string, unknown>
}

interface Batch {
  failed: BatchFailure[]
  dry_run?: boolean
}

export interface CreatedPins extends Batch {
  created: { id: string; index: number; created_at: number }[]
}

export interface UpdatedPins extends Batch {
  updated: string[]
  updated_at: number
  /** Those of which a newer value is shown; these were kept in the history. */
  superseded?: string[]
}

export interface DeletedPins extends Batch {
  deleted: string[]
}

export interface AddedPins extends Batch {
  added: string[]
  revision: number
}

export interface RemovedPins extends Batch {
  removed: string[]
  revision: number
}

/** What was found; the ids that are none, and those that are not yours to see. */
interface Found<T> {
  found: T[]
  not_found: string[]
  permission_denied: string[]
}

/** `left_out`: pins that had no room in this answer; ask for them in another call. */
export type PinBatch = Found<Pin> & { left_out: string[] }
export type PinboardBatch = Found<Pinboard>
