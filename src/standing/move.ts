import { z } from '@hono/zod-openapi'
import { type Context, today } from '../context.ts'
import { RegistryError } from '../errors.ts'
import type { Consequence } from '../grants/consequences.ts'
import { enquiry, enquiryTo } from '../grants/enquiry.ts'
import { grantState } from '../grants/grant.ts'
import { commit, settle } from '../log/commit.ts'
import { notify } from '../notices/notify.ts'
import { isForProfit, type Organisation } from '../organisations/organisation.ts'
import { findOrganisation } from '../organisations/queries.ts'
import { requireOfficerOf, requirePerson } from '../organisations/rights.ts'
import { holdersOn } from '../patents/facts.ts'
import { findFactsById } from '../patents/queries.ts'
import {
  type Affiliation,
  type AffiliationRecord,
  affiliation,
  affiliationExample,
  institutionAffiliationInput,
  isCurrent,
} from '../people/affiliations/affiliation.ts'
import { insertAffiliation, showAffiliations, updateAffiliation } from '../people/affiliations/queries.ts'
import {
  affiliationEvent,
  newAffiliation,
  organisationNamed,
  refuseOwn,
  requireBegun,
} from '../people/affiliations/record.ts'
import { findPerson, findPersonByOrcid } from '../people/queries.ts'
import { date } from '../shapes.ts'
import { decided } from './decide-affiliation.ts'
import { affiliationsBecome, type Standing, said, standingOf, statementsOf } from './lapse.ts'

export const moveInput = z
  .object({
    to: z.string().max(200).openapi({ description: 'Where you work now: id or ROR id.' }),
    on: date.exactOptional().openapi({ description: 'First day there, today at the latest. Default: today.' }),
    leaving: z
      .uuid()
      .exactOptional()
      .openapi({ description: 'The affiliation that you leave. Default: those that your inventor grants name.' }),
  })
  .strict()
  .openapi('MoveInput', { example: { to: 'https://ror.org/02kpeqv85' } })
export type MoveInput = z.infer<typeof moveInput>

export const institutionMoveInput = institutionAffiliationInput.openapi('InstitutionMoveInput')
export type InstitutionMoveInput = z.infer<typeof institutionMoveInput>

const moveExample = {
  affiliation: { ...affiliationExample, state: 'asserted' },
  ended: [],
  grants: [
    {
      id: '01a200d7-7a27-742c-8849-54d053132b34',
      kind: 'inventor',
      status: 'superseded',
      next: {
        id: '01a200d7-7b31-7cc0-9d0e-2a5a4f3f3a11',
        number: 'K2WTG3AXC7',
        token: 'eyJhbGciOiJFUzI1NiIsInR5cCI6InJlc2VhcmNoLWdyYW50K2p3dCJ9…',
        certificate: 'https://registry.example/g/K2WTG3AXC7',
      },
    },
  ],
  verdict: 'allowed',
}

export const move = z
  .object({
    affiliation,
    ended: z.array(affiliation),
    grants: z.array(
      z.object({
        id: z.string(),
        kind: z.enum(['research', 'inventor']),
        status: grantState,
        reason: z.string().exactOptional(),
        next: z.object({ id: z.string(), number: z.string(), token: z.string(), certificate: z.url() }).exactOptional(),
      }),
    ),
    verdict: z.enum(['allowed', 'ask']),
    enquiry: enquiry.exactOptional().openapi({ description: 'At a company the holders are asked.' }),
  })
  .openapi('Move', { example: moveExample })
export type Move = z.infer<typeof move>

/**
 * "I moved." In one act the old affiliation ends, the new one is recorded, and every inventor grant that named the old
 * institution is superseded by one for the same patents, until the same day, that names the new one.
 */
