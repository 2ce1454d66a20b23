import type { AddedCollaborator, Collaborator, Invitation } from '../account.js'
import type { Page, Paging } from '../paging.js'
import type { CallOptions, Sender } from '../sender.js'

/** `…/:id/collaborators` of a pin, a pinboard or a page. */
export class Collaborators {
  constructor(
    private readonly sender: Sender,
    private readonly things: string,
  ) {}

  list(id: string, paging: Paging = {}, options?: CallOptions): Promise<Page<Collaborator>> {
    return this.sender.send({ method: 'GET', path: this.#path(id), query: { ...paging } }, options)
  }

  /** Give somebody a role by e-mail: an account at once, anybody else by an invitation. */
  add(id: string, invitation: Invitation, options?: CallOptions): Promise<AddedCollaborator> {
    return this.sender.send({ method: 'POST', path: this.#path(id), body: invitation }, options)
  }

  update(
    id: string,
    userId: string,
    changes: Pick<Collaborator, 'role'>,
    options?: CallOptions,
  ): Promise<Collaborator> {
    return this.sender.send({ method: 'PUT', path: this.#path(id, userId), body: changes }, options)
  }

  /** They lose it at once, also in open streams. */
  remove(id: string, userId: string, options?: CallOptions): Promise<{ id: string; user_id: string }> {
    return this.sender.send({ method: 'DELETE', path: this.#path(id, userId) }, options)
  }

  #path(id: string, ...user: string[]): string {
    return [this.things, encodeURIComponent(id), 'collaborators', ...user.map(encodeURIComponent)].join('/')
  }
}
