import type { Page, Paging } from '../paging.js'
import type { CallOptions, Sender } from '../sender.js'

export interface StoredFile {
  id: string
  name: string
  type: string
  /** Bytes. */
  size: number
  url: string
  created_at: number
}

/** `/v1/files` */
export class Files {
  constructor(private readonly sender: Sender) {}

  /** Upload a file; pins show it by its id. The server tells its type by its first bytes. */
  upload(file: Blob, name?: string, options?: CallOptions): Promise<StoredFile> {
    const form = new FormData()
    form.append('file', file, name ?? (file instanceof File ? file.name : 'file'))
    return this.sender.send({ method: 'POST', path: '/files', body: form }, options)
  }

  /** Those you uploaded, newest first. */
  list(paging: Paging = {}, options?: CallOptions): Promise<Page<StoredFile>> {
    return this.sender.send({ method: 'GET', path: '/files', query: { ...paging } }, options)
  }

  /** What is in it. */
  get(id: string, options?: CallOptions): Promise<Blob> {
    return this.sender.download(`/files/${encodeURIComponent(id)}`, options)
  }

  /** Pins that show it show nothing in its place. */
  delete(id: string, options?: CallOptions): Promise<unknown> {
    return this.sender.send({ method: 'DELETE', path: `/files/${encodeURIComponent(id)}` }, options)
  }
}
