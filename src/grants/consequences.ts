import { findTerms } from '../../policies/terms.ts'
import { actorId, type Context, today } from '../context.ts'
import type { Statement } from '../database.ts'
import type { LogEntry } from '../log/commit.ts'
import { findOrganisations } from '../organisations/queries.ts'
import type { RevocationInput } from './grant.ts'
import { type Bearer, type GrantScope, grantedEntry, makeGrant } from './make.ts'
import { findHolders, type GrantRecord, insertGrant, updateGrant } from './queries.ts'
import { readClaims } from './token.ts'

/** What an act does to a grant: statements and entries for the same commit. */
export type Consequence = {
  write: readonly Statement[]
  entries: readonly LogEntry[]
  grant: GrantRecord
  /** The grant that takes its place. */
  next?: GrantRecord
}

/** A suspension that is for want of an institution (RPC-INVENTOR-1.0 §2.7): recording one lifts it, no inquiry does. */
export const noInstitution = 'no_institution'

export function revocation(
  ctx: Context,
  before: GrantRecord,
  { reason, note }: RevocationInput,
  by: string,
): Consequence {
  const grant = after(before, ctx, 'revoked', reason)
  const record = { id: grant.id, by, reason, ...(note === undefined ? {} : { note }) }
  return {
    write: updateGrant(grant, actorId(ctx.actor)),
    entries: [{ type: 'grant_revoked', subject: grant.id, record }],
    grant,
  }
}

/** The person works nowhere at present: the terms neither permit nor refuse until they do. */
export function suspensionWithoutInstitution(ctx: Context, before: GrantRecord): Consequence {
  const grant = after(before, ctx, 'suspended', noInstitution)
  const record = { id: grant.id, by: 'registry', reason: noInstitution }
  return {
    write: updateGrant(grant, actorId(ctx.actor)),
    entries: [{ type: 'grant_suspended', subject: grant.id, record }],
    grant,
  }
}

/**
 * A grant over the patents that are left, in the same words and until the same day, in the place of the one before. An
 * inquiry that has stopped the grant stops what follows it too.
 */
export async function replacement(
  ctx: Context,
  before: GrantRecord,
  left: GrantRecord['covered'],
  bearer: Bearer,
  why: { reason: string; by: string; note?: string },
): Promise<Consequence> {
  const successor = await makeGrant(
    ctx,
    bearer,
    { ...before.request, grantee: { ...before.request.grantee, organisation: bearer.institution.id } },
    before.from > today(ctx) ? before.from : today(ctx),
    before.until,
    await scopeOf(ctx, before, left),
  )
  const stopped = before.state === 'suspended' && before.reason !== noInstitution
  const next: GrantRecord = { ...successor.grant, state: stopped ? 'suspended' : 'valid' }
  const grant = { ...after(before, ctx, 'superseded', why.reason), supersededBy: next.id }
  const kept = new Set(left.map(({ patentId }) => patentId))
  const ended = before.covered.filter(({ patentId }) => !kept.has(patentId)).map(({ number }) => number)
  return {
    write: [...insertGrant(next, actorId(ctx.actor)), ...updateGrant(grant, actorId(ctx.actor))],
    entries: [
      grantedEntry(next, successor.claims),
      ...(stopped
        ? [
            {
              type: 'grant_suspended' as const,
              subject: next.id,
              record: { id: next.id, by: why.by, continues: grant.id },
            },
          ]
        : []),
      {
        type: 'grant_superseded',
        subject: grant.id,
        record: { id: grant.id, supersededBy: next.id, patents: ended, ...why },
      },
    ],
    grant,
    next,
  }
}

/** As whose the grant was made, as its token says. */
export async function bearerOf(ctx: Context, grant: GrantRecord): Promise<Bearer | undefined> {
  const institution = (await findOrganisations(ctx.db.read, [grant.organisationId])).get(grant.organisationId)
  if (!institution) return undefined
  return {
    kind: grant.kind,
    institution,
    personId: grant.personId,
    affiliation: readClaims(grant.token)?.affiliation,
  }
}

export function after(
  grant: GrantRecord,
  ctx: Context,
  state: GrantRecord['state'],
  reason: string | null,
): GrantRecord {
  return { ...grant, state, reason, stateAt: ctx.now.toISOString(), version: grant.version + 1 }
}

/** What the token said, for the patents that are left. */
async function scopeOf(ctx: Context, grant: GrantRecord, left: GrantRecord['covered']): Promise<GrantScope> {
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
