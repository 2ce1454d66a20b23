import type { Block, NewBlock, PatchStep } from '../pin.js'
import type { Page, Paging } from '../paging.js'
import { patchType, type CallOptions, type Sender } from '../sender.js'

/** `/v1/pins/:id/blocks`: the parts of a pin below its chart or table, in order. */
export class Blocks {
  constructor(private readonly sender: Sender) {}

  list(pin: string, paging: Paging = {}, options?: CallOptions): Promise<Page<Block>> {
    return this.sender.send({ method: 'GET', path: path(pin), query: { ...paging } }, options)
  }

  get(pin: string, block: string, options?: CallOptions): Promise<Block> {
    return this.sender.send({ method: 'GET', path: path(pin, block) }, options)
  }

  /** Add one: last, or at the place that `order` says. */
  create(pin: string, block: NewBlock, options?: CallOptions): Promise<Block> {
    return this.sender.send({ method: 'POST', path: path(pin), body: block }, options)
  }

  /** Change what is given; `order` moves it. */
  update(pin: string, block: string, changes: Partial<NewBlock>, options?: CallOptions): Promise<Block> {
    return this.sender.send({ method: 'PUT', path: path(pin, block), body: changes }, options)
  }

  /** A merge patch (an object), or a JSON Patch (a list of steps). */
  patch(pin: string, block: string, patch: object | PatchStep[], options?: CallOptions): Promise<Block> {
    const contentType = patchType(patch)
    return this.sender.send({ method: 'PATCH', path: path(pin, block), body: patch, contentType }, options)
  }

  /** A revision of the pin brings it back. */
  delete(pin: string, block: string, options?: CallOptions): Promise<unknown> {
    return this.sender.send({ method: 'DELETE', path: path(pin, block) }, options)
  }

  /** Put them in this order; every block of the pin is named once. */
  reorder(pin: string, order: string[], options?: CallOptions): Promise<unknown> {
    return this.sender.send({ method: 'POST', path: path(pin, 'reorder'), body: { order } }, options)
  }
}

const path = (pin: string, ...rest: string[]) =>
  ['/pins', encodeURIComponent(pin), 'blocks', ...rest.map(encodeURIComponent)].join('/')
