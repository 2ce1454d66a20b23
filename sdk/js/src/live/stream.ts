/** `GET /v1/live`: one stream that keeps itself open. */

import { ConnectionFailed, PindownError, Refused } from '../errors.js'
import { wait, type Sender } from '../sender.js'
import { readEvent } from './read.js'
import { SseParser } from './sse.js'
import type { LiveEvent, PinView } from './views.js'

/**
 * `connecting` until the first snapshot, `live` while changes arrive, `reconnecting` between a broken
 * line and the next snapshot, `ended` when nothing more will come.
 */
export type LiveStatus = 'connecting' | 'live' | 'reconnecting' | 'ended'

export interface Watched {
  pins?: string[]
  pinboards?: string[]
  pages?: string[]
}

export interface LiveOptions extends Watched {
  /** Ends the stream; so does leaving the loop. */
  signal?: AbortSignal
  onStatus?: (status: LiveStatus) => void
  /** Whenever the server is heard, be it only a sign of life. */
  onHeard?: () => void
}

const SILENCE = 40_000 // a sign of life is due every 15 s: two were missed, and some
const LONGEST_PAUSE = 30_000

/**
 * Everything that happens to what is watched, beginning with a snapshot. A line that breaks is opened
 * again, and begins with a snapshot again: it replaces all that was known. Between two snapshots no pin
 * goes back to an older version. Throws what the server answers if it refuses the stream.
 */
export class LiveStream implements AsyncIterable<LiveEvent> {
  #status: LiveStatus = 'connecting'
  #stop = new AbortController()
  #rest = new AbortController()
  #failures = 0
  #pause = 2000
  #least = 0
  #versions = new Map<string, number>()

  constructor(
    private readonly sender: Sender,
    private readonly options: LiveOptions,
  ) {
    const { signal } = options
    if (signal?.aborted) this.close()
    signal?.addEventListener('abort', () => this.close(), { once: true, signal: this.#stop.signal })
  }

  get status(): LiveStatus {
    return this.#status
  }

  /** End the stream. Its loop ends without an error. */
  close(): void {
    this.#stop.abort()
    this.#rest.abort()
    this.#become('ended')
  }

  /** Try at once instead of waiting; for when the network is known to be back. */
  wake(): void {
    this.#rest.abort()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<LiveEvent, void, undefined> {
    try {
      while (!this.#stop.signal.aborted) {
        yield* this.#line()
        if (this.#stop.signal.aborted) return
        this.#become('reconnecting')
        await this.#wait()
      }
    } finally {
      this.close()
    }
  }

  /** One connection, from opening it until it breaks. */
  async *#line(): AsyncGenerator<LiveEvent, void, undefined> {
    const line = new AbortController()
    const hangUp = () => line.abort()
    this.#stop.signal.addEventListener('abort', hangUp, { once: true })
    let silence = setTimeout(hangUp, SILENCE)
    const heard = () => {
      clearTimeout(silence)
      silence = setTimeout(hangUp, SILENCE)
      this.options.onHeard?.()
    }
    try {
      for await (const event of this.#events(line.signal, heard)) {
        if (this.#isNews(event)) yield event
        if (event.event === 'denied' && event.data.id === undefined) return this.close()
      }
    } catch (error) {
      if (!isPassing(error, line.signal)) throw error
      if (error instanceof Refused) this.#least = (error.retryAfter ?? 0) * 1000
    } finally {
      clearTimeout(silence)
      this.#stop.signal.removeEventListener('abort', hangUp)
      line.abort()
    }
  }

  async *#events(signal: AbortSignal, heard: () => void): AsyncGenerator<LiveEvent, void, undefined> {
    const body = await this.sender.open('/live', asQuery(this.options), signal)
    const parser = new SseParser()
    const decoder = new TextDecoder()
    const reader = body.getReader()
    // Hanging up ends the reading here: not every fetch ends it for a body that is already complete.
    const cancel = () => void reader.cancel().catch(() => undefined)
    signal.addEventListener('abort', cancel, { once: true })
    if (signal.aborted) cancel()
    for (;;) {
      const { done, value } = await reader.read().catch(lost)
      if (done) return
      heard()
      for (const message of parser.push(decoder.decode(value, { stream: true }))) {
        const event = readEvent(message)
        if (event !== undefined) yield event
      }
      this.#pause = parser.retry ?? this.#pause
    }
  }

  /** Whether the event says something newer than what was already told; a frame is cut to what does. */
  #isNews(event: LiveEvent): boolean {
    switch (event.event) {
      case 'snapshot':
        this.#versions = new Map(event.data.pins.map((pin) => [pin.id, pin.version]))
        this.#failures = 0
        this.#become('live')
        return true
      case 'pin':
        return this.#isNewer(event.data)
      case 'frame':
        event.data.pins = event.data.pins.filter((pin) => this.#isNewer(pin))
        return event.data.pins.length > 0
      default:
        return true
    }
  }

  /** The same version may come twice, drawn anew: what it says about time moves on by itself. */
  #isNewer({ id, version }: PinView): boolean {
    if (version < (this.#versions.get(id) ?? 0)) return false
    this.#versions.set(id, version)
    return true
  }

  /** The server's own pause, doubled with each failure and scattered, so that not all come back at once. */
  async #wait(): Promise<void> {
    const grown = Math.min(this.#pause * 2 ** this.#failures, Math.max(LONGEST_PAUSE, this.#pause))
    this.#failures += 1
    this.#rest = new AbortController()
    const pause = this.#least + grown / 2 + Math.random() * (grown / 2)
    this.#least = 0
    await wait(pause, this.#rest.signal).catch(() => undefined)
  }

  #become(status: LiveStatus): void {
    if (status === this.#status || this.#status === 'ended') return
    this.#status = status
    this.options.onStatus?.(status)
  }
}

function asQuery({ pins, pinboards, pages }: Watched): Record<string, string | undefined> {
  const listed = (ids: string[] | undefined) => (ids?.length ? ids.join(',') : undefined)
  return { pins: listed(pins), pinboards: listed(pinboards), pages: listed(pages) }
}

/** Whether trying again can help. */
function isPassing(error: unknown, line: AbortSignal): boolean {
  if (line.aborted || error instanceof ConnectionFailed) return true
  if (!(error instanceof Refused)) return false
  return error.status === 429 || error.status >= 500
}

function lost(cause: unknown): never {
  throw cause instanceof PindownError ? cause : new ConnectionFailed('The stream broke', { cause })
}
