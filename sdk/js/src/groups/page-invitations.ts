import type { AddedCollaborator, Collaborator } from '../account.js'
import type { CallOptions, Sender } from '../sender.js'

/** Who is invited to a page and who came. */
export interface PagePeople {
  pending: Collaborator[]
  active: Collaborator[]
}

/** `/v1/pages/:id/invitations`: a page's collaborators, under the names that pages have for them. */
export class PageInvitations {
  constructor(private readonly sender: Sender) {}

  /** Invite somebody by e-mail; a known account has the role at once. */
  send(id: string, email: string, role: Collaborator['role'], options?: CallOptions): Promise<AddedCollaborator> {
    const body = { email, role }
    return this.sender.send({ method: 'POST', path: path(id, 'invitations', 'send'), body, once: true }, options)
  }

  list(id: string, options?: CallOptions): Promise<PagePeople> {
    return this.sender.send({ method: 'GET', path: path(id, 'invitations') }, options)
  }

  /** Take back what somebody was invited with. */
  withdraw(id: string, email: string, options?: CallOptions): Promise<unknown> {
    return this.sender.send({ method: 'DELETE', path: path(id, 'invitations', email) }, options)
  }

  setRole(id: string, userId: string, role: Collaborator['role'], options?: CallOptions): Promise<Collaborator> {
    return this.sender.send({ method: 'PUT', path: path(id, 'users', userId, 'role'), body: { role } }, options)
  }
}

const path = (...parts: string[]) => ['/pages', ...parts.map(encodeURIComponent)].join('/')
