import { type Actor, type Context, today } from '../context.ts'
import { invalid, RegistryError } from '../errors.ts'
import { commit, settle } from '../log/commit.ts'
import { findOrganisation } from '../organisations/queries.ts'
import { isSteward, requireOfficerOf, requireScope, requireSteward } from '../organisations/rights.ts'
import { parseNumber } from '../patents/numbers/parse.ts'
import { findPatentId } from '../patents/queries.ts'
import type { AreaChange, AreaInput, AreaRecord } from './area.ts'
import { type AreaFound, findArea, insertArea, type PickedIds, updateArea } from './queries.ts'

/** A steward opens an area, for itself or for an organisation that it appoints. It is a draft until it is published. */
export function openArea(ctx: Context, input: AreaInput): Promise<AreaFound> {
  requireSteward(ctx.actor)
  return settle(async () => {
    if (await findArea(ctx.db.read, input.slug))
      throw new RegistryError('already_registered', `There is an area ${input.slug} already.`)
    const curator = input.curator === undefined ? undefined : await findOrganisation(ctx.db.read, input.curator)
    if (input.curator !== undefined && curator?.organisation.state !== 'approved')
      throw invalid('/curator', 'unknown_organisation', `${input.curator} is not an approved organisation.`)
    const ids = await idsOf(ctx, input)
    const area: AreaRecord = {
      id: ctx.newId(),
      slug: input.slug,
      title: input.title,
      summary: input.summary,
      rules: input.rules,
      curatorId: curator?.organisation.id,
      state: 'draft',
      publishedOn: undefined,
      picked: input.picked,
      leftOut: input.leftOut,
      updatedAt: ctx.now.toISOString(),
    }
    return commit(ctx, {
      write: insertArea(area, ids, area.updatedAt),
      events: [{ event: 'area_opened', subject: area.id, source: 'curator', after: area }],
      answer: { area, version: 1 },
    })
  })
}

/** Whoever keeps the area mends its texts, rules and picks. `version` is the one that was read. */
export function changeArea(ctx: Context, slug: string, version: number, change: AreaChange): Promise<AreaFound> {
  return settle(async () => {
    const found = await keptArea(ctx, slug)
    if (found.version !== version)
      throw new RegistryError('stale_version', `The record is at version ${found.version}.`)
    const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
    const area: AreaRecord = { ...found.area, ...given, updatedAt: ctx.now.toISOString() }
    return commit(ctx, {
      write: updateArea(area, await idsOf(ctx, area), version, area.updatedAt),
      events: [{ event: 'area_changed', subject: area.id, source: 'curator', before: found.area, after: area }],
      answer: { area, version: version + 1 },
    })
  })
}

/** From now on everybody sees it. An entry of the public log. */
export function publishArea(ctx: Context, slug: string): Promise<AreaFound> {
  return settle(async () => {
    const { area: before, version } = await keptArea(ctx, slug)
    if (before.state === 'published')
      throw new RegistryError('already_decided', `The area was published on ${before.publishedOn}.`)
    const at = ctx.now.toISOString()
    const area: AreaRecord = { ...before, state: 'published', publishedOn: today(ctx), updatedAt: at }
    const { id, title, publishedOn } = area
    return commit(ctx, {
      write: updateArea(area, await idsOf(ctx, area), version, at),
      entries: [{ type: 'area_published', subject: id, record: { id, slug, title, publishedOn } }],
      answer: { area, version: version + 1 },
    })
  })
}

/** An area that the caller keeps. One that the caller may not know of is not found. */
export async function keptArea(ctx: Context, slug: string): Promise<AreaFound> {
  requireScope(ctx.actor, isSteward(ctx.actor) ? 'registry:steward' : 'patents:write')
  const found = await findArea(ctx.db.read, slug)
  if (!found || !seesArea(ctx.actor, found.area)) throw new RegistryError('not_found', 'There is no such area.')
  if (!isSteward(ctx.actor))
    requireOfficerOf(ctx.actor, found.area.curatorId === undefined ? [] : [found.area.curatorId], 'patents:write')
  return found
}

/** A draft is for the stewards and for members of the organisation that keeps it. */
export function seesArea(actor: Actor, { state, curatorId }: Pick<AreaRecord, 'state' | 'curatorId'>): boolean {
  if (state === 'published' || isSteward(actor)) return true
  if (curatorId === undefined) return false
  if (actor.kind === 'member') return actor.organisationId === curatorId
  return actor.kind === 'person' && actor.actingFor === curatorId
}

/** @throws invalid_input where a number is not clear, not enrolled, or both in and out */
async function idsOf(ctx: Context, lists: Pick<AreaRecord, 'picked' | 'leftOut'>): Promise<PickedIds> {
  const [picked, leftOut] = await Promise.all(
    (['picked', 'leftOut'] as const).map(async (list) => {
      const ids = await Promise.all(lists[list].map((written, i) => idOf(ctx, written, `/${list}/${i}`)))
      return [...new Set(ids)]
    }),
  )
  const both = leftOut?.findIndex((id) => picked?.includes(id)) ?? -1
  if (both >= 0)
    throw invalid(`/leftOut/${both}`, 'named_twice', `${lists.leftOut[both]} is put in by hand and kept out, too.`)
  return { picked: picked ?? [], leftOut: leftOut ?? [] }
}

async function idOf(ctx: Context, written: string, pointer: string): Promise<string> {
  const { candidates } = parseNumber(written)
  if (candidates.length === 0) throw invalid(pointer, 'unrecognised_number', `${written} is not a number we can read.`)
  if (candidates.length > 1) throw invalid(pointer, 'ambiguous_number', `${written} can mean several documents.`)
  const id = await findPatentId(
    ctx.db.read,
    candidates.map(({ key }) => key),
  )
  if (id === undefined) throw invalid(pointer, 'not_enrolled', `${written} is not enrolled.`)
  return id
}
