import { actorId, type Context } from '../context.ts'
import { RegistryError } from '../errors.ts'
import { commit, settle } from '../log/commit.ts'
import type { AcceptedAgreement, ParticipationInput } from './application.ts'
import { insertAcceptance } from './application-queries.ts'
import { acceptanceIn, participationAccepted } from './apply.ts'
import { ownOrganisation } from './managed.ts'
import { organisationsUnchanged } from './queries.ts'

/** An officer records that a signatory has accepted the current participation agreement for the organisation. */
export function acceptParticipation(
  ctx: Context,
  organisationId: string,
  input: ParticipationInput,
): Promise<{ organisation: string; agreement: AcceptedAgreement }> {
  return settle(async () => {
    const found = await ownOrganisation(ctx, organisationId)
    const accepted = acceptanceIn(ctx, input)
    if (!accepted) throw new RegistryError('not_found', 'There is no such organisation.')
    const { id } = found.organisation
    return commit(ctx, {
      write: [
        organisationsUnchanged([{ id, version: found.version }]),
        insertAcceptance({
          id: ctx.newId(),
          organisationId: id,
          ...accepted,
          acceptedBy: actorId(ctx.actor),
          acceptedAt: ctx.now.toISOString(),
        }),
      ],
      entries: [participationAccepted(id, accepted.agreement)],
      answer: { organisation: id, agreement: accepted.agreement },
    })
  })
}
