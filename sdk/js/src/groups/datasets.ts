import type { NewOwner, Transferred } from '../account.js'
import type {
  Appending, Dataset, DatasetItem, DatasetUpdate, DatasetUse, NewDataset, SavedDataset,
} from '../dataset.js'
import type { DeletedThing, PatchStep, Revision } from '../pin.js'
import type { Page, Paging } from '../paging.js'
import { patchType, type CallOptions, type Sender } from '../sender.js'

/** `/v1/datasets`: data that pins draw from. An id may be a slug too. */
export class Datasets {
  constructor(private readonly sender: Sender) {}

  create(dataset: NewDataset, options?: CallOptions): Promise<Dataset> {
    return this.sender.send({ method: 'POST', path: '/datasets', body: dataset }, options)
  }

  get(id: string, options?: CallOptions): Promise<Dataset> {
    return this.sender.send({ method: 'GET', path: path(id) }, options)
  }

  list(paging: Paging = {}, options?: CallOptions): Promise<Page<DatasetItem>> {
    return this.sender.send({ method: 'GET', path: '/datasets', query: { ...paging } }, options)
  }

  /** Change what is given; every pin that draws from it changes with it. */
  update(id: string, changes: DatasetUpdate, options?: CallOptions): Promise<SavedDataset> {
    return this.sender.send({ method: 'PUT', path: path(id), body: changes }, options)
  }

  /** A merge patch (an object), or a JSON Patch (a list of steps). */
  patch(id: string, patch: object | PatchStep[], options?: CallOptions): Promise<SavedDataset> {
    return this.sender.send({ method: 'PATCH', path: path(id), body: patch, contentType: patchType(patch) }, options)
  }

  /** Add items to a list of the data. */
  append(id: string, items: Appending, options?: CallOptions): Promise<SavedDataset & { length: number }> {
    return this.sender.send({ method: 'POST', path: path(id, 'append'), body: items }, options)
  }

  /** Refused (409) while pins draw from it, unless `force`. */
  delete(id: string, how: { force?: boolean } = {}, options?: CallOptions): Promise<DeletedThing> {
    return this.sender.send({ method: 'DELETE', path: path(id), query: { ...how } }, options)
  }

  /** The pins that draw from it. */
  uses(id: string, paging: Paging = {}, options?: CallOptions): Promise<Page<DatasetUse>> {
    return this.sender.send({ method: 'GET', path: path(id, 'uses'), query: { ...paging } }, options)
  }

  revisions(id: string, paging: Paging = {}, options?: CallOptions): Promise<Page<Revision>> {
    return this.sender.send({ method: 'GET', path: path(id, 'revisions'), query: { ...paging } }, options)
  }

  /** The dataset as it was at a revision. */
  revision(id: string, revision: number, options?: CallOptions): Promise<Revision & { dataset: Dataset }> {
    return this.sender.send({ method: 'GET', path: path(id, 'revisions', revision) }, options)
  }

  /** Make the dataset what it was at a revision; that is a new revision. */
  restore(id: string, revision: number, options?: CallOptions): Promise<SavedDataset> {
    return this.sender.send({ method: 'POST', path: path(id, 'revisions', revision, 'restore') }, options)
  }

  /** Give it to another account, by e-mail or id. Nobody but its owner reads a dataset: your pins draw from it no more. */
  transfer(id: string, to: NewOwner, options?: CallOptions): Promise<Transferred> {
    return this.sender.send({ method: 'POST', path: path(id, 'transfer'), body: to }, options)
  }
}

const path = (...parts: (string | number)[]) => ['/datasets', ...parts.map(encodeURIComponent)].join('/')
