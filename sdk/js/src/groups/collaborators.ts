import type { Collaborator, Invitation } from '../account.js'
import type { CallOptions, Sender } from '../sender.js'

/** `…/:id/collaborators` of a pin or a pinboard. */
export class Collaborators {
  constructor(
    private readonly sender: Sender,
    private readonly things: string,
  ) {}

  list(id: string, options?: CallOptions): Promise<{ items: Collaborator[] }> {
    return this.sender.send({ method: 'GET', path: this.#path(id) }, options)
  }

  /** Invite somebody by e-mail; a known account becomes active at once. */
  add(id: string, invitation: Invitation, options?: CallOptions): Promise<Collaborator> {
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
  remove(id: string, userId: string, options?: CallOptions): Promise<unknown> {
    return this.sender.send({ method: 'DELETE', path: this.#path(id, userId) }, options)
  }

  #path(id: string, ...user: string[]): string {
    return [this.things, encodeURIComponent(id), 'collaborators', ...user.map(encodeURIComponent)].join('/')
  }
}
