import { findTerms } from '../../policies/terms.ts'
import { actorId, type Context, today } from '../context.ts'
import { RegistryError } from '../errors.ts'
import { commit, type LogEntry, settle } from '../log/commit.ts'
import { findOrganisation, findOrganisations } from '../organisations/queries.ts'
import { isSteward, requireOfficer } from '../organisations/rights.ts'
import type { RevocationInput } from './grant.ts'
import { statusOf } from './grant.ts'
import { grantedEntry, makeGrant } from './issue.ts'
import { findGrant, findHolders, type GrantRecord, insertGrant, updateGrant } from './queries.ts'
import { readClaims } from './token.ts'

type Reason = RevocationInput['reason']

/** Which party may give which reason. `superseded` is given by the registry alone, when it issues a successor. */
const reasonsOf: Record<'steward' | 'holder' | 'grantee', ReadonlySet<Reason>> = {
  steward: new Set(['breach', 'false_statement', 'ineligible', 'issued_in_error', 'holder_request_allowed_by_terms']),
  holder: new Set(['breach', 'false_statement', 'ineligible', 'holder_request_allowed_by_terms']),
  grantee: new Set(['issued_in_error', 'ineligible']),
}

/**
 * Ends a grant. A steward and the grantee's institution end all of it; a holder ends the part that covers its own
 * patents: what is left goes on in a new grant that supersedes this one.
 */
export function revokeGrant(
  ctx: Context,
  id: string,
  input: RevocationInput,
): Promise<{ id: string; supersededBy?: string }> {
  if (!isSteward(ctx.actor)) requireOfficer(ctx.actor, 'grants:revoke')
  return settle(async () => {
    const grant = await findGrant(ctx.db.read, id)
    if (!grant) throw new RegistryError('not_found', 'There is no such grant.')
    const { party, patentIds } = await partOf(ctx, grant)
    requireReason(grant, party, input.reason)
    requireLive(grant, ctx.now)
    const left = grant.covered.filter(({ patentId }) => !patentIds.has(patentId))
    if (left.length > 0) return supersede(ctx, grant, left, input)
    const revoked = after(grant, ctx, 'revoked', input.reason)
    return commit(ctx, {
      write: updateGrant(revoked, actorId(ctx.actor)),
      entries: [{ type: 'grant_revoked', subject: grant.id, record: { id: grant.id, by: party, ...input } }],
      answer: { id: grant.id },
    })
  })
}

/** A steward, or the holder of every patent covered, stops a grant for the time of an inquiry. */
export function suspendGrant(ctx: Context, id: string, note: string): Promise<{ id: string }> {
  return pause(ctx, id, note, 'valid', 'suspended')
}

export function reinstateGrant(ctx: Context, id: string, note: string): Promise<{ id: string }> {
  return pause(ctx, id, note, 'suspended', 'valid')
}

function pause(ctx: Context, id: string, note: string, from: 'valid' | 'suspended', to: 'valid' | 'suspended') {
  if (!isSteward(ctx.actor)) requireOfficer(ctx.actor, 'grants:revoke')
  return settle(async () => {
    const grant = await findGrant(ctx.db.read, id)
    if (!grant) throw new RegistryError('not_found', 'There is no such grant.')
    const { party, patentIds } = await partOf(ctx, grant)
    if (party === 'grantee' || patentIds.size < grant.covered.length)
      throw new RegistryError('forbidden', 'Only a steward, or the holder of every patent covered, may do this.')
    const state = statusOf(grant.state, grant.expiresAt, ctx.now)
    if (state !== from) throw new RegistryError('already_decided', `The grant is ${state}.`)
    const type: LogEntry['type'] = to === 'suspended' ? 'grant_suspended' : 'grant_reinstated'
    return commit(ctx, {
      write: updateGrant(after(grant, ctx, to, null), actorId(ctx.actor)),
      entries: [{ type, subject: grant.id, record: { id: grant.id, by: party, note } }],
      answer: { id: grant.id },
    })
  })
}

type Part = { party: 'steward' | 'holder' | 'grantee'; patentIds: ReadonlySet<string> }

