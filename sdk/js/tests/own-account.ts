/** Accounts made while the tests run, over the API itself. */

import { inject } from 'vitest'
import { PindownClient } from '../src/index.js'

const baseUrl = inject('url')
const password = 'correct horse'

/** A client with the session's cookie of a page, which Node does not keep by itself. */
export function page(): PindownClient {
  let cookie = ''
  const keeping: typeof fetch = async (input, init) => {
    const headers = new Headers(init?.headers)
    headers.set('Cookie', cookie)
    headers.set('Origin', baseUrl)
    const response = await fetch(input, { ...init, headers })
    cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? cookie
    return response
  }
  return new PindownClient({ baseUrl, fetch: keeping })
}

/** A client of an account that this file of tests has to itself: files run side by side, and lists tell all. */
export async function ownClient(name: string): Promise<PindownClient> {
  const admin = new PindownClient({ apiKey: inject('key'), baseUrl })
  const email = `${name}@example.org`
  const { reset_url } = await admin.users.create({ email })
  const own = page()
  await own.auth.reset({ token: new URL(reset_url ?? '').searchParams.get('token') ?? '', password })
  await own.auth.signIn({ email, password })
  const { key } = await own.keys.create({ name: 'test', scopes: ['*'] })
  return new PindownClient({ apiKey: key, baseUrl })
}
