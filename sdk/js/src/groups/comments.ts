import type { Page, Paging } from '../paging.js'
import type { CallOptions, Sender } from '../sender.js'

export interface Comment {
  id: string
  author: { id?: string; name: string }
  /** Markdown. */
  text: string
  created_at: number
  updated_at: number
}

/** `…/:id/comments` of a pin or a pinboard, where its owner allows them. */
export class Comments {
  constructor(
    private readonly sender: Sender,
    private readonly things: string,
  ) {}

  /** Newest first. */
  list(id: string, paging: Paging = {}, options?: CallOptions): Promise<Page<Comment>> {
    return this.sender.send({ method: 'GET', path: this.#path(id), query: { ...paging } }, options)
  }

  create(id: string, comment: { text: string }, options?: CallOptions): Promise<Comment> {
    return this.sender.send({ method: 'POST', path: this.#path(id), body: comment }, options)
  }

  /** Change what you said. */
  update(id: string, commentId: string, comment: { text: string }, options?: CallOptions): Promise<Comment> {
    return this.sender.send({ method: 'PATCH', path: this.#path(id, commentId), body: comment }, options)
  }

  /** One of yours, or any on a thing of yours. */
  delete(id: string, commentId: string, options?: CallOptions): Promise<{ id: string }> {
    return this.sender.send({ method: 'DELETE', path: this.#path(id, commentId) }, options)
  }

  #path(id: string, ...comment: string[]): string {
    return [this.things, encodeURIComponent(id), 'comments', ...comment.map(encodeURIComponent)].join('/')
  }
}
