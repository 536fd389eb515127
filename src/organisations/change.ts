import type { Context } from '../context.ts'
import { invalid, RegistryError } from '../errors.ts'
import { commit, settle } from '../log/commit.ts'
import { othersOfName } from './apply.ts'
import { putRecordNames } from './name-queries.ts'
import { nameKeyOf } from './names.ts'
import type { Organisation, OrganisationChange } from './organisation.ts'
import {
  findOrganisation,
  findSameOrganisations,
  holdsJust,
  patentsHeldBy,
  setNoticeAddress,
  updateOrganisation,
} from './queries.ts'
import { isSteward, requireOfficerOf } from './rights.ts'
import { isNameOfAnother } from './ror-names.ts'

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
    const same = (await findSameOrganisations(ctx.db.read, change)).find(
      ({ organisation }) => organisation.id !== found.organisation.id,
    )
    if (same)
      throw new RegistryError('already_registered', 'Another organisation has this ROR id or 法人番号.', {
        extra: { existing: `${ctx.registryUrl}/v1/organisations/${same.organisation.id}` },
      })
    const organisation: Organisation = { ...found.organisation, ...present(change) }
    if (!isSteward(ctx.actor)) {
      requireSameStanding(found.organisation, organisation)
      if (change.name) {
        await othersOfName(ctx, organisation, organisation.id)
        refuseNameOfAnother(found.organisation, organisation)
      }
    }
    // Facts and words have its name, counters its kind.
    const reaches = change.name !== undefined || (change.kind !== undefined && change.kind !== found.organisation.kind)
    const held = reaches ? await patentsHeldBy(ctx.db.read, organisation.id) : undefined
    return commit(ctx, {
      write: [
        updateOrganisation({ ...found, organisation }, ctx.now.toISOString()),
        ...(noticeAddress === undefined ? [] : [setNoticeAddress(organisation.id, noticeAddress)]),
        ...(change.name ? putRecordNames(organisation.id, organisation.name) : []),
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

/** On its kind rests what the terms allow, and on its ids who it is: a steward has approved it as both. */
function requireSameStanding(before: Organisation, after: Organisation): void {
  const replaced = (one: 'ror' | 'corporateNumber') => before[one] !== undefined && before[one] !== after[one]
  if (before.kind !== after.kind || replaced('ror') || replaced('corporateNumber'))
    throw new RegistryError(
      'forbidden',
      'The kind of an organisation, its ROR id and 法人番号 are changed by a steward.',
    )
}

/** A name that ROR lists for another organisation would draw that one's patents here. */
function refuseNameOfAnother(before: Organisation, { name, ror }: Organisation): void {
  for (const language of ['ja', 'en'] as const)
    if (nameKeyOf(name[language]) !== nameKeyOf(before.name[language]) && isNameOfAnother(name[language], ror))
      throw invalid(`/name/${language}`, 'name_taken', `${name[language]} is the name of another organisation.`)
}

function present(change: Omit<OrganisationChange, 'noticeAddress'>): Partial<Organisation> {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
}