export function recordMove(ctx: Context, input: MoveInput): Promise<Move> {
  const actor = requirePerson(ctx.actor)
  const on = input.on ?? today(ctx)
  requireBegun(on, today(ctx))
  return settle(async () => {
    const [person, to] = await Promise.all([findPerson(ctx.db.read, actor.id), organisationNamed(ctx, input.to)])
    if (!person) throw new RegistryError('unauthenticated', 'Sign in first.')
    requireMember(to)
    const standing = await standingOf(ctx, person)
    if (input.leaving !== undefined && !standing.current.some(({ id }) => id === input.leaving))
      throw new RegistryError('not_found', 'You have no such affiliation at present.')
    const known = standing.current.find(({ organisationId }) => organisationId === to.id)
    const record = known ?? newAffiliation(ctx, to.id, on, { personId: person.id })
    return commitMove(ctx, standing, to, record, known !== undefined, on, input.leaving, (answer) => answer)
  })
}

/** What "I moved" would do, as things stand: which posts end, what becomes of each grant, whom to ask. Writes nothing. */
export async function foreseeMove(ctx: Context, input: MoveInput): Promise<Foreseen> {
  const actor = requirePerson(ctx.actor)
  const on = input.on ?? today(ctx)
  requireBegun(on, today(ctx))
  const [person, to] = await Promise.all([findPerson(ctx.db.read, actor.id), organisationNamed(ctx, input.to)])
  if (!person) throw new RegistryError('unauthenticated', 'Sign in first.')
  requireMember(to)
  const standing = await standingOf(ctx, person)
  const known = standing.current.find(({ organisationId }) => organisationId === to.id)
  const record = known ?? newAffiliation(ctx, to.id, on, { personId: person.id })
  const { left, consequences } = await becoming(ctx, standing, to, record, input.leaving)
  return {
    to,
    left: left.map(({ organisationId }) => organisationId),
    grants: consequences.map(({ grant, next }) => ({
      id: grant.id,
      number: grant.number,
      status: grant.state,
      goesOn: next !== undefined,
    })),
    ...(isForProfit(to) ? { enquiry: await enquiryFor(ctx, consequences, to) } : {}),
  }
}

export type Foreseen = {
  to: Organisation
  left: readonly string[]
  grants: readonly { id: string; number: string; status: z.infer<typeof grantState>; goesOn: boolean }[]
  enquiry?: z.infer<typeof enquiry>
}

/**
 * The new institution's officer records it. Whether the person is known here, and where they were before, is told to
 * the person and the former institution alone: the answer is the same.
 */
export function recordMoveTo(ctx: Context, organisationId: string, input: InstitutionMoveInput): Promise<Affiliation> {
  requireOfficerOf(ctx.actor, [organisationId], 'organisation:manage')
  requireBegun(input.from, today(ctx))
  refuseOwn(ctx, input.orcid)
  return settle(async () => {
    const [found, person] = await Promise.all([
      findOrganisation(ctx.db.read, organisationId),
      findPersonByOrcid(ctx.db.read, input.orcid),
    ])
    if (!found) throw new RegistryError('not_found', 'There is no such organisation.')
    const record = newAffiliation(ctx, organisationId, input.from, { orcid: input.orcid })
    if (person) {
      const standing = await standingOf(ctx, person)
      return commitMove(ctx, standing, found.organisation, record, false, input.from, undefined, (answer) => ({
        ...answer.affiliation,
        person: { orcid: input.orcid },
      }))
    }
    const [shown] = await showAffiliations(ctx.db.read, [record])
    if (!shown) throw new RegistryError('internal', 'The affiliation cannot be shown.')
    return commit(ctx, {
      write: insertAffiliation(record),
      events: [affiliationEvent('moved', record)],
      answer: { ...shown, person: { orcid: input.orcid } },
    })
  })
}

async function commitMove<Answer>(
  ctx: Context,
  standing: Standing,
  to: Organisation,
  record: AffiliationRecord,
  known: boolean,
  on: string,
  leavingId: string | undefined,
  shownAs: (answer: Move) => Answer,
): Promise<Answer> {
  const { left, consequences } = await becoming(ctx, standing, to, record, leavingId)
  const ended = left.map((one) => ({ ...decided(ctx, one, 'ended'), until: on < one.from ? one.from : on }))
  const [shown, ...shownEnded] = await showAffiliations(ctx.db.read, [record, ...ended])
  if (!shown) throw new RegistryError('internal', 'The affiliation cannot be shown.')
  const asks = isForProfit(to)
  const answer: Move = {
    affiliation: shown,
    ended: shownEnded,
    grants: consequences.map((one) => outcome(ctx, one)),
    verdict: asks ? 'ask' : 'allowed',
    ...(asks ? { enquiry: await enquiryFor(ctx, consequences, to) } : {}),
  }
  return commit(ctx, {
    ...said([], consequences, { ...affiliationEvent('moved', record), before: ended.map(({ id }) => id) }),
    write: [
      ...standing.unchanged,
      ...ended.map(updateAffiliation),
      ...(known ? [] : insertAffiliation(record)),
      ...statementsOf(consequences),
      ...notices(ctx, standing, record, ended, consequences),
    ],
    answer: shownAs(answer),
  })
}

