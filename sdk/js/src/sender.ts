/** Sends calls: address, key, patience. Knows nothing about pins or pinboards. */

import { ConnectionFailed, isRecord, PindownError, Refused, refusedFrom, TimedOut } from './errors.js'

export interface Settings {
  baseUrl: string
  apiKey: string | undefined
  fetch: typeof fetch
  /** How often a call is repeated when that is safe. */
  maxRetries: number
  /** Milliseconds one attempt may take. */
  timeout: number
}

/** What can be said about one call, whatever it does. */
export interface CallOptions {
  signal?: AbortSignal
  /** Refuse (412) unless the stored thing is at this revision. */
  ifMatch?: number | string
  /** Make the same call twice, have it done once. Made by the client where it repeats a call itself. */
  idempotencyKey?: string
  /** Check everything, change nothing. */
  dryRun?: boolean
}

export type Query = Record<string, string | number | boolean | undefined>

export interface Call {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  path: string
  query?: Query | undefined
  body?: unknown
  contentType?: string
  /** A POST that changes nothing. */
  isRead?: true
  /** Never repeated by itself: a person should look at the answer first, or it comes only once. */
  once?: true
}

const LONGEST_WAIT = 30 // seconds; who must wait longer is told so instead
const FIRST_PAUSE = 250 // milliseconds; doubles with each attempt

export class Sender {
  constructor(readonly settings: Settings) {}

  /** The answer's `data`; a PindownError if there is none. */
  async send<T>(call: Call, options: CallOptions = {}): Promise<T> {
    const request = this.#request(call, options)
    const attempts = call.once ? 1 : this.settings.maxRetries + 1
    return this.#patiently(attempts, options.signal, async () => {
      const body = await this.#attempt(request, options.signal, read)
      return dataOf(body) as T
    })
  }

  /** What a path answers, as it is; a PindownError if there is none. */
  async download(path: string, options: CallOptions = {}): Promise<Blob> {
    const request = this.#request({ method: 'GET', path }, options)
    const attempts = this.settings.maxRetries + 1
    return this.#patiently(attempts, options.signal, () =>
      this.#attempt(request, options.signal, (response) => response.blob()),
    )
  }

  /** An open stream; a Refused if the server says no. */
  async open(path: string, query: Query, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
    const { url, init } = this.#request({ method: 'GET', path, query }, {})
    const headers = { ...init.headers, Accept: 'text/event-stream' }
    const response = await this.#fetch(url, { ...init, headers, signal, cache: 'no-store' }, signal)
    if (!response.ok) throw refusedFrom(response, await read(response))
    if (response.body === null) throw new ConnectionFailed('The stream came without a body')
    return response.body
  }

  #request(call: Call, options: CallOptions): Request {
    const query = { ...call.query, ...(options.dryRun ? { dry_run: true } : {}) }
    const headers: Record<string, string> = { Accept: 'application/json' }
    if (this.settings.apiKey) headers['Authorization'] = `Bearer ${this.settings.apiKey}`
    const { body } = call
    // A form says its own type, with the boundary between its parts.
    const isForm = body instanceof FormData
    if (body !== undefined && !isForm) headers['Content-Type'] = call.contentType ?? 'application/json'
    if (options.ifMatch !== undefined) headers['If-Match'] = etag(options.ifMatch)
    const once = options.idempotencyKey ?? (needsKey(call, options) ? newKey() : undefined)
    if (once !== undefined) headers['Idempotency-Key'] = once
    const init = {
      method: call.method,
      headers,
      // The web app's session rides in a cookie. A key speaks for itself.
      credentials: this.settings.apiKey ? ('omit' as const) : ('same-origin' as const),
      ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
    }
    return { url: this.settings.baseUrl + call.path + search(query), init }
  }

  async #patiently<T>(attempts: number, signal: AbortSignal | undefined, attempt: () => Promise<T>): Promise<T> {
    for (let count = 1; ; count += 1) {
      try {
        return await attempt()
      } catch (error) {
        const pause = count < attempts ? pauseBefore(error, count) : undefined
        if (pause === undefined) throw error
        await wait(pause, signal)
      }
    }
  }

  async #attempt<T>(
    { url, init }: Request,
    signal: AbortSignal | undefined,
    readGood: (response: Response) => Promise<T>,
  ): Promise<T> {
    const limit = AbortSignal.timeout(this.settings.timeout)
    const either = signal ? AbortSignal.any([signal, limit]) : limit
    const response = await this.#fetch(url, { ...init, signal: either }, signal)
    const lost = (cause: unknown) => this.#lost(cause, signal)
    if (!response.ok) throw refusedFrom(response, await read(response).catch(lost))
    return readGood(response).catch(lost)
  }

  async #fetch(url: string, init: RequestInit, signal: AbortSignal | undefined): Promise<Response> {
    try {
      return await this.settings.fetch(url, init)
    } catch (cause) {
      return this.#lost(cause, signal)
    }
  }

  #lost(cause: unknown, signal: AbortSignal | undefined): never {
    if (signal?.aborted) throw signal.reason
    if (cause instanceof DOMException && cause.name === 'TimeoutError') {
      throw new TimedOut(`No answer within ${this.settings.timeout} ms`, { cause })
    }
    throw new ConnectionFailed(`No answer from ${this.settings.baseUrl}`, { cause })
  }
}

interface Request {
  url: string
  init: { method: string; headers: Record<string, string>; credentials: RequestCredentials; body?: string | FormData }
}

/** Whether the server must know that a repeated call is the same one: where doing it twice would show. */
function needsKey(call: Call, options: CallOptions): boolean {
  if (call.method === 'GET' || call.isRead || call.once) return false
  // Setting the same value twice ends the same, unless the first time moved the revision asked for.
  return call.method !== 'PUT' || options.ifMatch !== undefined
}

/** Milliseconds until the next attempt; undefined if there should be none. */
function pauseBefore(error: unknown, attempt: number): number | undefined {
  const grown = FIRST_PAUSE * 2 ** (attempt - 1)
  const scattered = grown / 2 + Math.random() * (grown / 2)
  if (error instanceof ConnectionFailed) return scattered
  if (!(error instanceof Refused) || (error.status !== 429 && error.status !== 503)) return undefined
  if (error.retryAfter === null) return scattered
  if (error.retryAfter > LONGEST_WAIT) return undefined
  return error.retryAfter * 1000 + Math.random() * FIRST_PAUSE
}

/** Resolves after so many milliseconds; rejects with the signal's reason when it is aborted before. */
export function wait(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason)
    const stop = () => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop)
      resolve()
    }, milliseconds)
    signal?.addEventListener('abort', stop, { once: true })
  })
}

async function read(response: Response): Promise<unknown> {
  const text = await response.text()
  try {
    return JSON.parse(text)
  } catch {
    return undefined // something in between answered; the status tells the rest
  }
}

function dataOf(body: unknown): unknown {
  if (isRecord(body) && 'data' in body) return body['data']
  throw new PindownError('The answer is not one of a Pindown server')
}

/** What a patch says it is: a list of steps is a JSON Patch, an object a merge patch. */
export const patchType = (patch: object) =>
  Array.isArray(patch) ? 'application/json-patch+json' : 'application/merge-patch+json'

function search(query: Query): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined)
  const words = new URLSearchParams(given.map(([name, value]) => [name, String(value)]))
  return given.length === 0 ? '' : `?${words}`
}

const etag = (revision: number | string) =>
  typeof revision === 'number' || !revision.includes('"') ? `"${revision}"` : revision

/** 128 random bits. `randomUUID` is missing on pages that came over plain HTTP. */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
