import type { PinboardView, PinView } from '../live/views.js'
import type { CallOptions, Sender } from '../sender.js'

export interface PinOnShow extends PinView {
  allow_comments: boolean
}

export interface PinboardOnShow extends PinboardView {
  allow_comments: boolean
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
}
