import { type Context, today } from '../../context.ts'
import { invalid, RegistryError } from '../../errors.ts'
import { canonical, sha256Hex } from '../../log/canonical.ts'
import { requireActingForNamed } from '../../mandates/acting.ts'
import { findOrganisations } from '../../organisations/queries.ts'
import { holdersOn, type PatentFacts } from '../../patents/facts.ts'
import { parseNumber } from '../../patents/numbers/parse.ts'
import { findFactsById } from '../../patents/queries.ts'
import { patentsPerDeclarationMax } from '../declaration.ts'
import { periodAsked, termsAccepted, unclear } from '../declare.ts'
import { type Obstacle, obstacleTo } from '../eligible.ts'
import { symbolPrefix } from '../exclusions/exclusion.ts'
import { excludedAmong, listExclusions } from '../exclusions/queries.ts'
import { withOfficers } from '../links/queries.ts'
import { type Effect, leftOutShownMax, type PatentChoice, type PreviewInput, patentsPerBatchMax } from './batch.ts'
import { patentIdsByKey, portfolioIds } from './selection-queries.ts'

/** One declaration to be: patents of one set of co-owners under one terms version. */
export type Group = {
  termsId: string
  termsSha256: string
  coOwnerIds: readonly string[]
  patents: readonly { id: string; number: string }[]
}
export type LeftOut = Omit<Obstacle, 'code'> & { number: string; code: string }

/** What confirming would do; nothing is written. For an officer of the holder, or of an agent that may declare for it. */
export async function previewDeclarations(ctx: Context, input: PreviewInput): Promise<Effect> {
  const { organisationId } = await requireActingForNamed(ctx, input.organisation, 'declare')
  const { groups, leftOut, sha256 } = await effectOf(ctx, organisationId, input)
  return toEffect(ctx, organisationId, groups, leftOut, sha256)
}

/** The declarations that the choice comes to, and what is left out of them with reasons. */
export async function effectOf(
  ctx: Context,
  organisationId: string,
  input: PreviewInput,
): Promise<{ groups: Group[]; leftOut: LeftOut[]; sha256: string }> {
  const terms = input.rules.map((rule, i) => termsAccepted(rule, `/rules/${i}`))
  const { from } = periodAsked(ctx, input)
  const { chosen, leftOut } = await choose(ctx, organisationId, input)
  const exclusions = await listExclusions(ctx.db.read, organisationId)
  const on = today(ctx)
  const byKey = new Map<
    string,
    { termsId: string; termsSha256: string; coOwnerIds: string[]; patents: Group['patents'][number][] }
  >()
  const ids = [...chosen.keys()]
  for (let at = 0; at < ids.length; at += patentsPerDeclarationMax) {
    const part = ids.slice(at, at + patentsPerDeclarationMax)
    const [facts, excluded] = await Promise.all([
      findFactsById(ctx.db.read, part),
      excludedAmong(ctx.db.read, exclusions, part),
    ])
    for (const id of part) {
      const one = facts.get(id)
      const termsOf = terms[chosen.get(id) ?? 0]
      if (!one || !termsOf) continue
      const obstacle = obstacleTo(one, { organisationId, termsId: termsOf.id, on, from, exclusion: excluded.get(id) })
      if (obstacle) {
        leftOut.push({ number: one.number, ...obstacle })
        continue
      }
      const coOwnerIds = coOwnersOf(one, organisationId, on)
      const key = JSON.stringify([termsOf.id, coOwnerIds])
      const group = byKey.get(key) ?? { termsId: termsOf.id, termsSha256: termsOf.sha256, coOwnerIds, patents: [] }
      group.patents.push({ id, number: one.number })
      byKey.set(key, group)
    }
  }
  const groups = [...byKey.values()].flatMap((group) => inParts(group, patentsPerDeclarationMax))
  const said = groups.map(({ termsId, termsSha256, coOwnerIds, patents }) => ({
    terms: termsId,
    sha256: termsSha256,
    coOwners: [...coOwnerIds],
    numbers: patents.map(({ number }) => number),
  }))
  const period = { from: input.from ?? null, until: input.until ?? null }
  return {
    groups,
    leftOut,
    sha256: await sha256Hex(canonical({ organisation: organisationId, ...period, declarations: said })),
  }
}

/** Who else holds the patent that day, in one order. */
export function coOwnersOf(facts: PatentFacts, organisationId: string, on: string): string[] {
  const ids = holdersOn(facts, on).map(({ id }) => id)
  return [...new Set(ids)].filter((id) => id !== organisationId).sort()
}

