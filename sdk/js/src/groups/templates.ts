import type { RenderedError } from '../pin.js'
import type { CallOptions, Sender } from '../sender.js'

export interface TemplateTrial {
  /** A text or a whole config. */
  template: unknown
  /** Says which texts of a config are Markdown, addresses or code. */
  pin_type?: string
  /** Where a text stands, which decides how values are escaped; `text` by default. */
  place?: 'text' | 'markdown' | 'url' | 'code'
  /** Stands for the pin's own dataset. */
  data?: unknown
  /** The dataset that is the pin's own. */
  dataset_id?: string
  /** Data by slug. */
  datasets?: Record<string, unknown>
}

export interface TemplateResult {
  rendered: unknown
  rendered_errors: RenderedError[]
  names: string[]
  missing: string[]
}

/** `/v1/templates` */
export class Templates {
  constructor(private readonly sender: Sender) {}

  /** What a text or config with variables would show. */
  preview(trial: TemplateTrial, options?: CallOptions): Promise<TemplateResult> {
    return this.sender.send({ method: 'POST', path: '/templates/preview', body: trial, isRead: true }, options)
  }
}
