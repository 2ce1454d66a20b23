import type { Page, Paging } from '../paging.js'
import type { CallOptions, Sender } from '../sender.js'

export interface BinItem {
  id: string
  kind: string
  title: string
  deleted_at: number
  /** Then it is gone for good. */
  kept_until: number
}

/** `/v1/bin`: what you deleted in the last 30 days. */
export class Bin {
  constructor(private readonly sender: Sender) {}

  /** Last deleted first. */
  list(filters: Paging & { kind?: string } = {}, options?: CallOptions): Promise<Page<BinItem>> {
    return this.sender.send({ method: 'GET', path: '/bin', query: { ...filters } }, options)
  }

  /** It comes back with everybody it was shared with; a pin not onto its pinboards. */
  restore(id: string, options?: CallOptions): Promise<Pick<BinItem, 'id' | 'kind' | 'title'>> {
    return this.sender.send({ method: 'POST', path: `/bin/${encodeURIComponent(id)}/restore` }, options)
  }

  /** For good: nobody can bring it back. */
  delete(id: string, options?: CallOptions): Promise<Pick<BinItem, 'id' | 'kind'>> {
    return this.sender.send({ method: 'DELETE', path: `/bin/${encodeURIComponent(id)}` }, options)
  }
}
