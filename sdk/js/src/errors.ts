/**
 * Every way a call can fail.
 *
 *     PindownError
 *     ├── Refused                the server answered, and said no
 *     │   ├── Unauthorized       401
 *     │   ├── Forbidden          403  FORBIDDEN
 *     │   │   └── ScopeRequired  403  SCOPE_REQUIRED
 *     │   ├── NotFound           404
 *     │   ├── ValidationFailed   400
 *     │   ├── Conflict           409  CONFLICT, IDEMPOTENCY_CONFLICT
 *     │   ├── PreconditionFailed 412
 *     │   ├── Gone               410
 *     │   ├── RateLimited        429
 *     │   └── ServerFailed       5xx
 *     └── ConnectionFailed       no answer came
 *         └── TimedOut
 */

export class PindownError extends Error {
  override name = 'PindownError'
}

/** The server's own words about what was refused, as it sent them. */
export interface Refusal {
  code: string
  message: string
  details: Record<string, unknown>
}

export interface Problem {
  field?: string
  expected?: string
  reason?: string
  message?: string
}

/** The server answered, and said no. `code` is stable; `message` is a sentence for a person. */
export class Refused extends PindownError {
  override name = 'Refused'
  readonly code: string
  readonly details: Record<string, unknown>

  constructor(
    refusal: Refusal,
    readonly status: number,
    readonly requestId: string | null,
    readonly retryAfter: number | null,
  ) {
    super(refusal.message)
    this.code = refusal.code
    this.details = refusal.details
  }
}

export class Unauthorized extends Refused {
  override name = 'Unauthorized'
}

export class Forbidden extends Refused {
  override name = 'Forbidden'
}

export class ScopeRequired extends Forbidden {
  override name = 'ScopeRequired'

  get requiredScope(): string | undefined {
    return text(this.details['required_scope'])
  }
}

export class NotFound extends Refused {
  override name = 'NotFound'
}

export class ValidationFailed extends Refused {
  override name = 'ValidationFailed'

  /** The first wrong field, its names joined by `/`. */
  get field(): string | undefined {
    return text(this.details['field'])
  }

  get expected(): string | undefined {
    return text(this.details['expected'])
  }

  /** Every problem of the body. */
  get problems(): Problem[] {
    const errors = this.details['errors']
    return Array.isArray(errors) ? errors : []
  }
}

export class Conflict extends Refused {
  override name = 'Conflict'
}

export class PreconditionFailed extends Refused {
  override name = 'PreconditionFailed'
}

export class Gone extends Refused {
  override name = 'Gone'
}

/** The budget of tokens is spent; `retryAfter` says in how many seconds it is filled again. */
export class RateLimited extends Refused {
  override name = 'RateLimited'

  get used(): number | undefined {
    return figure(this.details['used'])
  }

  get limit(): number | undefined {
    return figure(this.details['limit'])
  }

  get window(): string | undefined {
    return text(this.details['window'])
  }
}

export class ServerFailed extends Refused {
  override name = 'ServerFailed'
}

/** No answer came: the server is away, or the connection broke. `cause` has the reason. */
export class ConnectionFailed extends PindownError {
  override name = 'ConnectionFailed'
}

export class TimedOut extends ConnectionFailed {
  override name = 'TimedOut'
}

type RefusedClass = new (...facts: ConstructorParameters<typeof Refused>) => Refused

const BY_CODE: Readonly<Record<string, RefusedClass>> = {
  UNAUTHORIZED: Unauthorized,
  SCOPE_REQUIRED: ScopeRequired,
  FORBIDDEN: Forbidden,
  NOT_FOUND: NotFound,
  VALIDATION_FAILED: ValidationFailed,
  PRECONDITION_FAILED: PreconditionFailed,
  IDEMPOTENCY_CONFLICT: Conflict,
  CONFLICT: Conflict,
  GONE: Gone,
  RATE_LIMIT_EXCEEDED: RateLimited,
  INTERNAL_ERROR: ServerFailed,
  UNAVAILABLE: ServerFailed,
}

// Something between the client and the server may answer without one of our codes.
const BY_STATUS: Readonly<Record<number, RefusedClass>> = {
  400: ValidationFailed,
  401: Unauthorized,
  403: Forbidden,
  404: NotFound,
  409: Conflict,
  410: Gone,
  412: PreconditionFailed,
  429: RateLimited,
}

/** The error that an answer with a status of 400 or more stands for. */
export function refusedFrom(response: Response, body: unknown): Refused {
  const refusal = refusalIn(body) ?? {
    code: `HTTP_${response.status}`,
    message: `The server answered ${response.status} ${response.statusText}`.trim(),
    details: {},
  }
  const Kind =
    BY_CODE[refusal.code] ??
    BY_STATUS[response.status] ??
    (response.status >= 500 ? ServerFailed : Refused)
  const { headers } = response
  return new Kind(
    refusal,
    response.status,
    headers.get('x-request-id'),
    seconds(headers.get('retry-after')),
  )
}

function refusalIn(body: unknown): Refusal | undefined {
  const error = isRecord(body) ? body['error'] : undefined
  if (!isRecord(error) || typeof error['code'] !== 'string') return undefined
  const details = error['details']
  return {
    code: error['code'],
    message: text(error['message']) ?? error['code'],
    details: isRecord(details) ? details : {},
  }
}

/** `Retry-After` in seconds, from either of its two forms. */
function seconds(header: string | null): number | null {
  if (header === null) return null
  const count = Number(header)
  if (Number.isFinite(count)) return Math.max(0, count)
  const moment = Date.parse(header)
  return Number.isNaN(moment) ? null : Math.max(0, (moment - Date.now()) / 1000)
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const text = (value: unknown) => (typeof value === 'string' ? value : undefined)
const figure = (value: unknown) => (typeof value === 'number' ? value : undefined)
