import type { NewOwner, Permissions, Transferred } from '../account.js'
import type { AddedPins, BatchOptions, PinboardBatch, RemovedPins } from '../batch.js'
import type { DeletedThing, Revision } from '../pin.js'
import type {
  ArrangedPinboard, BoardSharing, Layouts, NewPinboard, Pinboard, PinboardUpdate, Placed, Placing,
  PinboardRevision, RestoredPinboard, SavedPinboard, SharedPinboard,
} from '../pinboard.js'
import type { Page, Paging } from '../paging.js'
import type { CallOptions, Sender } from '../sender.js'
import { Collaborators } from './collaborators.js'
import { Comments } from './comments.js'
import type { PinMoment } from './pins.js'
import { Roles } from './roles.js'

/** `/v1/pinboards` */
export class Pinboards {
  readonly comments: Comments
  readonly collaborators: Collaborators
  readonly roles: Roles

  constructor(private readonly sender: Sender) {
    this.comments = new Comments(sender, '/pinboards')
    this.collaborators = new Collaborators(sender, '/pinboards')
    this.roles = new Roles(sender)
  }

  create(pinboard: NewPinboard, options?: CallOptions): Promise<Pinboard> {
    return this.sender.send({ method: 'POST', path: '/pinboards', body: pinboard }, options)
  }

  /** With `as_of` as it was then, and under `views` what its pins showed. */
  get(id: string, moment: PinMoment = {}, options?: CallOptions): Promise<Pinboard> {
    return this.sender.send({ method: 'GET', path: boardPath(id), query: { ...moment } }, options)
  }

  /** Your own pinboards. */
  list(paging: Paging = {}, options?: CallOptions): Promise<Page<Pinboard> & { pinboards: Pinboard[] }> {
    return this.sender.send({ method: 'GET', path: '/pinboards', query: { ...paging } }, options)
  }

  /** Other people's pinboards that were shared with you. */
  shared(paging: Paging = {}, options?: CallOptions): Promise<Page<Pinboard> & { pinboards: Pinboard[] }> {
    return this.sender.send({ method: 'GET', path: '/pinboards/shared', query: { ...paging } }, options)
  }

  update(id: string, changes: PinboardUpdate, options?: CallOptions): Promise<SavedPinboard> {
    return this.sender.send({ method: 'PUT', path: boardPath(id), body: changes }, options)
  }

  /** Its pins stay. */
  delete(id: string, options?: CallOptions): Promise<DeletedThing> {
    return this.sender.send({ method: 'DELETE', path: boardPath(id) }, options)
  }

  /** Put a pin on the board, or move it if it is there. */
  addPin(id: string, placing: Placing, options?: CallOptions): Promise<Placed> {
    return this.sender.send({ method: 'POST', path: boardPath(id, 'pins'), body: placing }, options)
  }

  removePin(
    id: string,
    pinId: string,
    options?: CallOptions,
  ): Promise<{ id: string; pin_id: string; revision: number }> {
    return this.sender.send({ method: 'DELETE', path: boardPath(id, 'pins', pinId) }, options)
  }

  /** Replace the whole map: a pin left out moves to the first free place under the rest. */
  setLayout(id: string, layouts: Layouts, options?: CallOptions): Promise<ArrangedPinboard> {
    return this.sender.send({ method: 'PUT', path: boardPath(id, 'layout'), body: layouts }, options)
  }

  /** Place the pins that are named; the others stay, unless they are pushed down. */
  patchLayout(id: string, layouts: Layouts, options?: CallOptions): Promise<ArrangedPinboard> {
    return this.sender.send({ method: 'PATCH', path: boardPath(id, 'layout'), body: layouts }, options)
  }

  share(id: string, sharing: BoardSharing, options?: CallOptions): Promise<SharedPinboard> {
    return this.sender.send({ method: 'POST', path: boardPath(id, 'share'), body: sharing }, options)
  }

  /** Up to 100 pinboards at once. */
  batchGet(ids: string[], options?: CallOptions): Promise<PinboardBatch> {
    return this.sender.send(
      { method: 'POST', path: '/pinboards/batch/get', body: { pinboard_ids: ids }, isRead: true },
      options,
    )
  }

  /** Place up to 50 pins, each in the first free place: look at `failed`. */
  batchAddPins(id: string, pinIds: string[], options: BatchOptions = {}): Promise<AddedPins> {
    const query = { atomic: options.atomic }
    const path = boardPath(id, 'pins', 'batch')
    return this.sender.send({ method: 'POST', path, query, body: { pin_ids: pinIds } }, options)
  }

  /** Take up to 50 pins from the board: look at `failed`. */
  batchRemovePins(id: string, pinIds: string[], options: BatchOptions = {}): Promise<RemovedPins> {
    const query = { atomic: options.atomic }
    const path = boardPath(id, 'pins', 'batch')
    return this.sender.send({ method: 'DELETE', path, query, body: { pin_ids: pinIds } }, options)
  }

  /** Who changed what, newest first. */
  revisions(id: string, paging: Paging = {}, options?: CallOptions): Promise<Page<Revision>> {
    return this.sender.send({ method: 'GET', path: boardPath(id, 'revisions'), query: { ...paging } }, options)
  }

  /** The board as it was at a revision, with `views` of its pins as they were when it began. */
  revision(id: string, revision: number, options?: CallOptions): Promise<PinboardRevision> {
    return this.sender.send({ method: 'GET', path: boardPath(id, 'revisions', revision) }, options)
  }

  /** Make it what it was at a revision, words and places; that is a new revision. */
  restore(id: string, revision: number, options?: CallOptions): Promise<RestoredPinboard> {
    return this.sender.send({ method: 'POST', path: boardPath(id, 'revisions', revision, 'restore') }, options)
  }

  /** A board of your own with the same pins in the same places; the pins are not copied. */
  duplicate(id: string, options?: CallOptions): Promise<Pinboard> {
    return this.sender.send({ method: 'POST', path: boardPath(id, 'duplicate') }, options)
  }

  /** What you may do with it. */
  permissions(id: string, options?: CallOptions): Promise<Permissions> {
    return this.sender.send({ method: 'GET', path: boardPath(id, 'permissions') }, options)
  }

  /** Give it to another account, by e-mail or id. You stay its editor; its pins stay whose they are. */
  transfer(id: string, to: NewOwner, options?: CallOptions): Promise<Transferred> {
    return this.sender.send({ method: 'POST', path: boardPath(id, 'transfer'), body: to }, options)
  }
}

const boardPath = (...parts: (string | number)[]) => ['/pinboards', ...parts.map(encodeURIComponent)].join('/')
