/** Pins as the API shows them and takes them. */

export type PinLayout = '1x1' | '1x2' | '2x1' | '2x2' | '3x1' | '3x2' | '3x3' | '4x4'
export type DataType = 'pin-card' | 'markdown' | 'json' | 'text'

/** What a pin shows. Its shape belongs to the pin's type: `client.pinTypes.get(type)` has the schema. */
export type PinConfig = Record<string, unknown>

/** The config as written: a markdown pin's may be plain text, a JSON pin's any value. */
export type PinContent = PinConfig | string | number | boolean | null | unknown[]

export interface Flags {
  is_public: boolean
  allow_edit: boolean
  require_sign_in: boolean
  allow_comments: boolean
}

export type Role = 'owner' | 'editor' | 'viewer'

export interface RenderedError {
  field: string
  name: string
  reason: string
}

export interface Block {
  id: string
  name: string
  type: string
  order: number
  content?: unknown
  rendered?: unknown
}

/** A block to add. A plain text as `content` is its text, code or diagram. */
export interface NewBlock {
  type: string
  content: unknown
  name?: string
  /** Its place, counted from 0. */
  order?: number
}

/** What repeats the pin for clients that look here, and what the caller put there. Times are ISO 8601. */
export interface PinMetadata extends Flags {
  title: string
  description: string
  tags: string[]
  pin_type: string
  pin_layout: PinLayout
  pin_config: PinContent
  created_at: string
  updated_at: string
  [own: string]: unknown
}

/** A pin. Times at the root are epoch milliseconds. `content` and `pin_config` are the same value. */
export interface Pin extends Flags {
  id: string
  pin_id: string
  owner_id: string
  title: string
  rendered_title: string
  description: string
  pin_type: string
  pin_layout: PinLayout
  data_type: DataType
  pin_config: PinContent
  content: PinContent
  /** The config with its variables resolved; absent when there are none. */
  rendered?: PinContent
  rendered_errors?: RenderedError[]
  dataset_id?: string | null
  expires_at: number | null
  /** Seconds within which the next push is expected. */
  expect_every: number | null
  grace: number | null
  pushed_at: number | null
  is_late: boolean
  blocks: Block[]
  metadata: PinMetadata
  /** The caller's own, if they have one. */
  role: Role | null
  revision: number
  version: number
  created_at: number
  updated_at: number
  shareable_url: string
}

/** The answer to a creation: the pin, with `created_at` as ISO 8601. */
export interface CreatedPin extends Omit<Pin, 'created_at'> {
  created_at: string
}

/** A pin in a list: without its config and blocks. */
export interface PinItem extends Omit<
  Pin,
  'pin_config' | 'content' | 'rendered' | 'rendered_errors' | 'blocks' | 'metadata'
> {
  metadata: Omit<PinMetadata, 'pin_config'>
}

/** What a pin is written with. What is left out stays as it is. */
export interface PinUpdate extends Partial<Flags> {
  title?: string
  description?: string
  data_type?: DataType
  pin_type?: string
  pin_layout?: PinLayout
  pin_config?: PinContent
  content?: PinContent
  dataset_id?: string | null
  expires_at?: number | string | null
  expect_every?: number | null
  grace?: number | null
  /** When the value was measured (ms): one older than what is shown goes to the history only. */
  observed_at?: number
  /** Names of datasets in its texts that others wrote: its owner lets them in. */
  allow_sources?: string[]
  metadata?: Partial<Omit<PinMetadata, 'created_at' | 'updated_at'>>
}

export interface NewPin extends PinUpdate {
  /** E-mail to role: invited at once. */
  pending_invites?: Record<string, Exclude<Role, 'owner'>>
}

/** Where a pin stands after a write. */
export interface SavedPin {
  id: string
  updated_at: number
  revision: number
  version: number
  dry_run?: boolean
  /** The value was older than the one shown: it is kept, and nothing else changed. */
  superseded?: boolean
}

export interface DeletedThing {
  id: string
  deleted_at: number
}

export interface Sharing extends Partial<Flags> {
  expires_at?: number | string | null
}

export interface SharedPin extends Flags {
  id: string
  revision: number
  expires_at: number | null
  shareable_url: string
}

export interface Revision {
  revision: number
  at: number
  created_at: string
  by: { user_id: string | null; key_id: string | null }
  what: unknown
}

export interface PinRevision extends Revision {
  pin: Pin
}

/** One step of a JSON Patch (RFC 6902). */
export type PatchStep =
  | { op: 'add' | 'replace' | 'test'; path: string; value: unknown }
  | { op: 'remove'; path: string }
  | { op: 'move' | 'copy'; from: string; path: string }
