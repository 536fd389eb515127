import { findTerms } from '../../policies/terms.ts'
import { type Context, today } from '../context.ts'
import { RegistryError } from '../errors.ts'
import { commit, settle } from '../log/commit.ts'
import { notify } from '../notices/notify.ts'
import { requireOfficer } from '../organisations/rights.ts'
import { type ObjectionInput, statusOf } from './grant.ts'
import { findGrant, findHolders, formerInstitutionsOf } from './queries.ts'
import { insertObjection } from './requests/queries.ts'

/**
 * The former institution of an inventor who moved, or a holder of a covered patent, objects with a reason that the terms
 * know. The grant stays valid: the person is told and has the time of the terms to answer (§9.2); a steward may suspend
 * it meanwhile, and revokes it if the reason holds.
 */
export function objectToGrant(
  ctx: Context,
  id: string,
  input: ObjectionInput,
): Promise<{ id: string; objection: string }> {
  const officer = requireOfficer(ctx.actor, 'grants:revoke')
  return settle(async () => {
    const grant = await findGrant(ctx.db.read, id)
    if (!grant) throw new RegistryError('not_found', 'There is no such grant.')
    const [holders, former] = await Promise.all([
      findHolders(ctx.db.read, grant.id, today(ctx)),
      formerInstitutionsOf(ctx.db.read, grant.id),
    ])
    const holds = [...holders.values()].some((one) => one.has(officer.organisationId))
    if (!holds && !former.includes(officer.organisationId))
      throw new RegistryError('forbidden', 'Only the former institution or a holder of a covered patent may object.')
    const known = grant.covered.every(({ termsId }) =>
      findTerms(termsId)?.tags.revocationReasons.value.includes(input.reason),
    )
    if (!known) throw new RegistryError('forbidden', 'The terms know no such reason.')
    const state = statusOf(grant.state, grant.expiresAt, ctx.now)
    if (state !== 'valid' && state !== 'suspended') throw new RegistryError('already_decided', `The grant is ${state}.`)
    const objection = ctx.newId()
    return commit(ctx, {
      write: [
        insertObjection({
          id: objection,
          grantId: grant.id,
          organisationId: officer.organisationId,
          at: ctx.now.toISOString(),
          ...input,
        }),
        ...(grant.personId === null
          ? []
          : notify(ctx, {
              to: { personId: grant.personId },
              kind: 'enquiry',
              subject: grant.id,
              body: { objection, reason: input.reason, by: officer.organisationId },
            })),
      ],
      entries: [
        {
          type: 'grant_objected',
          subject: grant.id,
          record: { id: grant.id, objection, by: officer.organisationId, reason: input.reason },
        },
      ],
      answer: { id: grant.id, objection },
    })
  })
}
