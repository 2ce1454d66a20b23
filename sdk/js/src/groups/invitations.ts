import type { AcceptedInvitation, OpenInvitation, SentInvitation } from '../account.js'
import type { Page, Paging } from '../paging.js'
import type { CallOptions, Sender } from '../sender.js'

/** `/v1/invitations` */
export class Invitations {
  constructor(private readonly sender: Sender) {}

  /** What somebody was invited to, by the token of the link; needs no key. */
  get(token: string, options?: CallOptions): Promise<OpenInvitation> {
    return this.sender.send({ method: 'GET', path: path(token) }, options)
  }

  /** Take it: the account must have the e-mail that was invited. */
  accept(token: string, options?: CallOptions): Promise<AcceptedInvitation> {
    return this.sender.send({ method: 'POST', path: path(token, 'accept') }, options)
  }

  /** Those you sent that wait for an answer. */
  list(paging: Paging = {}, options?: CallOptions): Promise<Page<SentInvitation>> {
    return this.sender.send({ method: 'GET', path: '/invitations', query: { ...paging } }, options)
  }

  /** Take it back: the link is useless from now on. */
  withdraw(id: string, options?: CallOptions): Promise<unknown> {
    return this.sender.send({ method: 'DELETE', path: path(id) }, options)
  }
}

const path = (...parts: string[]) => ['/invitations', ...parts.map(encodeURIComponent)].join('/')
