/** A real server in its own process and data folder. */

import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const PINDOWN = fileURLToPath(new URL('../../../.venv/bin/pindown', import.meta.url))
const EMAIL = 'ada@example.org'

const isOurs = ([name]: [string, unknown]) => name.startsWith('PINDOWN_')
const environment = () => Object.fromEntries(Object.entries(process.env).filter((entry) => !isOurs(entry)))

export class RunningServer {
  url = ''
  #port = '0'
  #process: ChildProcess | undefined

  private constructor(private readonly data: string) {}

  /** A server with one account, whose name and password are `EMAIL` and "correct horse". */
  static async withAccount(): Promise<RunningServer> {
    const server = new RunningServer(await mkdtemp(join(tmpdir(), 'pindown-')))
    await server.start()
    await server.addUser(EMAIL)
    return server
  }

  /** Start it, at the same address as before, and return when it says that it is ready. */
  async start(): Promise<void> {
    const started = spawn(PINDOWN, ['serve', '--data', this.data, '--port', this.#port], {
      env: environment(),
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    this.#process = started
    for await (const line of createInterface(started.stdout)) {
      const found = /Pindown is at (http:\/\/\S+:(\d+))/.exec(line)
      if (found === null) continue
      this.url = found[1] ?? ''
      this.#port = found[2] ?? ''
      started.stdout.resume()
      return
    }
    throw new Error('The server ended before it was ready')
  }

  /** End it as an operator would. */
  async stop(): Promise<void> {
    const ended = once(this.#process ?? process, 'exit')
    this.#process?.kill('SIGTERM')
    await ended
  }

  async remove(): Promise<void> {
    await this.stop()
    await rm(this.data, { recursive: true })
  }

  addUser(email: string, ...options: string[]): Promise<string> {
    return this.#command(['users', 'add', email, '--password-stdin', ...options], 'correct horse\n')
  }

  /** A key with these scopes; with none, one that may do everything. */
  addKey(scopes: string[] = [], email = EMAIL): Promise<string> {
    const options = scopes.flatMap((scope) => ['--scope', scope])
    return this.#command(['keys', 'add', '--user', email, '--name', 'test', ...options])
  }

  #command(words: string[], input = ''): Promise<string> {
    return new Promise((resolve, reject) => {
      const all = [...words, '--data', this.data]
      const child = execFile(PINDOWN, all, { env: environment() }, (error, printed, told) =>
        error === null ? resolve(printed.trim()) : reject(new Error(told, { cause: error })),
      )
      child.stdin?.end(input)
    })
  }
}
