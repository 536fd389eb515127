import { z } from '@hono/zod-openapi'
import { actorId, type Context, today } from '../context.ts'
import { remindAnew } from '../declarations/queries.ts'
import { invalid, RegistryError } from '../errors.ts'
import { commit, type EntryType, settle } from '../log/commit.ts'
import {
  type ApplicationRecord,
  decideApplication,
  findLiveApplication,
  isNamedByOthers,
  makeFirstOfficer,
  moveToOrganisation,
} from '../organisations/application-queries.ts'
import { putRecordNames } from '../organisations/name-queries.ts'
import type { Organisation, OrganisationRecord, OrganisationState } from '../organisations/organisation.ts'
import {
  closeSuspension,
  findOrganisation,
  holdsJust,
  openSuspension,
  patentsHeldBy,
  updateOrganisation,
} from '../organisations/queries.ts'
import { requireSteward } from '../organisations/rights.ts'
import { known, line } from '../shapes.ts'
import { sendBack } from './decline-application.ts'
import { leaveCommons } from './leave-organisation.ts'
import { findLeaving, notLeaving } from './leaving-queries.ts'
import type { OrganisationAfter } from './participation.ts'
import { extentOf } from './participation-queries.ts'

export const approvalInput = z
  .object({
    state: z.enum(['approved', 'returned', 'declined', 'suspended', 'left']),
    reason: line(500).exactOptional().openapi({ description: 'Needed for `returned` and `declined`.' }),
    takesOver: z.uuid().exactOptional().openapi({
      description:
        'With `approved`: the organisation known by name only that this one is, as the steward has made sure. Its record goes on.',
    }),
  })
  .strict()
  .openapi('Approval', { example: { state: 'approved' } })
export type ApprovalInput = z.infer<typeof approvalInput>

/**
 * A steward decides on an application, suspends a participation, lifts the suspension, or records that it has ended.
 * From the day an organisation is suspended, checks of its patents answer `ask` and no new grant covers them; grants
 * already issued stay valid until their own end. An application that is returned goes on waiting once its applicant has mended it.
 */
export async function approveOrganisation(ctx: Context, id: string, input: ApprovalInput): Promise<OrganisationAfter> {
  requireSteward(ctx.actor)
  if (input.state === 'left') return leaveCommons(ctx, id, input.reason)
  const after = await settle(() => decideOn(ctx, id, input))
  if (input.state === 'declined') await ctx.db.purge()
  return after
}

async function decideOn(ctx: Context, id: string, input: ApprovalInput): Promise<OrganisationAfter> {
  const found = await findOrganisation(ctx.db.read, id)
  if (!found) throw new RegistryError('not_found', 'There is no such organisation.')
  const { state } = found.organisation
  if (!follows(state, input.state))
    throw new RegistryError('not_allowed_now', `An organisation that is ${state} cannot become ${input.state}.`)
  if (input.takesOver !== undefined && (state !== 'applied' || input.state !== 'approved'))
    throw invalid('/takesOver', 'not_applied', 'Only an application that is approved takes over a record.')
  if (state !== 'applied') return suspendOrLift(ctx, found, input)
  const application = await findLiveApplication(ctx.db.read, found.organisation.id)
  if (application && application.applicantId === actorId(ctx.actor) && ctx.actor.kind === 'person')
    throw new RegistryError('forbidden', 'Another steward decides on your own application.')
  if (input.state === 'approved') return approve(ctx, found, application, input)
  return sendBack(ctx, found, application, input)
}

function follows(from: OrganisationState, to: ApprovalInput['state']): boolean {
  if (from === 'applied') return to === 'approved' || to === 'returned' || to === 'declined'
  if (from === 'approved') return to === 'suspended'
  return from === 'suspended' && to === 'approved'
}

async function suspendOrLift(
  ctx: Context,
  found: OrganisationRecord,
  { state, reason }: ApprovalInput,
): Promise<OrganisationAfter> {
  const lifted = state === 'approved'
  const organisation: Organisation = { ...found.organisation, state: lifted ? 'approved' : 'suspended' }
  const effect = lifted ? undefined : await extentOf(ctx.db.read, organisation.id, ctx.now)
  const type: EntryType = lifted ? 'organisation_approved' : 'organisation_suspended'
  return commit(ctx, {
    write: [
      updateOrganisation({ ...found, organisation }, ctx.now.toISOString()),
      ...(lifted
        ? [closeSuspension(organisation.id, today(ctx)), remindAnew(organisation.id, ctx.now.toISOString())]
        : [openSuspension(organisation.id, today(ctx))]),
    ],
    entries: [{ type, subject: organisation.id, record: { organisation, reason } }],
    answer: { ...organisation, ...known({ effect }) },
  })
}

/** What was proposed becomes the record; where a record goes on, the facts of its patents bear the name it has now. */
async function approve(
  ctx: Context,
  found: OrganisationRecord,
  application: ApplicationRecord | undefined,
  { reason, takesOver }: ApprovalInput,
): Promise<Organisation> {
  const at = ctx.now.toISOString()
  const record = takesOver === undefined ? found : await takenOver(ctx, found, takesOver)
  const proposed = found.shownAs === undefined ? identityOf(found.organisation) : application?.application.proposed
  const organisation: Organisation = { ...record.organisation, ...proposed, state: 'approved' }
  const { id } = organisation
  if ((await findLeaving(ctx.db.read, id)) !== undefined)
    throw new RegistryError(
      'not_allowed_now',
      'Declarations and mandates of the time before it left are still being ended. Try again in some minutes.',
    )
  const held = await patentsHeldBy(ctx.db.read, id)
  const { shownAs: _, ...plain } = record
  return commit(ctx, {
    write: [
      notLeaving(id),
      ...(record === found ? [] : moveToOrganisation(found.organisation.id, id)),
      updateOrganisation({ ...plain, organisation }, at),
      ...putRecordNames(id, organisation.name),
      closeSuspension(id, today(ctx)),
      ...decideApplication(application, { state: 'approved', organisation: id, decidedAt: at }),
      ...(application?.personId === undefined ? [] : [makeFirstOfficer(application.personId, id, at)]),
      holdsJust(id, held),
      remindAnew(id, at),
    ],
    entries: [{ type: 'organisation_approved', subject: id, record: { organisation, reason } }],
    ...(application?.personId === undefined
      ? {}
      : {
          events: [
            {
              event: 'membership_begun',
              subject: id,
              source: 'application',
              after: { person: application.personId, role: 'officer', application: application.application.id },
            },
          ],
        }),
    touched: held,
    answer: organisation,
  })
}

async function takenOver(ctx: Context, found: OrganisationRecord, id: string): Promise<OrganisationRecord> {
  const record = await findOrganisation(ctx.db.read, id)
  if (record?.organisation.state !== 'named' || found.shownAs !== undefined)
    throw invalid('/takesOver', 'not_named', 'Only a record that is known by name only can be taken over.')
  if (await isNamedByOthers(ctx.db.read, found.organisation.id))
    throw new RegistryError('not_allowed_now', 'Others name the record of this application. Approve it as it is.')
  return record
}

function identityOf({ name, kind, country, ror, corporateNumber }: Organisation): Partial<Organisation> {
  return {
    name,
    kind,
    country,
    ...(ror === undefined ? {} : { ror }),
    ...(corporateNumber === undefined ? {} : { corporateNumber }),
  }
}
