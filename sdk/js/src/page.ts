/** Pages as the API shows them and takes them: pins in an order, read from top to bottom. */

import type { Role } from './pin.js'
import type { PageView } from './live/views.js'

export interface PageFlags {
  is_public: boolean
  require_sign_in: boolean
}

/** A page. The list of pages is `Page<PinPage>`: a `Page` is a part of a list. */
export interface PinPage extends PageView, PageFlags {
  owner_id: string
  tags: string[]
  pin_count: number
  expires_at: number | null
  /** The caller's own, if they have one. */
  role: Role | null
  created_at: number
  shareable_url: string
}

export interface PageUpdate extends Partial<PageFlags> {
  title?: string
  description?: string
  tags?: string[]
  expires_at?: number | string | null
}

export interface NewPage extends PageUpdate {
  title: string
  pins?: string[]
}

export interface SavedPage {
  id: string
  updated_at: number
  revision: number
}

export interface PublishedPage extends PageFlags {
  id: string
  revision: number
  expires_at: number | null
  shareable_url: string
}
