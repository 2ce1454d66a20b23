import { expect, inject, test } from 'vitest'
import { PindownClient, Unauthorized } from '../src/index.js'
import { page } from './own-account.js'

const baseUrl = inject('url')
const client = new PindownClient({ apiKey: inject('key'), baseUrl })

test('a key from its secret to its end', async () => {
  const made = await client.keys.create({ name: 'Sensor', scopes: ['pins:read'] })
  const sensor = new PindownClient({ apiKey: made.key, baseUrl })
  expect(await sensor.keys.current()).toMatchObject({ id: made.id, scopes: ['pins:read'], tier: 'self-hosted' })
  const { items } = await client.keys.list()
  expect(items.find(({ id }) => id === made.id)).not.toHaveProperty('key')
  expect(await client.keys.update(made.id, { name: 'Old sensor' })).toMatchObject({ name: 'Old sensor' })
  const turned = await client.keys.rotate(made.id)
  await expect(sensor.keys.current()).rejects.toThrow(Unauthorized)
  await client.keys.delete(made.id)
  await expect(new PindownClient({ apiKey: turned.key, baseUrl }).keys.current()).rejects.toThrow(Unauthorized)
})

test('signing in, and out', async () => {
  const own = page()
  expect(await own.auth.state()).toEqual({ signed_in: false, needs_setup: false, sign_up: 'invited', mails: false })
  const account = { email: 'ada@example.org', password: 'correct horse' }
  expect(await own.auth.signIn(account)).toMatchObject({ email: 'ada@example.org', is_admin: true })
  expect(await own.me.update({ name: 'Ada L.' })).toMatchObject({ name: 'Ada L.' })
  expect((await own.me.get()).name).toBe('Ada L.')
  expect((await own.me.sessions()).items).toContainEqual(expect.objectContaining({ is_current: true }))
  await own.me.endSessions()
  await own.me.setPassword({ current_password: account.password, password: account.password })
  await own.auth.signOut()
  await expect(own.me.get()).rejects.toThrow(Unauthorized)
  await expect(own.auth.signIn({ ...account, password: 'wrong horse' })).rejects.toThrow(Unauthorized)
})

test('nobody makes an account without an invitation, or sets a password without a link', async () => {
  const account = { email: 'dan@example.org', password: 'correct horse' }
  await expect(page().auth.signUp(account)).rejects.toMatchObject({ code: 'FORBIDDEN' })
  await expect(page().auth.reset({ token: 'x', password: account.password })).rejects.toMatchObject({
    status: expect.any(Number), requestId: expect.any(String),
  })
})

test('an admin looks after accounts', async () => {
  const made = await client.users.create({ email: 'fay@example.org', name: 'Fay' })
  expect(made).toMatchObject({ email: 'fay@example.org', is_admin: false, reset_url: expect.stringContaining('/reset') })
  expect(await client.users.update(made.id, { tier: 'hobby' })).toMatchObject({ tier: 'hobby' })
  expect((await client.users.list()).items.map(({ id }) => id)).toContain(made.id)
  await client.users.delete(made.id)
  expect((await client.users.list()).items.map(({ id }) => id)).not.toContain(made.id)
})