/** The posts that end with the move, and what it does to the grants. */
async function becoming(
  ctx: Context,
  standing: Standing,
  to: Organisation,
  record: AffiliationRecord,
  leavingId: string | undefined,
): Promise<{ left: readonly AffiliationRecord[]; consequences: readonly Consequence[] }> {
  const left = leaving(standing, to.id, leavingId)
  const gone = new Set(left.map(({ id }) => id))
  const posts = [...standing.current.filter(({ id }) => !gone.has(id) && id !== record.id), record]
  return { left, consequences: await affiliationsBecome(ctx, standing, posts.filter(isCurrent), record) }
}

/** The affiliations that a move ends: the one named, else those that live inventor grants name, else the only other. */
function leaving({ current, live }: Standing, to: string, named: string | undefined): AffiliationRecord[] {
  const others = current.filter(({ organisationId }) => organisationId !== to)
  const one = others.find(({ id }) => id === named)
  if (one) return others.filter(({ organisationId }) => organisationId === one.organisationId)
  const institutions = new Set(live.flatMap((grant) => (grant.kind === 'inventor' ? [grant.organisationId] : [])))
  const granted = others.filter(({ organisationId }) => institutions.has(organisationId))
  if (granted.length > 0) return granted
  return new Set(others.map(({ organisationId }) => organisationId)).size === 1 ? others : []
}

function outcome(ctx: Context, { grant, next }: Consequence): Move['grants'][number] {
  return {
    id: grant.id,
    kind: grant.kind,
    status: grant.state,
    ...(grant.reason === null ? {} : { reason: grant.reason }),
    ...(next
      ? {
          next: {
            id: next.id,
            number: next.number,
            token: next.token,
            certificate: `${ctx.registryUrl}/g/${next.number}`,
          },
        }
      : {}),
  }
}

async function enquiryFor(ctx: Context, consequences: readonly Consequence[], to: Organisation) {
  const patents = consequences.flatMap(({ grant }) => (grant.kind === 'inventor' ? grant.covered : []))
  const facts = await findFactsById(
    ctx.db.read,
    patents.map(({ patentId }) => patentId),
  )
  const holders = [...facts.values()].flatMap((one) =>
    holdersOn(one, today(ctx)).map((holder) => [holder.id, holder] as const),
  )
  return enquiryTo([...new Map(holders).values()], patents, to)
}

/** The former institution is told, and the new one of what a person says; ids and states only. */
function notices(
  ctx: Context,
  { person }: Standing,
  record: AffiliationRecord,
  ended: readonly AffiliationRecord[],
  consequences: readonly Consequence[],
) {
  const next = consequences.flatMap((one) => one.next?.id ?? [])
  const former = [...new Set(ended.map(({ organisationId }) => organisationId))]
  const body = { person: person.id, grants: next }
  return [
    ...former.flatMap((organisationId) =>
      notify(ctx, { to: { organisationId }, kind: 'inventor_moved', subject: record.id, body }),
    ),
    ...(record.source === 'self'
      ? notify(ctx, {
          to: { organisationId: record.organisationId },
          kind: 'affiliation_asserted',
          subject: record.id,
          body: { person: person.id, from: record.from },
        })
      : notify(ctx, { to: { personId: person.id }, kind: 'inventor_moved', subject: record.id, body })),
  ]
}

/** Only an approved organisation is named in a grant. */
function requireMember({ state }: Organisation): void {
  if (state !== 'approved')
    throw new RegistryError('not_allowed_now', 'That organisation is not an approved member of the commons at present.')
}
