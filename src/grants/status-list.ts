import { SignJWT } from 'jose'
import type { Context } from '../context.ts'
import { statusListType } from '../verifier/status.ts'
import { encodeStatusList, statusListBits } from '../verifier/status-codec.ts'
import { countGrants, findStatuses } from './queries.ts'

/** Entries of one list: large enough that an entry tells nothing, small enough (32 kB inflated) to fetch often. */
export const statusListEntries = 131_072
/** A list is left when a sixteenth is taken: six places drawn at random are then all taken once in sixteen million. */
const grantsPerList = statusListEntries / 16
/** How old a verifier may let a list become: what a revocation takes to be seen by those who cache. */
const timeToLiveSeconds = 300
const lifetimeSeconds = 86_400

/** Token Status List values. */
const valid = 0
const invalid = 1
const suspended = 2

export function statusListFor(grantsIssued: number): number {
  return Math.floor(grantsIssued / grantsPerList)
}

export function statusListUri(registryUrl: string, list: number): string {
  return `${registryUrl}/v1/status-lists/${list}`
}

/**
 * The list as a signed JWT (IETF Token Status List, `statuslist+jwt`), made from what is recorded at this moment.
 * @returns undefined for a list that no grant names yet; the first always exists
 */
export async function signStatusList(ctx: Context, list: number): Promise<string | undefined> {
  const [issued, recorded] = await Promise.all([countGrants(ctx.db.read), findStatuses(ctx.db.read, list)])
  if (list > statusListFor(Math.max(issued - 1, 0))) return undefined
  const entries = new Uint8Array(statusListEntries).fill(valid)
  for (const { index, state } of recorded) entries[index] = state === 'suspended' ? suspended : invalid
  const lst = await encodeStatusList(entries, statusListBits)
  const { kid, privateKey } = ctx.keys.signing('status', ctx.now)
  return new SignJWT({ ttl: timeToLiveSeconds, status_list: { bits: statusListBits, lst } })
    .setProtectedHeader({ alg: 'ES256', typ: statusListType, kid })
    .setIssuer(ctx.registryUrl)
    .setSubject(statusListUri(ctx.registryUrl, list))
    .setIssuedAt(ctx.now)
    .setExpirationTime(new Date(ctx.now.getTime() + lifetimeSeconds * 1000))
    .sign(privateKey)
}
