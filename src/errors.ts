/**
 * Why the registry stops. Closed list: each code is API, has a page at `/problems/{code}` and is given its HTTP status
 * in `http/problems.ts` alone.
 */
export const errorCodes = [
  'malformed',
  'invalid_input',
  'unauthenticated',
  'forbidden',
  'insufficient_scope',
  'not_found',
  'method_not_allowed',
  'not_acceptable',
  'ambiguous_number',
  'conflict',
  'already_registered',
  'already_decided',
  'idempotency_mismatch',
  'idempotency_spent',
  'stale_version',
  'version_required',
  'too_large',
  'unsupported_media_type',
  'too_many_requests',
  'not_allowed_now',
  'consent_missing',
  'encumbered',
  'terms_not_accepted',
  'nothing_covered',
  'unavailable',
  'internal',
] as const

export type ErrorCode = (typeof errorCodes)[number]

/** One fault in what was sent: a JSON Pointer (RFC 6901) into the body, or `?name` for a query parameter. */
export type InputFault = { pointer: string; code: string; detail: string }

/** A stop with a reason that may be shown to the caller. Everything else thrown is an internal fault and is not shown. */
export class RegistryError extends Error {
  override readonly name = 'RegistryError'
  readonly code: ErrorCode
  readonly faults: readonly InputFault[]
  readonly extra: Readonly<Record<string, unknown>>

  constructor(
    code: ErrorCode,
    detail: string,
    more: { faults?: readonly InputFault[]; extra?: Readonly<Record<string, unknown>> } = {},
  ) {
    super(detail)
    this.code = code
    this.faults = more.faults ?? []
    this.extra = more.extra ?? {}
  }
}

export function invalid(pointer: string, code: string, detail: string): RegistryError {
  return new RegistryError('invalid_input', detail, { faults: [{ pointer, code, detail }] })
}

/** For the operator's log: where it broke, without what the caller sent. */
export function faultForLog(error: unknown): { name: string; stack: string } | string {
  if (!(error instanceof Error)) return String(error)
  const cause = error.cause instanceof Error ? ` <- ${error.cause.name}: ${error.cause.message}` : ''
  return { name: error.name, stack: `${error.stack ?? error.message}${cause}` }
}
