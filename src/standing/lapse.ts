import type { Context } from '../context.ts'
import type { Statement } from '../database.ts'
import {
  type Consequence,
  noInstitution,
  replacement,
  revocation,
  suspensionWithoutInstitution,
} from '../grants/consequences.ts'
import { affiliationClaimOf, type Bearer } from '../grants/make.ts'
import { type GrantRecord, liveGrantsAre, liveGrantsOf } from '../grants/queries.ts'
import type { Act, HistoryEvent, LogEntry } from '../log/commit.ts'
import { isForProfit, type Organisation } from '../organisations/organisation.ts'
import { findOrganisations } from '../organisations/queries.ts'
import { type AffiliationRecord, isVouched, strongestFirst } from '../people/affiliations/affiliation.ts'
import { affiliationsAre, currentAffiliations } from '../people/affiliations/queries.ts'
import type { Person } from '../people/person.ts'

/** A person's grants and posts as they were read, and the guard that they are still so. */
export type Standing = {
  person: Person
  live: readonly GrantRecord[]
  current: readonly AffiliationRecord[]
  unchanged: readonly Statement[]
}

export async function standingOf(ctx: Context, person: Person): Promise<Standing> {
  const [live, current] = await Promise.all([
    liveGrantsOf(ctx.db.read, person.id, ctx.now),
    currentAffiliations(ctx.db.read, person),
  ])
  return {
    person,
    live,
    current,
    unchanged: [liveGrantsAre(person.id, live, ctx.now), affiliationsAre(person, current)],
  }
}

/**
 * What becomes of the person's grants when these are the affiliations from now on. A research grant ends with the post
 * it rests on. An inventor grant goes on at another institution not run for profit (RPC-INVENTOR-1.0 §12.1), ends with
 * a move to a company (§12.2), and else waits for the inventor to work somewhere again (§2.7).
 * @param to where the person moves, when it is a move: named first
 */
export async function affiliationsBecome(
  ctx: Context,
  { person, live }: Standing,
  posts: readonly AffiliationRecord[],
  to?: AffiliationRecord,
): Promise<Consequence[]> {
  const organisations = await findOrganisations(ctx.db.read, [...new Set(posts.map((one) => one.organisationId))])
  const eligible = [...(to ? [to] : []), ...strongestFirst(posts)].flatMap((affiliation) => {
    const institution = organisations.get(affiliation.organisationId)
    return institution?.state === 'approved' && !isForProfit(institution) ? [{ affiliation, institution }] : []
  })
  const toCompany = to !== undefined && isCompany(organisations.get(to.organisationId))
  const consequences = await Promise.all(
    live.map(async (grant): Promise<Consequence | undefined> => {
      const there = posts.filter(({ organisationId }) => organisationId === grant.organisationId)
      if (grant.kind === 'research') return there.some(isVouched) ? undefined : ineligible(ctx, grant)
      const waits = grant.state === 'suspended' && grant.reason === noInstitution
      if (there.length > 0 && !waits) return undefined
      const [best] = eligible
      if (best)
        return replacement(ctx, grant, grant.covered, bearerAt(ctx, person, best), {
          reason: 'superseded',
          by: 'registry',
        })
      if (toCompany) return ineligible(ctx, grant)
      return grant.state === 'suspended' ? undefined : suspensionWithoutInstitution(ctx, grant)
    }),
  )
  return consequences.flatMap((one) => one ?? [])
}

/**
 * What becomes of inventor grants when the person is no longer an inventor of the patent: the part over it ends.
 * @param reason as the terms know it
 */
export async function inventorshipEnds(
  ctx: Context,
  { person, live, current }: Standing,
  patentId: string,
  reason: 'false_statement' | 'issued_in_error',
): Promise<Consequence[]> {
  const organisations = await findOrganisations(ctx.db.read, [...new Set(live.map((one) => one.organisationId))])
  const resting = live.filter(
    ({ kind, covered }) => kind === 'inventor' && covered.some((one) => one.patentId === patentId),
  )
  return Promise.all(
    resting.map((grant) => {
      const left = grant.covered.filter((one) => one.patentId !== patentId)
      const institution = organisations.get(grant.organisationId)
      const [affiliation] = strongestFirst(current.filter((one) => one.organisationId === grant.organisationId))
      if (left.length === 0 || !institution || !affiliation) return revocation(ctx, grant, { reason }, 'registry')
      return replacement(ctx, grant, left, bearerAt(ctx, person, { institution, affiliation }), {
        reason,
        by: 'registry',
      })
    }),
  )
}

export function statementsOf(consequences: readonly Consequence[]): Statement[] {
  return consequences.flatMap(({ write }) => write)
}

/** What the act says: its own entries and those of its consequences, and what history keeps. */
export function said(
  entries: readonly LogEntry[],
  consequences: readonly Consequence[],
  event: HistoryEvent,
): Pick<Act<unknown>, 'events'> &
  ({ entries: readonly [LogEntry, ...LogEntry[]] } | { events: readonly [HistoryEvent] }) {
  const [first, ...more] = [...entries, ...consequences.flatMap((one) => one.entries)]
  return first ? { entries: [first, ...more], events: [event] } : { events: [event] }
}

function ineligible(ctx: Context, grant: GrantRecord): Consequence {
  return revocation(ctx, grant, { reason: 'ineligible' }, 'registry')
}

function isCompany(organisation: Organisation | undefined): boolean {
  return organisation !== undefined && isForProfit(organisation)
}

function bearerAt(
  ctx: Context,
  { id, orcid }: Person,
  { institution, affiliation }: { institution: Organisation; affiliation: AffiliationRecord },
): Bearer {
  return {
    kind: 'inventor',
    institution,
    personId: id,
    affiliation: affiliationClaimOf(ctx, affiliation, institution, orcid),
  }
}
