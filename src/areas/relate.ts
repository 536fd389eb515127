import type { Context } from '../context.ts'
import { RegistryError } from '../errors.ts'
import { commit, settle } from '../log/commit.ts'
import { isSteward, memberOf, requireOfficer } from '../organisations/rights.ts'
import { describeRelated, refuseSame } from '../patents/related/describe.ts'
import { deleteRelated, findRelated, insertRelated } from '../patents/related/queries.ts'
import type { RelatedInput, RelatedItem } from '../patents/related/related-item.ts'
import { keptArea, seesArea } from './keep.ts'
import { findArea, holdsAny, patentsOf } from './queries.ts'

/** Whoever keeps the area, or an organisation that holds a patent in it, says what goes with the area, in its own name. */
export function relateToArea(ctx: Context, slug: string, input: RelatedInput): Promise<RelatedItem> {
  return settle(async () => {
    const { areaId, organisationId } = await contributor(ctx, slug)
    await refuseSame(ctx, { areaId }, input)
    const item = await describeRelated(ctx, input, organisationId)
    return commit(ctx, {
      write: [insertRelated(item.id, { areaId }, input, organisationId, item.addedAt)],
      events: [{ event: 'related_item_added', subject: areaId, source: 'curator', after: item }],
      answer: item,
    })
  })
}

/** Whoever keeps the area takes any item off it, others what they have added themselves. */
export function unrelateFromArea(ctx: Context, slug: string, id: string): Promise<void> {
  return settle(async () => {
    const { areaId, organisationId, keeps } = await contributor(ctx, slug)
    const found = await findRelated(ctx.db.read, id)
    if (found?.areaId !== areaId) throw new RegistryError('not_found', 'There is no such item in this area.')
    if (!keeps && found.item.by?.id !== organisationId)
      throw new RegistryError('forbidden', 'Another organisation has added this item.')
    return commit(ctx, {
      write: [deleteRelated(id)],
      events: [{ event: 'related_item_removed', subject: areaId, source: 'curator', before: found.item }],
      answer: undefined,
    })
  })
}

async function contributor(
  ctx: Context,
  slug: string,
): Promise<{ areaId: string; organisationId: string | undefined; keeps: boolean }> {
  const own = memberOf(ctx.actor)
  const found = await findArea(ctx.db.read, slug)
  const keeps = isSteward(ctx.actor) || (found !== undefined && own !== undefined && found.area.curatorId === own)
  if (keeps) return { areaId: (await keptArea(ctx, slug)).area.id, organisationId: own, keeps }
  const { organisationId } = requireOfficer(ctx.actor, 'patents:write')
  if (!found || !seesArea(ctx.actor, found.area)) throw new RegistryError('not_found', 'There is no such area.')
  const patents = await patentsOf(ctx.db.read, found.area)
  if (!(await holdsAny(ctx.db.read, organisationId, patents)))
    throw new RegistryError('forbidden', 'Only who keeps the area, or holds a patent in it, may add to it.')
  return { areaId: found.area.id, organisationId, keeps }
}
