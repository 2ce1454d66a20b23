import type { CreatedUser, NewUser, User, UserUpdate } from '../account.js'
import type { Page, Paging } from '../paging.js'
import type { CallOptions, Sender } from '../sender.js'

/** `/v1/users`: everybody's accounts, for admins. */
export class Users {
  constructor(private readonly sender: Sender) {}

  list(paging: Paging = {}, options?: CallOptions): Promise<Page<User>> {
    return this.sender.send({ method: 'GET', path: '/users', query: { ...paging } }, options)
  }

  /** Without a password the answer has a link to set one. */
  create(user: NewUser, options?: CallOptions): Promise<CreatedUser> {
    return this.sender.send({ method: 'POST', path: '/users', body: user, once: true }, options)
  }

  update(id: string, changes: UserUpdate, options?: CallOptions): Promise<User> {
    return this.sender.send({ method: 'PATCH', path: path(id), body: changes }, options)
  }

  /** The account goes, and everything in it. */
  delete(id: string, options?: CallOptions): Promise<{ id: string }> {
    return this.sender.send({ method: 'DELETE', path: path(id) }, options)
  }
}

const path = (id: string) => `/users/${encodeURIComponent(id)}`
