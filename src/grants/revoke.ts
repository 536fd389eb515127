import { findTerms } from '../../policies/terms.ts'
import { actorId, type Context, today } from '../context.ts'
import { RegistryError } from '../errors.ts'
import { commit, type LogEntry, settle } from '../log/commit.ts'
import { isSteward, requireOfficer } from '../organisations/rights.ts'
import { currentAffiliations } from '../people/affiliations/queries.ts'
import { findPerson } from '../people/queries.ts'
import { after, bearerOf, noInstitution, replacement, revocation } from './consequences.ts'
import type { RevocationInput } from './grant.ts'
import { statusOf } from './grant.ts'
import { findGrant, findHolders, type GrantRecord, updateGrant } from './queries.ts'

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
  if (!isSteward(ctx.actor) && !isForOneself(ctx.actor)) requireOfficer(ctx.actor, 'grants:revoke')
  return settle(async () => {
    const grant = await findGrant(ctx.db.read, id)
    if (!grant) throw new RegistryError('not_found', 'There is no such grant.')
    const { party, patentIds } = await partOf(ctx, grant)
    requireReason(grant, party, input.reason)
    requireLive(grant, ctx.now)
    const left = grant.covered.filter(({ patentId }) => !patentIds.has(patentId))
    if (left.length > 0) return supersede(ctx, grant, left, input)
    const { write, entries } = revocation(ctx, grant, input, party)
    const [first, ...more] = entries
    if (!first) throw new RegistryError('internal', 'The revocation has no entry.')
    return commit(ctx, { write, entries: [first, ...more], answer: { id: grant.id } })
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
    if (state === 'suspended' && grant.reason === noInstitution)
      throw new RegistryError('not_allowed_now', 'It is suspended until the inventor works at an institution again.')
    if (to === 'valid' && grant.kind === 'inventor' && !(await worksThere(ctx, grant)))
      throw new RegistryError('not_allowed_now', 'The inventor does not work at the institution that it names.')
    if (state !== from) throw new RegistryError('already_decided', `The grant is ${state}.`)
    const type: LogEntry['type'] = to === 'suspended' ? 'grant_suspended' : 'grant_reinstated'
    return commit(ctx, {
      write: updateGrant(after(grant, ctx, to, null), actorId(ctx.actor)),
      entries: [{ type, subject: grant.id, record: { id: grant.id, by: party, note } }],
      answer: { id: grant.id },
    })
  })
}

function isForOneself(actor: Context['actor']): boolean {
  return actor.kind === 'person' && actor.actingFor === undefined
}

async function worksThere(ctx: Context, { personId, organisationId }: GrantRecord): Promise<boolean> {
  const person = personId === null ? undefined : await findPerson(ctx.db.read, personId)
  if (!person) return false
  const current = await currentAffiliations(ctx.db.read, person)
  return current.some((one) => one.organisationId === organisationId)
}

type Part = { party: 'steward' | 'holder' | 'grantee'; patentIds: ReadonlySet<string> }

/** As what the caller acts, and over which of the patents. A holder that is also the grantee acts as grantee. */
async function partOf(ctx: Context, grant: GrantRecord): Promise<Part> {
  const all = new Set(grant.covered.map(({ patentId }) => patentId))
  if (isSteward(ctx.actor)) return { party: 'steward', patentIds: all }
  if (isForOneself(ctx.actor)) {
    if (actorId(ctx.actor) === grant.personId) return { party: 'grantee', patentIds: all }
    throw new RegistryError('forbidden', 'Only the grantee, a holder of a covered patent or a steward may do this.')
  }
  const { organisationId } = requireOfficer(ctx.actor, 'grants:revoke')
  // An inventor grant follows the person: the institution that it names is not its grantee.
  if (grant.organisationId === organisationId && grant.kind === 'research') return { party: 'grantee', patentIds: all }
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
  const bearer = await bearerOf(ctx, grant)
  if (!bearer) throw new RegistryError('not_found', 'The institution of the grant is not on record.')
  const { write, entries, next } = await replacement(ctx, grant, left, bearer, { by: 'holder', ...input })
  const [first, ...more] = entries
  if (!first || !next) throw new RegistryError('internal', 'The grant has no successor.')
  return commit(ctx, { write, entries: [first, ...more], answer: { id: grant.id, supersededBy: next.id } })
}
