/** Datasets as the API shows them and takes them. */

/** A dataset in a list: without its data. */
export interface DatasetItem {
  id: string
  name: string
  /** What texts call it: `{{q4_sales.total}}`. */
  slug: string
  type: 'json' | 'markdown'
  description: string
  tags: string[]
  /** Bytes its data takes. */
  size: number
  revision: number
  created_at: number
  updated_at: number
}

export interface Dataset extends DatasetItem {
  /** Any JSON; of a Markdown dataset a text. */
  data: unknown
}

export interface DatasetUpdate {
  name?: string
  slug?: string
  type?: 'json' | 'markdown'
  data?: unknown
  description?: string
  tags?: string[]
}

export interface NewDataset extends DatasetUpdate {
  name: string
}

export interface SavedDataset {
  id: string
  slug: string
  updated_at: number
  revision: number
}

/** Items for a list of the data: names joined by `/` lead to it; its last `keep` items are kept. */
export interface Appending {
  items: unknown[]
  path?: string
  keep?: number
}

/** A pin that draws from a dataset; its title takes a key with `pins:read`. */
export interface DatasetUse {
  id: string
  title: string | null
}
