import type { PageView, PinboardView, PinView } from '../live/views.js'
import type { Page, Paging } from '../paging.js'
import type { CallOptions, Sender } from '../sender.js'
import type { Comment } from './comments.js'

export interface PinOnShow extends PinView {
  allow_comments: boolean
}

export interface PinboardOnShow extends PinboardView {
  allow_comments: boolean
  /** What its pins show. */
  views: PinView[]
}

export interface PageOnShow extends PageView {
  /** What its pins show. */
  views: PinView[]
}

/** `/v1/shared`: what everyone may see; needs no key. */
export class Shared {
  constructor(private readonly sender: Sender) {}

  pin(id: string, options?: CallOptions): Promise<PinOnShow> {
    return this.sender.send({ method: 'GET', path: `/shared/pins/${encodeURIComponent(id)}` }, options)
  }

  pinboard(id: string, options?: CallOptions): Promise<PinboardOnShow> {
    return this.sender.send({ method: 'GET', path: `/shared/pinboards/${encodeURIComponent(id)}` }, options)
  }

  page(id: string, options?: CallOptions): Promise<PageOnShow> {
    return this.sender.send({ method: 'GET', path: `/shared/pages/${encodeURIComponent(id)}` }, options)
  }

  /** What people said about a public pin, newest first. */
  pinComments(id: string, paging: Paging = {}, options?: CallOptions): Promise<Page<Comment>> {
    const path = `/shared/pins/${encodeURIComponent(id)}/comments`
    return this.sender.send({ method: 'GET', path, query: { ...paging } }, options)
  }

  pinboardComments(id: string, paging: Paging = {}, options?: CallOptions): Promise<Page<Comment>> {
    const path = `/shared/pinboards/${encodeURIComponent(id)}/comments`
    return this.sender.send({ method: 'GET', path, query: { ...paging } }, options)
  }
}
