/** One server for all tests that do not stop it. */

import type { TestProject } from 'vitest/node'
import { RunningServer } from './running-server.js'

declare module 'vitest' {
  interface ProvidedContext {
    url: string
    key: string
    readingKey: string
    starterKey: string
    /** Of somebody else, without the starter's small budget. */
    roleKey: string
  }
}

export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const server = await RunningServer.withAccount()
  await server.addUser('starter@example.org', '--tier', 'starter')
  project.provide('url', server.url)
  project.provide('key', await server.addKey())
  project.provide('readingKey', await server.addKey(['pins:read']))
  project.provide('starterKey', await server.addKey([], 'starter@example.org'))
  await server.addUser('ben@example.org')
  project.provide('roleKey', await server.addKey([], 'ben@example.org'))
  return () => server.remove()
}
