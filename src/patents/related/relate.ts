import { holdsOn } from '../../../policies/question.ts'
import { type Context, today } from '../../context.ts'
import { RegistryError } from '../../errors.ts'
import { commit, settle } from '../../log/commit.ts'
import { actedBy, requireActingFor } from '../../mandates/acting.ts'
import { findRecord } from '../queries.ts'
import { describeRelated, refuseSame } from './describe.ts'
import { deleteRelated, findRelated, insertRelated } from './queries.ts'
import type { RelatedInput, RelatedItem } from './related-item.ts'

/**
 * A holder, or its agent, says what goes with a patent.
 * @throws already_registered when the same DOI or address stands there
 */
export function relateToPatent(ctx: Context, patentId: string, input: RelatedInput): Promise<RelatedItem> {
  return settle(async () => {
    const acting = await requireActingFor(ctx, await holdersOf(ctx, patentId), 'enrol')
    await refuseSame(ctx, { patentId }, input)
    const item = await describeRelated(ctx, input, acting.organisationId)
    return commit(ctx, {
      write: [...acting.guards, insertRelated(item.id, { patentId }, input, acting.organisationId, item.addedAt)],
      events: [{ event: 'related_item_added', subject: patentId, source: 'officer', after: item, ...actedBy(acting) }],
      reworded: [patentId],
      answer: item,
    })
  })
}

/** Takes an item off a patent: by a holder of it, or its agent. */
export function unrelateFromPatent(ctx: Context, patentId: string, id: string): Promise<void> {
  return settle(async () => {
    const found = await findRelated(ctx.db.read, id)
    if (found?.patentId !== patentId) throw new RegistryError('not_found', 'There is no such item on this patent.')
    const acting = await requireActingFor(ctx, await holdersOf(ctx, patentId), 'enrol')
    return commit(ctx, {
      write: [...acting.guards, deleteRelated(id)],
      events: [
        { event: 'related_item_removed', subject: patentId, source: 'officer', before: found.item, ...actedBy(acting) },
      ],
      reworded: [patentId],
      answer: undefined,
    })
  })
}

async function holdersOf(ctx: Context, patentId: string): Promise<string[]> {
  const found = await findRecord(ctx.db.read, patentId)
  if (!found) throw new RegistryError('not_found', 'There is no such patent.')
  return found.record.holders.filter((one) => holdsOn(one, today(ctx))).map(({ organisationId }) => organisationId)
}
