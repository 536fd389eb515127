import type { Context } from '../../context.ts'
import { RegistryError } from '../../errors.ts'
import { findOrganisations } from '../../organisations/queries.ts'
import { known } from '../../shapes.ts'
import { countRelated, type Related } from './queries.ts'
import { addressOf, itemsPerRecordMax, type RelatedInput, type RelatedItem, relatedItem } from './related-item.ts'

/** @throws not_allowed_now when there are too many, already_registered when one has the same DOI or address */
export async function refuseSame(ctx: Context, to: Related, input: RelatedInput): Promise<void> {
  const { items, same } = await countRelated(ctx.db.read, to, input)
  if (same !== undefined)
    throw new RegistryError('already_registered', 'An item with this DOI or address stands here already.', {
      extra: { existing: same },
    })
  if (items >= itemsPerRecordMax)
    throw new RegistryError('not_allowed_now', `A record has up to ${itemsPerRecordMax} related items.`)
}

/** As it will be shown. */
export async function describeRelated(
  ctx: Context,
  { kind, title, note, doi, url }: RelatedInput,
  organisationId: string | undefined,
): Promise<RelatedItem> {
  const by =
    organisationId === undefined
      ? undefined
      : (await findOrganisations(ctx.db.read, [organisationId])).get(organisationId)
  return relatedItem.parse({
    id: ctx.newId(),
    kind,
    title,
    ...known({ note, doi, url, address: addressOf(known({ doi, url })), by: by && { id: by.id, name: by.name } }),
    addedAt: ctx.now.toISOString(),
  })
}
