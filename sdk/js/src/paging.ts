/** Lists, newest first. */

export interface Page<T> {
  items: T[]
  total: number
  limit: number
  offset: number
}

export interface Paging {
  /** 1 to 100; 50 by default. */
  limit?: number
  offset?: number
}
