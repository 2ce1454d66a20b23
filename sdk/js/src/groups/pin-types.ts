import type { CallOptions, Sender } from '../sender.js'

export interface PinType {
  type: string
  purpose: string
  /** JSON Schema 2020-12 of its config. */
  schema: Record<string, unknown>
  example: Record<string, unknown>
}

/** `/v1/pin-types`; needs no key. */
export class PinTypes {
  constructor(private readonly sender: Sender) {}

  list(options?: CallOptions): Promise<{ items: PinType[] }> {
    return this.sender.send({ method: 'GET', path: '/pin-types' }, options)
  }

  get(type: string, options?: CallOptions): Promise<PinType> {
    return this.sender.send({ method: 'GET', path: `/pin-types/${encodeURIComponent(type)}` }, options)
  }
}
