import { readRight } from '../../policies/right.ts'
import { type Actor, type Context, today } from '../context.ts'
import type { PatentFacts } from '../patents/facts.ts'
import { findFactsById } from '../patents/queries.ts'
import { known } from '../shapes.ts'
import { type PublicGrant, statusOf } from './grant.ts'
import { coverOf } from './participation.ts'
import { findGrantEntry, findGrantEvents, type GrantRecord } from './queries.ts'
import { statusListUri } from './status-list.ts'

/** The public facts; with `withGrantee` those that are for the grantee, a steward or the bearer of the token. */
export async function showGrant(ctx: Context, grant: GrantRecord, withGrantee: boolean): Promise<PublicGrant> {
  const { db, now, registryUrl } = ctx
  const [events, entry, facts] = await Promise.all([
    findGrantEvents(db.read, grant.id),
    findGrantEntry(db.read, grant.id),
    findFactsById(
      db.read,
      grant.covered.map(({ patentId }) => patentId),
    ),
  ])
  const status = statusOf(grant.state, grant.expiresAt, now)
  const { name, orcid } = grant.request.grantee
  return {
    id: grant.id,
    number: grant.number,
    kind: grant.kind,
    status,
    since: status === 'expired' ? grant.expiresAt : grant.stateAt,
    ...(grant.reason === null ? {} : { reason: grant.reason }),
    ...(grant.supersededBy === null ? {} : { supersededBy: grant.supersededBy }),
    purpose: grant.purpose,
    mode: grant.mode,
    from: grant.from,
    until: grant.until,
    issuedAt: grant.issuedAt,
    patents: grant.covered.map((one) => {
      const fact = facts.get(one.patentId)
      return { number: one.number, ...coverOf(one), now: rightToday(fact, today(ctx)) }
    }),
    events,
    statusList: { uri: statusListUri(registryUrl, grant.statusList), idx: grant.statusIndex },
    ...(entry ? { log: entry } : {}),
    ...(withGrantee
      ? { grantee: { name, ...(orcid === undefined ? {} : { orcid }), organisation: grant.organisationId } }
      : {}),
  }
}

/**
 * Whose a grant is and its token: for the person, or for readers of the institution that asked for it. An inventor
 * grant is for the inventor alone.
 */
export function readsGrant(actor: Actor, grant: GrantRecord | undefined): boolean {
  if (grant === undefined) return false
  if (actor.kind === 'member')
    return grant.kind === 'research' && actor.organisationId === grant.organisationId && actor.scopes.has('grants:read')
  if (actor.kind !== 'person') return false
  if (actor.id === grant.personId) return true
  const { actingFor, memberships } = actor
  return (
    grant.kind === 'research' &&
    actingFor === grant.organisationId &&
    memberships.some(({ organisationId }) => organisationId === actingFor)
  )
}

/** Step 3 of the verdict, for the patent's own country: is the right still in the way? */
function rightToday(facts: PatentFacts | undefined, on: string) {
  if (facts === undefined) return { needed: true, status: 'unknown' as const }
  const { legalStatus, stop } = readRight({ on }, { ...facts, suspendedHolders: [] })
  const needed = stop?.verdict !== 'not_needed'
  return { needed, status: legalStatus.value, ...known({ since: legalStatus.on, source: legalStatus.source }) }
}
