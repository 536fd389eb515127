import type { Context } from '../context.ts'
import { invalid, RegistryError } from '../errors.ts'
import { commit, settle } from '../log/commit.ts'
import {
  type ApplicationRecord,
  asBefore,
  decideApplication,
  findLiveApplication,
  forgetSignatory,
  listReturnedBefore,
} from '../organisations/application-queries.ts'
import type { Organisation, OrganisationRecord } from '../organisations/organisation.ts'
import { findOrganisation, updateOrganisation } from '../organisations/queries.ts'

/** Longer than a university takes to get a signature through its board; after it nobody is waiting for the answer. */
const returnedDaysMax = 180
/** One run; what is left is done a minute later. */
const lapsesPerRunMax = 20

const dayMilliseconds = 86_400_000

/** Returned: it waits for the applicant. Declined: what was shown before is shown again, and its signatory is forgotten. */
export async function sendBack(
  ctx: Context,
  found: OrganisationRecord,
  application: ApplicationRecord | undefined,
  { state, reason }: { state: string; reason?: string },
): Promise<Organisation> {
  if (reason === undefined) throw invalid('/reason', 'required', 'Say why, so that the applicant can mend it.')
  if (!application) throw new RegistryError('not_allowed_now', 'No application of this organisation waits.')
  const returned = state === 'returned'
  if (returned && application.application.state === 'returned')
    throw new RegistryError('not_allowed_now', 'The application was returned and waits for its applicant.')
  const at = ctx.now.toISOString()
  const { id } = found.organisation
  return commit(ctx, {
    write: [
      ...decideApplication(application, { state: returned ? 'returned' : 'declined', decidedAt: at, reason }),
      ...(returned
        ? [updateOrganisation(found, at)]
        : [...forgetSignatory(application), ...(await asBefore(ctx.db.read, found, at))]),
    ],
    entries: [
      {
        type: 'organisation_returned',
        subject: id,
        record: { organisation: id, application: application.application.id, declined: !returned, reason },
      },
    ],
    answer: found.organisation,
  })
}

/** Scheduled: declines what was returned and never sent again, so that nobody's name is kept for it. How many. */
export async function lapseApplications(ctx: Context): Promise<number> {
  const before = new Date(ctx.now.getTime() - returnedDaysMax * dayMilliseconds).toISOString()
  let lapsed = 0
  for (const { application } of await listReturnedBefore(ctx.db.read, before, lapsesPerRunMax))
    if (await lapse(ctx, application.organisation, before)) lapsed += 1
  return lapsed
}

function lapse(ctx: Context, organisationId: string, before: string): Promise<boolean> {
  return settle(async () => {
    const [found, live] = await Promise.all([
      findOrganisation(ctx.db.read, organisationId),
      findLiveApplication(ctx.db.read, organisationId),
    ])
    // Sent again just now, withdrawn, or lapsed by another process.
    if (!found || live?.application.state !== 'returned' || (live.application.decidedAt ?? '') >= before) return false
    await sendBack(ctx, found, live, { state: 'declined', reason: lapsedReason })
    return true
  })
}

/** For the applicant, whose language is not known here. */
const lapsedReason = `差戻しから${returnedDaysMax}日のあいだ再送がなかったので、終了しました。あらためて申請できます。 / Closed, for it was not sent again within ${returnedDaysMax} days of being returned. You may apply anew.`
