import type { NewOwner, Permissions, Transferred } from '../account.js'
import type { BatchOptions, CreatedPins, DeletedPins, PinBatch, UpdatedPins } from '../batch.js'
import type {
  CreatedPin, DeletedThing, NewPin, PatchStep, Pin, PinItem, PinRevision, PinUpdate,
  Revision, SavedPin, SharedPin, Sharing,
} from '../pin.js'
import type { Page, Paging } from '../paging.js'
import { patchType, type Call, type CallOptions, type Sender } from '../sender.js'
import { Blocks } from './blocks.js'
import { Collaborators } from './collaborators.js'
import { Comments } from './comments.js'
import { PushAddresses } from './push-addresses.js'

export interface PinFilters extends Paging {
  tag?: string
  pin_type?: string
  /** Only pins whose title holds this. */
  q?: string
  /** Only pins that are overdue. */
  late?: boolean
}

export interface PinMoment {
  /** The pin as it was then: epoch milliseconds or ISO 8601. */
  as_of?: number | string
}

export interface SeriesAsked {
  /** Where in the config the number stands: `cards/0/value`. */
  path: string
  /** Epoch milliseconds or ISO 8601. */
  from?: number | string
  to?: number | string
  /** At most so many; 200 by default. */
  points?: number
}

export interface Series {
  path: string
  series: [moment: number, value: number][]
}

/** `/v1/pins` */
export class Pins {
  readonly blocks: Blocks
  readonly comments: Comments
  readonly collaborators: Collaborators
  readonly pushAddresses: PushAddresses

  constructor(private readonly sender: Sender) {
    this.blocks = new Blocks(sender)
    this.comments = new Comments(sender, '/pins')
    this.collaborators = new Collaborators(sender, '/pins')
    this.pushAddresses = new PushAddresses(sender)
  }

  create(pin: NewPin, options?: CallOptions): Promise<CreatedPin> {
    return this.sender.send({ method: 'POST', path: '/pins', body: pin }, options)
  }

  get(id: string, moment: PinMoment = {}, options?: CallOptions): Promise<Pin> {
    return this.sender.send({ method: 'GET', path: pinPath(id), query: { ...moment } }, options)
  }

  /** Your own pins. */
  list(filters: PinFilters = {}, options?: CallOptions): Promise<Page<PinItem> & { pins: PinItem[] }> {
    return this.sender.send({ method: 'GET', path: '/pins', query: { ...filters } }, options)
  }

  /** Other people's pins that were shared with you. */
  shared(filters: PinFilters = {}, options?: CallOptions): Promise<Page<PinItem> & { pins: PinItem[] }> {
    return this.sender.send({ method: 'GET', path: '/pins/shared', query: { ...filters } }, options)
  }

  /** Change what is given; everyone who is watching sees it at once. */
  update(id: string, changes: PinUpdate, options?: CallOptions): Promise<SavedPin> {
    return this.sender.send({ method: 'PUT', path: pinPath(id), body: changes }, options)
  }

  /** A merge patch (an object), or a JSON Patch (a list of steps). */
  patch(id: string, patch: object | PatchStep[], options?: CallOptions): Promise<SavedPin> {
    return this.sender.send({ method: 'PATCH', path: pinPath(id), body: patch, contentType: patchType(patch) }, options)
  }

  /** It leaves every pinboard and stays in the bin for 30 days. */
  delete(id: string, options?: CallOptions): Promise<DeletedThing> {
    return this.sender.send({ method: 'DELETE', path: pinPath(id) }, options)
  }

  /** Change who sees it; what is left out stays as it is. */
  share(id: string, sharing: Sharing, options?: CallOptions): Promise<SharedPin> {
    return this.sender.send({ method: 'POST', path: pinPath(id, 'share'), body: sharing }, options)
  }

  /** What you may do with it. */
  permissions(id: string, options?: CallOptions): Promise<Permissions> {
    return this.sender.send({ method: 'GET', path: pinPath(id, 'permissions') }, options)
  }

  revisions(id: string, paging: Paging = {}, options?: CallOptions): Promise<Page<Revision>> {
    return this.sender.send({ method: 'GET', path: pinPath(id, 'revisions'), query: { ...paging } }, options)
  }

  /** The pin as it was at a revision. */
  revision(id: string, revision: number, options?: CallOptions): Promise<PinRevision> {
    return this.sender.send({ method: 'GET', path: pinPath(id, 'revisions', revision) }, options)
  }

  /** Make the pin what it was at a revision; that is a new revision. */
  restore(id: string, revision: number, options?: CallOptions): Promise<SavedPin> {
    return this.sender.send({ method: 'POST', path: pinPath(id, 'revisions', revision, 'restore') }, options)
  }

  /** Up to 100 pins at once. */
  batchGet(ids: string[], options?: CallOptions): Promise<PinBatch> {
    return this.sender.send(
      { method: 'POST', path: '/pins/batch/get', body: { pin_ids: ids }, isRead: true },
      options,
    )
  }

  /** Create up to 50 pins, each for itself: look at `failed`. */
  batchCreate(pins: NewPin[], options?: BatchOptions): Promise<CreatedPins> {
    return this.#batch('POST', { pins }, options)
  }

  /** Change up to 50 pins, in one frame to viewers; each for itself: look at `failed`. */
  batchUpdate(updates: (PinUpdate & { id: string })[], options?: BatchOptions): Promise<UpdatedPins> {
    return this.#batch('PATCH', { updates }, options)
  }

  /** Delete up to 50 pins, each for itself: look at `failed`. */
  batchDelete(ids: string[], options?: BatchOptions): Promise<DeletedPins> {
    return this.#batch('DELETE', { pin_ids: ids }, options)
  }

  #batch<T>(method: Call['method'], body: unknown, options: BatchOptions = {}): Promise<T> {
    const query = { atomic: options.atomic }
    return this.sender.send({ method, path: '/pins/batch', query, body }, options)
  }

  /** Numbers out of the history, in the order of time. */
  series(id: string, asked: SeriesAsked, options?: CallOptions): Promise<Series> {
    return this.sender.send({ method: 'GET', path: pinPath(id, 'series'), query: { ...asked } }, options)
  }

  /** A pin of your own that says what this one says, shared with nobody. */
  duplicate(id: string, options?: CallOptions): Promise<CreatedPin> {
    return this.sender.send({ method: 'POST', path: pinPath(id, 'duplicate') }, options)
  }

  /** Give it to another account, by e-mail or id. You stay its editor; it takes no datasets along. */
  transfer(id: string, to: NewOwner, options?: CallOptions): Promise<Transferred> {
    return this.sender.send({ method: 'POST', path: pinPath(id, 'transfer'), body: to }, options)
  }
}

const pinPath = (...parts: (string | number)[]) => ['/pins', ...parts.map(encodeURIComponent)].join('/')
