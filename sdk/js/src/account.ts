/** People, their sessions, their API keys and what they did. */

import type { Paging } from './paging.js'

export type Scope =
  | 'pins:read' | 'pins:write' | 'pins:share'
  | 'pinboards:read' | 'pinboards:write' | 'pinboards:invite' | 'pinboards:share'
  | 'pages:read' | 'pages:write'
  | 'datasets:read' | 'datasets:write'
  | '*'

export interface User {
  id: string
  email: string
  name: string
  tier: string
  is_admin: boolean
  created_at: number
}

/** An account as an admin changes it. */
export interface UserUpdate {
  name?: string
  tier?: string
  is_admin?: boolean
}

export interface NewUser extends UserUpdate {
  email: string
  password?: string
}

export interface CreatedUser extends User {
  /** A link to set a password, where none was given. It is shown this once. */
  reset_url?: string
}

export interface SignInState {
  signed_in: boolean
  /** No account exists yet: the next sign-up makes the admin. */
  needs_setup: boolean
  sign_up: string
  /** Whether the server writes mails, such as to who forgot a password. */
  mails: boolean
}

export interface SignUp {
  email: string
  password: string
  name?: string
  /** For the first account: the one-time code that `pindown serve` prints. */
  code?: string
  /** The token of an invitation: the account is for its e-mail, and takes its role. */
  invitation?: string
}

export interface Session {
  id: string
  created_at: number
  expires_at: number
  address: string
  agent: string
  is_current: boolean
}

export interface ApiKey {
  id: string
  name: string
  /** Its first and last characters: enough to tell it from others. */
  hint: string
  scopes: Scope[]
  /** The only ids the key sees; null: everything its owner may. */
  resources: string[] | null
  /** null: the account's. */
  tier: string | null
  expires_at: number | null
  created_at: number
  created_by: string
  last_used_at: number | null
}

/** A key with its secret, which is shown this once. */
export interface CreatedKey extends ApiKey {
  key: string
}

export interface KeyUpdate {
  name?: string
  scopes?: Scope[]
  resources?: string[] | null
  tier?: string | null
  expires_at?: number | string | null
}

export interface NewKey extends KeyUpdate {
  name: string
  scopes: Scope[]
}

/** Tokens in one window of a budget. */
export interface Window {
  limit: number
  remaining: number
  reset_at: string
}

export interface CurrentKey extends ApiKey {
  tier: string
  budget: { hour: Window; minute: Window }
}

export interface Collaborator {
  user_id: string
  /** For the thing's owner and editors. */
  email?: string
  name: string
  role: 'editor' | 'viewer'
  /** `pending` until an invitation is accepted; until then `user_id` is the invitation's id. */
  status: string
  /** ISO 8601 */
  added_at?: string
  invited_at?: string
  /** When an invitation ends. */
  expires_at?: number
}

/** Somebody who was given a role. */
export interface AddedCollaborator extends Collaborator {
  /** The link to hand over, where the server sends no mail. It is shown this once. */
  invite_url?: string
  /** What became of the mail. */
  mail?: string
}

/** What an invitation is for, to whoever holds its link. */
export interface OpenInvitation {
  email: string
  role: 'editor' | 'viewer'
  kind: 'pin' | 'pinboard' | 'page'
  thing_id: string
  title: string
  invited_by: string
  expires_at: number
  /** Whether to sign in or to sign up. */
  has_account: boolean
}

export interface AcceptedInvitation {
  kind: OpenInvitation['kind']
  thing_id: string
  role: string
  title: string
}

/** An invitation of yours that waits for its answer. */
export interface SentInvitation {
  id: string
  email: string
  role: string
  kind: OpenInvitation['kind']
  thing_id: string
  expires_at: number
}

export interface Invitation {
  email: string
  role: 'editor' | 'viewer'
  message?: string
}

/** What the caller may do with a thing. */
export interface Permissions {
  id: string
  role: string
  can_view: boolean
  can_see_source: boolean
  can_edit: boolean
  can_comment: boolean
  can_share: boolean
  can_delete: boolean
}

/** Who shall own a thing: an account, by one of the two. */
export type NewOwner = { email: string } | { user_id: string }

/** Whose it is now. */
export interface Transferred {
  id: string
  owner_id: string
  revision: number
}

/** What somebody did that matters for safety. */
export interface AuditEntry {
  id: string
  at: number
  created_at: string
  /** Such as `key.created`. */
  what: string
  /** null where it was done to nothing that is known. */
  thing_id: string | null
  by: { user_id: string | null; key_id: string | null }
  address: string | null
  details: Record<string, unknown>
}

export interface AuditFilters extends Paging {
  what?: string
  thing_id?: string
  /** Only what this account did; for admins. */
  user_id?: string
}
