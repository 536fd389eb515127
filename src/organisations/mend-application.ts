import { actorId, type Context } from '../context.ts'
import { invalid, RegistryError } from '../errors.ts'
import { commit, settle } from '../log/commit.ts'
import { known } from '../shapes.ts'
import type { Application, ApplicationInput, ProposedOrganisation } from './application.ts'
import {
  type ApplicationRecord,
  asBefore,
  findApplication,
  forgetSignatory,
  insertAcceptance,
  nobodyElseApplies,
  updateApplication,
} from './application-queries.ts'
import { acceptanceIn, alreadyRegistered, othersOfName, participationAccepted } from './apply.ts'
import { putRecordNames } from './name-queries.ts'
import type { Organisation, OrganisationRecord } from './organisation.ts'
import { findOrganisation, findSameOrganisations, updateOrganisation } from './queries.ts'
import { isSteward } from './rights.ts'

/** The applicant mends what was returned, or what still waits, and sends it again. */
export function sendApplicationAgain(ctx: Context, id: string, input: ApplicationInput): Promise<Application> {
  const { signatory, agreement, ...proposed } = input
  return settle(async () => {
    const { record, organisation: found } = await ownLiveApplication(ctx, id)
    const accepted = acceptanceIn(ctx, input)
    const same = await findSameOrganisations(ctx.db.read, proposed)
    const other = same.find(({ organisation }) => organisation.id !== found.organisation.id)
    if (other) throw alreadyRegistered(ctx, other.organisation.id)
    const fresh = found.shownAs === undefined
    if (!fresh) requireSameIdentity(found.organisation, proposed)
    const ownId = found.organisation.id
    const others = isSteward(ctx.actor) ? undefined : await othersOfName(ctx, proposed, ownId)
    const at = ctx.now.toISOString()
    const { reason: _, decidedAt: __, ...before } = record.application
    const application: Application = { ...before, proposed, state: 'waiting', sentAt: at }
    const organisation = fresh
      ? known({ ...proposed, id: ownId, state: 'applied' as const, since: found.organisation.since })
      : found.organisation
    return commit(ctx, {
      write: [
        ...(others === undefined ? [] : [nobodyElseApplies([proposed.name.ja, proposed.name.en], [...others, ownId])]),
        updateApplication({ ...record, application }),
        updateOrganisation({ ...found, organisation }, at),
        ...(fresh ? putRecordNames(organisation.id, proposed.name) : []),
        ...(accepted
          ? [
              insertAcceptance({
                id: ctx.newId(),
                organisationId: organisation.id,
                ...accepted,
                acceptedBy: actorId(ctx.actor),
                acceptedAt: at,
              }),
            ]
          : []),
      ],
      entries: [
        { type: 'organisation_applied', subject: organisation.id, record: { ...organisation, ...proposed } },
        ...(accepted ? [participationAccepted(organisation.id, accepted.agreement)] : []),
      ],
      answer: { ...application, ...known({ signatory, agreement }) },
    })
  })
}

/** A record with a past goes on under the id by which it was found: with another one it would be handed to a stranger. */
function requireSameIdentity(record: Organisation, { ror, corporateNumber }: ProposedOrganisation): void {
  const same =
    (ror !== undefined && ror === record.ror) ||
    (corporateNumber !== undefined && corporateNumber === record.corporateNumber)
  if (!same)
    throw invalid(
      record.ror === undefined ? '/corporateNumber' : '/ror',
      'other_organisation',
      'The application goes on under the record of another id. Withdraw it, and apply anew.',
    )
}

/** The applicant asks no more. What was shown of the organisation before is shown again, and its signatory is forgotten. */
export async function withdrawApplication(ctx: Context, id: string): Promise<void> {
  await settle(async () => {
    const { record, organisation } = await ownLiveApplication(ctx, id)
    const at = ctx.now.toISOString()
    await commit(ctx, {
      write: [
        updateApplication({ ...record, application: { ...record.application, state: 'withdrawn', decidedAt: at } }),
        ...forgetSignatory(record),
        ...(await asBefore(ctx.db.read, organisation, at)),
      ],
      events: [{ event: 'application_withdrawn', subject: organisation.organisation.id, source: 'applicant' }],
      answer: undefined,
    })
  })
  await ctx.db.purge()
}

async function ownLiveApplication(
  ctx: Context,
  id: string,
): Promise<{ record: ApplicationRecord; organisation: OrganisationRecord }> {
  if (ctx.actor.kind === 'anonymous')
    throw new RegistryError('unauthenticated', 'This needs an access token or a session.')
  const record = await findApplication(ctx.db.read, id)
  if (!record || record.applicantId !== actorId(ctx.actor))
    throw isSteward(ctx.actor) && record
      ? new RegistryError('forbidden', 'Only its applicant may change an application. Return it with a reason.')
      : new RegistryError('not_found', 'There is no such application.')
  const { state, organisation: organisationId } = record.application
  const organisation = await findOrganisation(ctx.db.read, organisationId)
  if (!organisation || (state !== 'waiting' && state !== 'returned'))
    throw new RegistryError('already_decided', `The application is ${state}.`)
  return { record, organisation }
}
