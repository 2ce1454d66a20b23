import type { Page } from '../paging.js'
import type { CallOptions, Sender } from '../sender.js'

export interface PushAddress {
  id: string
  pin_id: string
  name: string
  /** Its last characters: enough to tell it from others. */
  hint: string
  created_at: number
  last_used_at: number | null
}

/** `/v1/pins/:id/push-addresses`: secret addresses that set the value of one pin and nothing else. */
export class PushAddresses {
  constructor(private readonly sender: Sender) {}

  list(pin: string, options?: CallOptions): Promise<Page<PushAddress>> {
    return this.sender.send({ method: 'GET', path: path(pin) }, options)
  }

  /** Make one; `url` in the answer is shown this once. */
  create(
    pin: string,
    address: { name?: string } = {},
    options?: CallOptions,
  ): Promise<PushAddress & { url: string }> {
    return this.sender.send({ method: 'POST', path: path(pin), body: address }, options)
  }

  /** Whoever holds it can push no more. */
  delete(pin: string, id: string, options?: CallOptions): Promise<unknown> {
    return this.sender.send({ method: 'DELETE', path: path(pin, id) }, options)
  }
}

const path = (pin: string, ...rest: string[]) =>
  ['/pins', encodeURIComponent(pin), 'push-addresses', ...rest.map(encodeURIComponent)].join('/')
