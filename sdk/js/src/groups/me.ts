import type { Session, User } from '../account.js'
import type { Page, Paging } from '../paging.js'
import type { CallOptions, Sender } from '../sender.js'

/** `/v1/me`: your own account. */
export class Me {
  constructor(private readonly sender: Sender) {}

  get(options?: CallOptions): Promise<User> {
    return this.sender.send({ method: 'GET', path: '/me' }, options)
  }

  update(changes: { name?: string; email?: string }, options?: CallOptions): Promise<User> {
    return this.sender.send({ method: 'PATCH', path: '/me', body: changes }, options)
  }

  /** Your account with everything in it, for good. The last admin cannot go. */
  delete(options?: CallOptions): Promise<{ id: string }> {
    return this.sender.send({ method: 'DELETE', path: '/me' }, options)
  }

  /** You stay signed in here and nowhere else. */
  setPassword(
    passwords: { current_password: string; password: string },
    options?: CallOptions,
  ): Promise<unknown> {
    return this.sender.send({ method: 'POST', path: '/me/password', body: passwords, once: true }, options)
  }

  /** Where you are signed in. */
  sessions(paging: Paging = {}, options?: CallOptions): Promise<Page<Session>> {
    return this.sender.send({ method: 'GET', path: '/me/sessions', query: { ...paging } }, options)
  }

  /** Sign out one browser; without an id every other one. */
  endSessions(id?: string, options?: CallOptions): Promise<unknown> {
    const path = id === undefined ? '/me/sessions' : `/me/sessions/${encodeURIComponent(id)}`
    return this.sender.send({ method: 'DELETE', path }, options)
  }
}