/** By id of the patent, the rule that decides for it: the first one that fits. */
async function choose(
  ctx: Context,
  organisationId: string,
  { rules }: PreviewInput,
): Promise<{ chosen: Map<string, number>; leftOut: LeftOut[] }> {
  const chosen = new Map<string, number>()
  const leftOut: LeftOut[] = []
  for (const [i, { where }] of rules.entries()) {
    if (where.ipc !== undefined && symbolPrefix(where.ipc) === undefined)
      throw invalid(`/rules/${i}/where/ipc`, 'unrecognised_symbol', `${where.ipc} is not the beginning of a symbol.`)
    const ids = await idsThatFit(ctx, organisationId, where, leftOut)
    for (const id of ids) if (!chosen.has(id)) chosen.set(id, i)
    if (ids.length > patentsPerBatchMax || chosen.size > patentsPerBatchMax)
      throw invalid(
        `/rules/${i}`,
        'too_big',
        `More than ${patentsPerBatchMax} patents fit. Narrow the rules, and declare part by part.`,
      )
  }
  return { chosen, leftOut }
}

async function idsThatFit(
  ctx: Context,
  organisationId: string,
  { numbers, ...narrowed }: PatentChoice,
  leftOut: LeftOut[],
): Promise<string[]> {
  const { read } = ctx.db
  const on = today(ctx)
  const limit = patentsPerBatchMax + 1
  if (numbers === undefined) return portfolioIds(read, organisationId, on, narrowed, limit)
  const clear = numbers.flatMap((written) => {
    const { candidates } = parseNumber(written)
    const [only] = candidates
    if (only !== undefined && candidates.length === 1) return [only]
    leftOut.push({ number: written, ...unclear(written, candidates) })
    return []
  })
  const byKey = await patentIdsByKey(
    read,
    clear.map(({ key }) => key),
  )
  const ids = new Map<string, string>()
  for (const { key, docdb } of clear) {
    const id = byKey.get(key)
    if (id === undefined)
      leftOut.push({ number: docdb, code: 'not_enrolled', detail: `${docdb} is not enrolled; register it first.` })
    else ids.set(id, docdb)
  }
  const held = new Set(await portfolioIds(read, organisationId, on, { ids: [...ids.keys()] }, limit))
  for (const [id, docdb] of ids)
    if (!held.has(id))
      leftOut.push({
        number: docdb,
        code: 'not_a_holder',
        detail: `Your organisation is not recorded as a holder of ${docdb}.`,
      })
  return portfolioIds(read, organisationId, on, { ...narrowed, ids: [...held] }, limit)
}

async function toEffect(
  ctx: Context,
  organisationId: string,
  groups: readonly Group[],
  leftOut: readonly LeftOut[],
  sha256: string,
): Promise<Effect> {
  const ids = [...new Set(groups.flatMap(({ coOwnerIds }) => coOwnerIds))]
  const [names, here] = await Promise.all([findOrganisations(ctx.db.read, ids), withOfficers(ctx.db.read, ids)])
  const coOwner = (id: string) => ({
    id,
    name: names.get(id)?.name ?? { ja: id, en: id },
    ask: here.has(id) ? ('registry' as const) : ('link' as const),
  })
  const reasons: Record<string, number> = {}
  for (const { code } of leftOut) reasons[code] = (reasons[code] ?? 0) + 1
  const total = (of: readonly Group[]) => of.reduce((sum, { patents }) => sum + patents.length, 0)
  return {
    organisation: organisationId,
    sha256,
    patents: total(groups),
    declarations: groups.map(({ termsId, termsSha256, coOwnerIds, patents }) => ({
      termsId,
      termsSha256,
      coOwners: coOwnerIds.map(coOwner),
      count: patents.length,
      numbers: patents.map(({ number }) => number),
    })),
    consents: ids.map((id) => {
      const asked = groups.filter(({ coOwnerIds }) => coOwnerIds.includes(id))
      return { ...coOwner(id), declarations: asked.length, patents: total(asked) }
    }),
    leftOut: { count: leftOut.length, reasons, items: leftOut.slice(0, leftOutShownMax) },
  }
}

function inParts(group: Group, size: number): Group[] {
  const { patents } = group
  const parts: Group[] = []
  for (let at = 0; at < patents.length; at += size) parts.push({ ...group, patents: patents.slice(at, at + size) })
  return parts
}

/** @throws conflict when what was looked at is no longer what would happen */
export function requireSameEffect(seen: string, now: string): void {
  if (seen !== now)
    throw new RegistryError(
      'conflict',
      'What would be declared has changed since you looked. Look at the effect again.',
    )
}
