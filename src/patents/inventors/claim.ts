import type { Context } from '../../context.ts'
import { RegistryError } from '../../errors.ts'
import { commit, settle } from '../../log/commit.ts'
import { notify } from '../../notices/notify.ts'
import { requirePerson } from '../../organisations/rights.ts'
import { parseNumber } from '../numbers/parse.ts'
import type {
  ClaimSupport,
  InventorClaim,
  InventorClaimInput,
  InventorClaimRecord,
  ResearchmapExport,
} from './inventor-claim.ts'
import { claimEvent, holdersToday, printedAt } from './place.ts'
import {
  claimsAt,
  familyNaming,
  findClaim,
  insertClaim,
  numberKeys,
  type PrintedInventor,
  showClaims,
  updateClaim,
} from './queries.ts'

/**
 * "I am inventor 2 of this patent." The holders are told and decide; second sources are put beside it.
 * @param n the place as printed, from 1
 * @throws already_registered when one's own claim stands, not_allowed_now when the place is another person's
 */
export function claimInventorship(
  ctx: Context,
  patentId: string,
  n: number,
  input: InventorClaimInput,
): Promise<InventorClaim> {
  const person = requirePerson(ctx.actor)
  return settle(async () => {
    const place = await printedAt(ctx, patentId, n)
    const claims = await claimsAt(ctx.db.read, patentId, place.position)
    const own = claims.find(({ personId }) => personId === person.id)
    if (own && own.state !== 'withdrawn')
      throw new RegistryError('already_registered', `Your claim is on record: ${own.state}.`)
    const taken = claims.some(({ state, personId }) => state === 'confirmed' && personId !== person.id)
    if (taken || (place.orcid !== null && place.orcid !== person.orcid))
      throw new RegistryError('not_allowed_now', 'Another person is confirmed as this inventor. Write to the holder.')
    const claim: InventorClaimRecord = {
      id: own?.id ?? ctx.newId(),
      patentId,
      position: place.position,
      personId: person.id,
      state: 'claimed',
      statement: input.statement ?? null,
      support: await supportOf(ctx, patentId, person.orcid, input.researchmap),
      claimedAt: ctx.now.toISOString(),
      decidedBy: null,
      decidedAt: null,
      reason: null,
      version: (own?.version ?? 0) + 1,
    }
    const [shown] = await showClaims(ctx.db.read, [claim])
    if (!shown) throw new RegistryError('internal', 'The claim cannot be shown.')
    return commit(ctx, {
      write: [own ? updateClaim(claim) : insertClaim(claim), ...(await tellHolders(ctx, place, claim))],
      events: [claimEvent('inventorship_claimed', claim, person.id)],
      answer: shown,
    })
  })
}

/** The person answers a rejection; the holder decides once more. */
export function disputeRejection(ctx: Context, patentId: string, n: number, statement: string): Promise<InventorClaim> {
  const person = requirePerson(ctx.actor)
  return settle(async () => {
    const place = await printedAt(ctx, patentId, n)
    const claim = await findClaim(ctx.db.read, patentId, place.position, person.id)
    if (!claim) throw new RegistryError('not_found', 'You have made no such claim.')
    if (claim.state !== 'rejected')
      throw new RegistryError('not_allowed_now', `Only a rejection can be disputed; your claim is ${claim.state}.`)
    const disputed: InventorClaimRecord = { ...claim, state: 'disputed', statement, version: claim.version + 1 }
    const [shown] = await showClaims(ctx.db.read, [disputed])
    if (!shown) throw new RegistryError('internal', 'The claim cannot be shown.')
    return commit(ctx, {
      write: [updateClaim(disputed), ...(await tellHolders(ctx, place, disputed))],
      events: [claimEvent('inventorship_disputed', disputed, person.id)],
      answer: shown,
    })
  })
}

async function tellHolders(ctx: Context, place: PrintedInventor, claim: InventorClaimRecord) {
  const holders = await holdersToday(ctx, claim.patentId)
  return holders.flatMap((organisationId) =>
    notify(ctx, {
      to: { organisationId },
      kind: 'inventorship_claimed',
      subject: claim.id,
      body: { patent: place.number, inventor: place.position + 1, state: claim.state },
    }),
  )
}

async function supportOf(
  ctx: Context,
  patentId: string,
  orcid: string | undefined,
  researchmap: ResearchmapExport | undefined,
): Promise<ClaimSupport[]> {
  const at = ctx.now.toISOString()
  const family = orcid === undefined ? [] : await familyNaming(ctx.db.read, patentId, orcid)
  const keys = await numberKeys(ctx.db.read, patentId)
  const listed = researchmap === undefined ? undefined : numberIn(researchmap, keys)
  return [
    ...family.map((number) => ({ source: 'orcid_on_family_member' as const, number, at })),
    ...(listed === undefined ? [] : [{ source: 'researchmap' as const, number: listed, at }]),
  ]
}

/** The number of the patent that the export names, whatever it calls it (its names for kinds of numbers mislead). */
function numberIn(researchmap: ResearchmapExport, keys: ReadonlyMap<string, string>): string | undefined {
  const items = Array.isArray(researchmap) ? researchmap : researchmap.items
  for (const item of items) {
    const written = [
      item.patent_number,
      item.application_number,
      item.patent_announcement_number,
      item.patent_publication_number,
    ].flatMap((value) => (typeof value === 'string' ? [value] : [value?.ja, value?.en]))
    for (const number of written) {
      if (number === undefined) continue
      const { candidates } = parseNumber(number)
      const found = candidates.length === 1 ? keys.get(candidates[0]?.key ?? '') : undefined
      if (found !== undefined) return found
    }
  }
  return undefined
}
