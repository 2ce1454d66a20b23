import type { SignInState, SignUp, User } from '../account.js'
import type { CallOptions, Sender } from '../sender.js'

/** `/v1/auth`: for pages, whose session rides in a cookie. Nothing here is repeated by itself. */
export class Auth {
  constructor(private readonly sender: Sender) {}

  /** Whether you are signed in, and whether the server has its first account yet. */
  state(options?: CallOptions): Promise<SignInState> {
    return this.sender.send({ method: 'GET', path: '/auth/state' }, options)
  }

  signUp(account: SignUp, options?: CallOptions): Promise<User> {
    return this.#post('sign-up', account, options)
  }

  signIn(account: { email: string; password: string }, options?: CallOptions): Promise<User> {
    return this.#post('sign-in', account, options)
  }

  signOut(options?: CallOptions): Promise<unknown> {
    return this.#post('sign-out', undefined, options)
  }

  /** Set a password with the token of a one-time link, and sign in. */
  reset(reset: { token: string; password: string }, options?: CallOptions): Promise<User> {
    return this.#post('reset', reset, options)
  }

  /** Have a link mailed that lets a password be set anew. Whether there is an account is not told. */
  forgot(who: { email: string }, options?: CallOptions): Promise<{ mail: string }> {
    return this.#post('forgot', who, options)
  }

  #post<T>(what: string, body: unknown, options?: CallOptions): Promise<T> {
    return this.sender.send({ method: 'POST', path: `/auth/${what}`, body, once: true }, options)
  }
}
