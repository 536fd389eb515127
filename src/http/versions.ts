import { RegistryError } from '../errors.ts'
import type { Http } from './api.ts'

/** Row versions as entity tags (RFC 9110): `"v3"`. */
export function entityTag(version: number): string {
  return `"v${version}"`
}

/** The version that the caller read. A change without one could silently undo another's. */
export function expectedVersion(c: Http): number {
  const header = c.req.header('If-Match')
  if (header === undefined) throw new RegistryError('version_required', 'Send the ETag that you read as If-Match.')
  const found = /^(?:W\/)?"v(\d{1,9})"$/.exec(header.trim())
  if (!found) throw new RegistryError('stale_version', 'If-Match does not name a version of this record.')
  return Number(found[1])
}
