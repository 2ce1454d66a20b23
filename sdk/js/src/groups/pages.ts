import type { NewOwner, Permissions, Transferred } from '../account.js'
import type { NewPage, PageUpdate, PinPage, PublishedPage, SavedPage } from '../page.js'
import type { DeletedThing, PinItem } from '../pin.js'
import type { Page, Paging } from '../paging.js'
import type { CallOptions, Sender } from '../sender.js'
import { Collaborators } from './collaborators.js'
import { PageInvitations } from './page-invitations.js'

/** `/v1/pages` */
export class Pages {
  readonly collaborators: Collaborators
  readonly invitations: PageInvitations

  constructor(private readonly sender: Sender) {
    this.collaborators = new Collaborators(sender, '/pages')
    this.invitations = new PageInvitations(sender)
  }

  create(page: NewPage, options?: CallOptions): Promise<PinPage> {
    return this.sender.send({ method: 'POST', path: '/pages', body: page }, options)
  }

  get(id: string, options?: CallOptions): Promise<PinPage> {
    return this.sender.send({ method: 'GET', path: path(id) }, options)
  }

  /** Your own pages. */
  list(paging: Paging = {}, options?: CallOptions): Promise<Page<PinPage> & { pages: PinPage[] }> {
    return this.sender.send({ method: 'GET', path: '/pages', query: { ...paging } }, options)
  }

  /** Other people's pages that were shared with you. */
  shared(paging: Paging = {}, options?: CallOptions): Promise<Page<PinPage> & { pages: PinPage[] }> {
    return this.sender.send({ method: 'GET', path: '/pages/shared', query: { ...paging } }, options)
  }

  update(id: string, changes: PageUpdate, options?: CallOptions): Promise<SavedPage> {
    return this.sender.send({ method: 'PUT', path: path(id), body: changes }, options)
  }

  /** Its pins stay. */
  delete(id: string, options?: CallOptions): Promise<DeletedThing> {
    return this.sender.send({ method: 'DELETE', path: path(id) }, options)
  }

  /** Let everybody who has the link see it. */
  publish(id: string, options?: CallOptions): Promise<PublishedPage> {
    return this.sender.send({ method: 'POST', path: path(id, 'publish') }, options)
  }

  unpublish(id: string, options?: CallOptions): Promise<PublishedPage> {
    return this.sender.send({ method: 'POST', path: path(id, 'unpublish') }, options)
  }

  /** The pins you may see, from top to bottom. */
  pins(id: string, paging: Paging = {}, options?: CallOptions): Promise<Page<PinItem>> {
    return this.sender.send({ method: 'GET', path: path(id, 'pins'), query: { ...paging } }, options)
  }

  /** Add a pin at the end. One that is there stays where it is. */
  addPin(
    id: string,
    pin: { pin_id: string },
    options?: CallOptions,
  ): Promise<{ id: string; pin_id: string; opens: boolean; revision: number }> {
    return this.sender.send({ method: 'POST', path: path(id, 'pins'), body: pin }, options)
  }

  removePin(
    id: string,
    pinId: string,
    options?: CallOptions,
  ): Promise<{ id: string; pin_id: string; revision: number }> {
    return this.sender.send({ method: 'DELETE', path: path(id, 'pins', pinId) }, options)
  }

  /** Put its pins in this order; what is left out follows below. */
  order(id: string, order: string[], options?: CallOptions): Promise<SavedPage & { pins: string[] }> {
    return this.sender.send({ method: 'PUT', path: path(id, 'pins', 'order'), body: { order } }, options)
  }

  /** What you may do with it. */
  permissions(id: string, options?: CallOptions): Promise<Permissions> {
    return this.sender.send({ method: 'GET', path: path(id, 'permissions') }, options)
  }

  /** A page of your own with the same pins, shared with nobody; the pins are not copied. */
  duplicate(id: string, options?: CallOptions): Promise<PinPage> {
    return this.sender.send({ method: 'POST', path: path(id, 'duplicate') }, options)
  }

  /** Give it to another account, by e-mail or id. You stay its editor; its pins stay whose they are. */
  transfer(id: string, to: NewOwner, options?: CallOptions): Promise<Transferred> {
    return this.sender.send({ method: 'POST', path: path(id, 'transfer'), body: to }, options)
  }
}

const path = (...parts: string[]) => ['/pages', ...parts.map(encodeURIComponent)].join('/')
