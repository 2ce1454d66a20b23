import type { CallOptions, Sender } from '../sender.js'

export interface CustomRole {
  name: string
  /** `#RRGGBB` */
  color: string
  permissions: Record<string, unknown>
  /** Who holds it. */
  user_ids: string[]
  /** Which pins ask for it, for owner and editors. */
  pins?: string[]
}

export interface NewRole {
  name: string
  color: string
  permissions?: Record<string, unknown>
}

/** `/v1/pinboards/:id/roles`: at most five, each of which opens the pins that ask for it. */
export class Roles {
  constructor(private readonly sender: Sender) {}

  /** Id to role. */
  list(board: string, options?: CallOptions): Promise<Record<string, CustomRole>> {
    return this.sender.send({ method: 'GET', path: path(board, 'roles') }, options)
  }

  create(board: string, role: NewRole, options?: CallOptions): Promise<{ roleId: string }> {
    return this.sender.send({ method: 'POST', path: path(board, 'roles'), body: role }, options)
  }

  update(board: string, role: string, changes: Partial<NewRole>, options?: CallOptions): Promise<unknown> {
    return this.sender.send({ method: 'PUT', path: path(board, 'roles', role), body: changes }, options)
  }

  delete(board: string, role: string, options?: CallOptions): Promise<unknown> {
    return this.sender.send({ method: 'DELETE', path: path(board, 'roles', role) }, options)
  }

  /** Exactly these people hold it. */
  setMembers(board: string, role: string, userIds: string[], options?: CallOptions): Promise<unknown> {
    const body = { user_ids: userIds }
    return this.sender.send({ method: 'PUT', path: path(board, 'roles', role, 'members'), body }, options)
  }

  /** On this board a pin is shown to those who hold one of these roles; with none to everybody. */
  setPinRoles(board: string, pin: string, roleIds: string[], options?: CallOptions): Promise<unknown> {
    const body = { role_ids: roleIds }
    return this.sender.send({ method: 'PUT', path: path(board, 'pins', pin, 'roles'), body }, options)
  }
}

const path = (...parts: string[]) => ['/pinboards', ...parts.map(encodeURIComponent)].join('/')
