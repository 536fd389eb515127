import { actorId, type Context } from '../context.ts'
import { invalid, RegistryError } from '../errors.ts'
import type { Consequence } from '../grants/consequences.ts'
import { commit, type LogEntry, settle } from '../log/commit.ts'
import { notify } from '../notices/notify.ts'
import { requireOfficerOf, requirePerson } from '../organisations/rights.ts'
import {
  type InventorClaim,
  type InventorClaimRecord,
  type InventorDecision,
  isOpen,
} from '../patents/inventors/inventor-claim.ts'
import { claimEvent, holdersToday, printedAt } from '../patents/inventors/place.ts'
import {
  claimsAt,
  confirmedInventorships,
  findClaim,
  type PrintedInventor,
  placeIsFree,
  putOrcid,
  showClaims,
  updateClaim,
} from '../patents/inventors/queries.ts'
import type { Person } from '../people/person.ts'
import { findPerson, findPersonByOrcid, listMemberships } from '../people/queries.ts'
import { inventorshipEnds, said, standingOf, statementsOf } from './lapse.ts'

type Decided = { patent: string; inventor: number; state: 'confirmed' | 'rejected'; claim?: InventorClaim }

/**
 * An officer of a holder confirms or rejects a claim, or reverses an inventorship that was confirmed; then the part of
 * every grant that rested on it ends in the same act. Nobody decides on their own claim, in whichever organisation's name.
 */
export function decideInventorship(
  ctx: Context,
  patentId: string,
  n: number,
  input: InventorDecision,
): Promise<Decided> {
  if (input.state === 'rejected' && input.reason === undefined)
    throw invalid('/reason', 'required', 'A rejection says why, so that the person can act on it.')
  return settle(async () => {
    const holders = await holdersToday(ctx, patentId)
    const { organisationId } = requireOfficerOf(ctx.actor, holders, 'patents:write')
    const place = await printedAt(ctx, patentId, n)
    const claim = claimMeant(await claimsAt(ctx.db.read, patentId, place.position), input)
    const person = claim
      ? await findPerson(ctx.db.read, claim.personId)
      : place.orcid === null
        ? undefined
        : await findPersonByOrcid(ctx.db.read, place.orcid)
    if (person) await refuseOwnClaim(ctx, person, organisationId)
    if (input.state === 'confirmed') return confirm(ctx, place, claim, person, organisationId)
    if (claim && isOpen(claim)) return reject(ctx, place, claim, organisationId, input.reason ?? null)
    return reverse(ctx, place, claim, person, organisationId, input)
  })
}

/** The person takes the claim back; what rested on it ends in the same act. */
export function withdrawClaim(ctx: Context, patentId: string, n: number): Promise<InventorClaim> {
  const actor = requirePerson(ctx.actor)
  return settle(async () => {
    const place = await printedAt(ctx, patentId, n)
    const claim = await findClaim(ctx.db.read, patentId, place.position, actor.id)
    const person = await findPerson(ctx.db.read, actor.id)
    if (!claim || !person) throw new RegistryError('not_found', 'You have made no such claim.')
    if (claim.state === 'withdrawn') throw new RegistryError('already_decided', 'The claim is withdrawn.')
    const withdrawn = next(ctx, claim, 'withdrawn', null)
    const ended =
      claim.state === 'confirmed' ? await endOf(ctx, place, person, 'issued_in_error') : { write: [], consequences: [] }
    return commit(ctx, {
      ...said([], ended.consequences, claimEvent('inventorship_withdrawn', withdrawn, person.id)),
      write: [...ended.write, updateClaim(withdrawn)],
      touched: claim.state === 'confirmed' ? [patentId] : [],
      answer: await shown(ctx, withdrawn),
    })
  })
}

/** The claim named, else the only one that waits, else the one that is confirmed. */
function claimMeant(
  claims: readonly InventorClaimRecord[],
  { claim, state }: InventorDecision,
): InventorClaimRecord | undefined {
  if (claim !== undefined) {
    const named = claims.find(({ id }) => id === claim)
    if (!named) throw new RegistryError('not_found', 'There is no such claim on this place.')
    return named
  }
  const open = claims.filter(isOpen)
  if (open.length > 1)
    throw invalid('/claim', 'required', 'Several claims stand on this place. Name the one that you decide on.')
  return open[0] ?? (state === 'rejected' ? claims.find((one) => one.state === 'confirmed') : undefined)
}

async function confirm(
  ctx: Context,
  place: PrintedInventor,
  claim: InventorClaimRecord | undefined,
  person: Person | undefined,
  by: string,
): Promise<Decided> {
  if (!claim || !person) throw new RegistryError('not_found', 'No claim waits on this place.')
  if (!isOpen(claim)) throw new RegistryError('already_decided', `The claim is ${claim.state}.`)
  const others = await claimsAt(ctx.db.read, place.patentId, place.position)
  const taken = others.some((one) => one.state === 'confirmed' && one.personId !== person.id)
  if (taken || (place.orcid !== null && place.orcid !== person.orcid))
    throw new RegistryError(
      'not_allowed_now',
      'Another person is confirmed as this inventor. Reverse that first, with its reason.',
    )
  const confirmed = next(ctx, claim, 'confirmed', null)
  return commit(ctx, {
    ...said(
      [entryOf('inventorship_confirmed', place, confirmed, by)],
      [],
      claimEvent('inventorship_confirmed', confirmed, by),
    ),
    write: [
      placeIsFree(place.patentId, place.position, person),
      ...putOrcid(place.patentId, place.position, person.orcid ?? null, place.version),
      updateClaim(confirmed),
      ...tell(ctx, place, confirmed),
    ],
    touched: [place.patentId],
    answer: await decidedAs(ctx, place, 'confirmed', confirmed),
  })
}