/** As what the caller acts, and over which of the patents. A holder that is also the grantee acts as grantee. */
async function partOf(ctx: Context, grant: GrantRecord): Promise<Part> {
  const all = new Set(grant.covered.map(({ patentId }) => patentId))
  if (isSteward(ctx.actor)) return { party: 'steward', patentIds: all }
  const { organisationId } = requireOfficer(ctx.actor, 'grants:revoke')
  if (grant.organisationId === organisationId) return { party: 'grantee', patentIds: all }
  const holders = await findHolders(ctx.db.read, grant.id, today(ctx))
  const held = new Set([...all].filter((patentId) => holders.get(patentId)?.has(organisationId)))
  if (held.size === 0)
    throw new RegistryError('forbidden', 'Only the grantee, a holder of a covered patent or a steward may do this.')
  return { party: 'holder', patentIds: held }
}

function requireReason(grant: GrantRecord, party: Part['party'], reason: Reason): void {
  const allowedByTerms = grant.covered.every(({ termsId }) =>
    findTerms(termsId)?.tags.revocationReasons.value.includes(reason),
  )
  if (!reasonsOf[party].has(reason) || !allowedByTerms)
    throw new RegistryError('forbidden', `As ${party} you may give these reasons: ${[...reasonsOf[party]].join(', ')}.`)
}

function requireLive(grant: GrantRecord, now: Date): void {
  const state = statusOf(grant.state, grant.expiresAt, now)
  if (state === 'valid' || state === 'suspended') return
  throw new RegistryError(
    'already_decided',
    `The grant is ${state} since ${state === 'expired' ? grant.expiresAt : grant.stateAt}.`,
  )
}

async function supersede(ctx: Context, grant: GrantRecord, left: GrantRecord['covered'], input: RevocationInput) {
  const institution = await findOrganisation(ctx.db.read, grant.organisationId)
  if (!institution) throw new RegistryError('not_found', 'The institution of the grant is not on record.')
  const successor = await makeGrant(
    ctx,
    institution.organisation,
    grant.request,
    grant.from > today(ctx) ? grant.from : today(ctx),
    grant.until,
    await scopeOf(ctx, grant, left),
  )
  // An inquiry that has stopped the grant stops what follows it too.
  const next: GrantRecord = { ...successor.grant, state: grant.state }
  const stopped: LogEntry[] =
    grant.state === 'suspended'
      ? [{ type: 'grant_suspended', subject: next.id, record: { id: next.id, by: 'holder', continues: grant.id } }]
      : []
  const old = { ...after(grant, ctx, 'superseded', input.reason), supersededBy: next.id }
  const kept = new Set(left.map(({ patentId }) => patentId))
  const ended = grant.covered.filter(({ patentId }) => !kept.has(patentId)).map(({ number }) => number)
  return commit(ctx, {
    write: [...insertGrant(next, actorId(ctx.actor)), ...updateGrant(old, actorId(ctx.actor))],
    entries: [
      grantedEntry(next, successor.claims),
      ...stopped,
      {
        type: 'grant_superseded',
        subject: grant.id,
        record: { id: grant.id, supersededBy: next.id, by: 'holder', patents: ended, ...input },
      },
    ],
    answer: { id: grant.id, supersededBy: next.id },
  })
}

/** What the token said, for the patents that are left. */
async function scopeOf(ctx: Context, grant: GrantRecord, left: GrantRecord['covered']) {
  const [detail] = readClaims(grant.token)?.authorization_details ?? []
  const holders = await findHolders(ctx.db.read, grant.id, today(ctx))
  const names = await findOrganisations(ctx.db.read, [
    ...new Set(left.flatMap(({ patentId }) => [...(holders.get(patentId) ?? [])])),
  ])
  const terms = [...new Set(left.map(({ termsId }) => termsId))].sort()
  return {
    patents: left,
    territory: detail?.territory ?? [],
    terms: terms.map((id) => ({ id, sha256: findTerms(id)?.sha256 ?? '' })),
    holders: [...names.values()].map(({ id, name }) => ({
      id: `${ctx.registryUrl}/v1/organisations/${id}`,
      name: name.en,
    })),
    conditions: detail?.conditions ?? [],
  }
}

function after(grant: GrantRecord, ctx: Context, state: GrantRecord['state'], reason: string | null): GrantRecord {
  return { ...grant, state, reason, stateAt: ctx.now.toISOString(), version: grant.version + 1 }
}
