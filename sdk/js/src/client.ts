import type { AuditEntry, AuditFilters } from './account.js'
import { Auth } from './groups/auth.js'
import { Bin } from './groups/bin.js'
import { Datasets } from './groups/datasets.js'
import { Files } from './groups/files.js'
import { Invitations } from './groups/invitations.js'
import { Keys } from './groups/keys.js'
import { Me } from './groups/me.js'
import { Pages } from './groups/pages.js'
import { Pinboards } from './groups/pinboards.js'
import { PinTypes } from './groups/pin-types.js'
import { Pins } from './groups/pins.js'
import { Shared } from './groups/shared.js'
import { Templates } from './groups/templates.js'
import { Users } from './groups/users.js'
import { LiveStream, type LiveOptions } from './live/stream.js'
import type { Page } from './paging.js'
import { Sender, type CallOptions } from './sender.js'

/** Something that a search found. */
export interface Found {
  kind: 'pin' | 'pinboard' | 'page' | 'dataset'
  id: string
  title: string
  description: string
  tags: string[]
  role: string
  updated_at: number
  pin_type?: string
}

/** Where a value went. */
export interface Pushed {
  id: string
  name: string
  pin_type: string
  /** The push made the pin. */
  is_new: boolean
  /** What a new pin was placed on. */
  pinboard_id: string | null
  revision: number
  version: number
  updated_at: number
  shareable_url: string
}

export interface ClientOptions {
  /** By default `PINDOWN_API_KEY`. Without one a page's session speaks, or nobody. */
  apiKey?: string | undefined
  /** The server's address, with or without `/v1`. By default `PINDOWN_URL`, the page's own, or this machine. */
  baseUrl?: string | undefined
  fetch?: typeof fetch
  /** How often a call is repeated where that is safe; 2 by default. */
  maxRetries?: number
  /** Milliseconds one attempt may take; 30,000 by default. */
  timeout?: number
}

/** A Pindown server, as seen with one key or session. */
export class PindownClient {
  readonly pins: Pins
  readonly pinboards: Pinboards
  readonly pages: Pages
  readonly datasets: Datasets
  readonly templates: Templates
  readonly files: Files
  readonly bin: Bin
  readonly invitations: Invitations
  readonly pinTypes: PinTypes
  readonly keys: Keys
  readonly auth: Auth
  readonly me: Me
  readonly shared: Shared
  readonly users: Users
  readonly #sender: Sender

  constructor(options: ClientOptions = {}) {
    this.#sender = new Sender({
      baseUrl: address(options.baseUrl),
      apiKey: options.apiKey ?? environment('PINDOWN_API_KEY'),
      // Called as a plain function: a browser's fetch refuses to be anybody's method.
      fetch: options.fetch ?? ((...asked) => globalThis.fetch(...asked)),
      maxRetries: options.maxRetries ?? 2,
      timeout: options.timeout ?? 30_000,
    })
    this.pins = new Pins(this.#sender)
    this.pinboards = new Pinboards(this.#sender)
    this.pages = new Pages(this.#sender)
    this.datasets = new Datasets(this.#sender)
    this.templates = new Templates(this.#sender)
    this.files = new Files(this.#sender)
    this.bin = new Bin(this.#sender)
    this.invitations = new Invitations(this.#sender)
    this.pinTypes = new PinTypes(this.#sender)
    this.keys = new Keys(this.#sender)
    this.auth = new Auth(this.#sender)
    this.me = new Me(this.#sender)
    this.shared = new Shared(this.#sender)
    this.users = new Users(this.#sender)
  }

  /** Your own things and those shared with you that hold every one of these words, the best first. */
  search(q: string, { limit }: { limit?: number } = {}, options?: CallOptions): Promise<Page<Found>> {
    return this.#sender.send({ method: 'GET', path: '/search', query: { q, limit } }, options)
  }

  /** What you did that matters for safety, newest first; admins see what everybody did. */
  audit(filters: AuditFilters = {}, options?: CallOptions): Promise<Page<AuditEntry>> {
    return this.#sender.send({ method: 'GET', path: '/audit', query: { ...filters } }, options)
  }

  /**
   * Push a number, a text, a list or an object to your pin of this name. The first push makes the pin and
   * places it on your pinboard Inbox; later ones set its value.
   */
  push(name: string, value: unknown, options?: CallOptions): Promise<Pushed> {
    return this.#sender.send({ method: 'POST', path: `/push/${encodeURIComponent(name)}`, body: value }, options)
  }

  /** Watch up to 200 pins, pinboards and pages: `for await (const { event, data } of client.live({ pins }))`. */
  live(options: LiveOptions): LiveStream {
    return new LiveStream(this.#sender, options)
  }
}

function address(given: string | undefined): string {
  const url = given ?? environment('PINDOWN_URL') ?? pageAddress() ?? 'http://127.0.0.1:8000'
  const whole = url.replace(/\/+$/, '')
  return whole.endsWith('/v1') ? whole : `${whole}/v1`
}

function pageAddress(): string | undefined {
  const origin = globalThis.location?.origin
  return origin === 'null' ? undefined : origin
}

function environment(name: string): string | undefined {
  const { process } = globalThis as { process?: { env?: Record<string, string | undefined> } }
  return process?.env?.[name] || undefined
}