async function reject(
  ctx: Context,
  place: PrintedInventor,
  claim: InventorClaimRecord,
  by: string,
  reason: string | null,
): Promise<Decided> {
  const rejected = next(ctx, claim, 'rejected', reason)
  return commit(ctx, {
    ...said(
      [entryOf('inventorship_rejected', place, rejected, by)],
      [],
      claimEvent('inventorship_rejected', rejected, by),
    ),
    write: [updateClaim(rejected), ...tell(ctx, place, rejected)],
    answer: await decidedAs(ctx, place, 'rejected', rejected),
  })
}

async function reverse(
  ctx: Context,
  place: PrintedInventor,
  claim: InventorClaimRecord | undefined,
  person: Person | undefined,
  by: string,
  { ground, reason }: InventorDecision,
): Promise<Decided> {
  if (claim ? claim.state !== 'confirmed' : place.orcid === null)
    throw claim
      ? new RegistryError('already_decided', `The claim is ${claim.state}.`)
      : new RegistryError('not_found', 'Nobody is confirmed for this place, and no claim waits.')
  if (ground === undefined)
    throw invalid('/ground', 'required', 'Say on which ground of the terms the grants that rest on it end.')
  if (!claim && ground === 'false_statement')
    throw invalid(
      '/ground',
      'no_statement',
      'The iD was put there by a holder, so no statement of the person is false.',
    )
  const rejected = claim && next(ctx, claim, 'rejected', reason ?? null)
  const ended = person
    ? await endOf(ctx, place, person, ground)
    : { write: putOrcid(place.patentId, place.position, null, place.version), consequences: [] }
  const subject = rejected?.id ?? place.patentId
  return commit(ctx, {
    ...said(
      [
        {
          type: 'inventorship_reversed',
          subject,
          record: { patent: place.number, inventor: place.position + 1, by, ground },
        },
      ],
      ended.consequences,
      { event: 'inventorship_reversed', subject, source: by, after: { inventor: place.position + 1, ground } },
    ),
    write: [...ended.write, ...(rejected ? [updateClaim(rejected), ...tell(ctx, place, rejected)] : [])],
    touched: [place.patentId],
    answer: await decidedAs(ctx, place, 'rejected', rejected),
  })
}

/** The iD leaves the place, and grants end as far as the person is not an inventor of the patent otherwise. */
async function endOf(
  ctx: Context,
  place: PrintedInventor,
  person: Person,
  ground: 'false_statement' | 'issued_in_error',
): Promise<{ write: ReturnType<typeof statementsOf>; consequences: Consequence[] }> {
  const standing = await standingOf(ctx, person)
  const others = (await confirmedInventorships(ctx.db.read, person)).filter(
    ({ patentId, position }) => patentId === place.patentId && position !== place.position,
  )
  const consequences = others.length > 0 ? [] : await inventorshipEnds(ctx, standing, place.patentId, ground)
  return {
    write: [
      ...standing.unchanged,
      ...putOrcid(place.patentId, place.position, null, place.version),
      ...statementsOf(consequences),
    ],
    consequences,
  }
}

/**
 * @throws forbidden when the one who decides is the one who claims; nor may a machine client of an organisation whose
 * officer the claimant is: a named person has to answer for it
 */
async function refuseOwnClaim(ctx: Context, person: Person, organisationId: string): Promise<void> {
  const own = actorId(ctx.actor) === person.id
  const machine = ctx.actor.kind === 'member'
  const officer =
    machine &&
    (await listMemberships(ctx.db.read, person.id)).some(
      (post) => post.organisationId === organisationId && post.role === 'officer',
    )
  if (own || officer)
    throw new RegistryError('forbidden', 'Nobody decides on their own inventorship. Another officer has to.')
}

function next(
  ctx: Context,
  claim: InventorClaimRecord,
  state: InventorClaimRecord['state'],
  reason: string | null,
): InventorClaimRecord {
  const decidedAt = ctx.now.toISOString()
  return { ...claim, state, reason, decidedBy: actorId(ctx.actor), decidedAt, version: claim.version + 1 }
}

/** What the log keeps: which claim, on which place, decided by which organisation; no person. */
function entryOf(type: LogEntry['type'], place: PrintedInventor, claim: InventorClaimRecord, by: string): LogEntry {
  const { id, state } = claim
  return { type, subject: id, record: { id, patent: place.number, inventor: place.position + 1, by, state } }
}

function tell(ctx: Context, place: PrintedInventor, { id, personId, state }: InventorClaimRecord) {
  return notify(ctx, {
    to: { personId },
    kind: 'inventorship_decided',
    subject: id,
    body: { patent: place.number, inventor: place.position + 1, state },
  })
}

async function decidedAs(
  ctx: Context,
  place: PrintedInventor,
  state: Decided['state'],
  claim: InventorClaimRecord | undefined,
): Promise<Decided> {
  const told = { patent: place.number, inventor: place.position + 1, state }
  return claim ? { ...told, claim: await shown(ctx, claim) } : told
}

async function shown(ctx: Context, claim: InventorClaimRecord): Promise<InventorClaim> {
  const [one] = await showClaims(ctx.db.read, [claim])
  if (!one) throw new RegistryError('internal', 'The claim cannot be shown.')
  return one
}
