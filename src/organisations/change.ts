import type { Context } from '../context.ts'
import { RegistryError } from '../errors.ts'
import { commit, settle } from '../log/commit.ts'
import type { Organisation, OrganisationChange } from './organisation.ts'
import {
  findOrganisation,
  findSameOrganisation,
  holdsJust,
  patentsHeldBy,
  setNoticeAddress,
  updateOrganisation,
} from './queries.ts'
import { isSteward, requireOfficerOf } from './rights.ts'

/** Mends the public record of an organisation. `version` is the one that the caller has read. */
export function changeOrganisation(
  ctx: Context,
  id: string,
  version: number,
  { noticeAddress, ...change }: OrganisationChange,
): Promise<{ organisation: Organisation; version: number }> {
  return settle(async () => {
    const found = await findOrganisation(ctx.db.read, id)
    if (!isSteward(ctx.actor) || noticeAddress !== undefined)
      requireOfficerOf(ctx.actor, found ? [found.organisation.id] : [], 'organisation:manage')
    if (!found) throw new RegistryError('not_found', 'There is no such organisation.')
    if (found.version !== version)
      throw new RegistryError('stale_version', `The record is at version ${found.version}.`)
    const same = await findSameOrganisation(ctx.db.read, change)
    if (same && same.id !== found.organisation.id)
      throw new RegistryError('already_registered', 'Another organisation has this ROR id or 法人番号.', {
        extra: { existing: `${ctx.registryUrl}/v1/organisations/${same.id}` },
      })
    const organisation: Organisation = { ...found.organisation, ...present(change) }
    const held = change.name ? await patentsHeldBy(ctx.db.read, organisation.id) : undefined
    return commit(ctx, {
      write: [
        updateOrganisation({ organisation, version }, ctx.now.toISOString()),
        ...(noticeAddress === undefined ? [] : [setNoticeAddress(organisation.id, noticeAddress)]),
        ...(held ? [holdsJust(organisation.id, held)] : []),
      ],
      events: [
        {
          event: 'organisation_changed',
          subject: organisation.id,
          source: 'officer',
          before: found.organisation,
          after: organisation,
        },
        // The address itself may be a person's: history says only that it is another one.
        ...(noticeAddress === undefined
          ? []
          : [{ event: 'notice_address_changed', subject: organisation.id, source: 'officer' }]),
      ],
      touched: held ?? [],
      answer: { organisation, version: version + 1 },
    })
  })
}

function present(change: Omit<OrganisationChange, 'noticeAddress'>): Partial<Organisation> {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
}
