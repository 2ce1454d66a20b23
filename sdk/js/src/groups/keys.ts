import type { ApiKey, CreatedKey, CurrentKey, KeyUpdate, NewKey } from '../account.js'
import type { Page, Paging } from '../paging.js'
import type { CallOptions, Sender } from '../sender.js'

/** `/v1/api-keys` */
export class Keys {
  constructor(private readonly sender: Sender) {}

  /** Make a key; `key` in the answer is its secret, shown this once. */
  create(key: NewKey, options?: CallOptions): Promise<CreatedKey> {
    // Not repeated: the answer to a repeated call would come without the secret.
    return this.sender.send({ method: 'POST', path: '/api-keys', body: key, once: true }, options)
  }

  list(paging: Paging = {}, options?: CallOptions): Promise<Page<ApiKey>> {
    return this.sender.send({ method: 'GET', path: '/api-keys', query: { ...paging } }, options)
  }

  update(id: string, changes: KeyUpdate, options?: CallOptions): Promise<ApiKey> {
    return this.sender.send({ method: 'PATCH', path: keyPath(id), body: changes }, options)
  }

  /** Give the key another secret, shown this once; the old one is useless at once. */
  rotate(id: string, options?: CallOptions): Promise<CreatedKey> {
    return this.sender.send({ method: 'POST', path: `${keyPath(id)}/rotate`, once: true }, options)
  }

  /** Revoke it: it is useless from now on and its streams end. */
  delete(id: string, options?: CallOptions): Promise<{ id: string }> {
    return this.sender.send({ method: 'DELETE', path: keyPath(id) }, options)
  }

  /** What the key that asks may do, and what is left of its budget. */
  current(options?: CallOptions): Promise<CurrentKey> {
    return this.sender.send({ method: 'GET', path: '/api-keys/current' }, options)
  }
}

const keyPath = (id: string) => `/api-keys/${encodeURIComponent(id)}`
