import { z } from '@hono/zod-openapi'
import { type Context, today } from '../context.ts'
import type { Statement } from '../database.ts'
import { RegistryError } from '../errors.ts'
import { commit, type EntryType, settle } from '../log/commit.ts'
import { line } from '../shapes.ts'
import type { Organisation, OrganisationState } from './organisation.ts'
import { closeSuspension, findOrganisation, openSuspension, updateOrganisation } from './queries.ts'
import { requireSteward } from './rights.ts'

export const approvalInput = z
  .object({ state: z.enum(['approved', 'suspended', 'left']), reason: line(500).exactOptional() })
  .strict()
  .openapi('Approval', { example: { state: 'approved' } })
export type ApprovalInput = z.infer<typeof approvalInput>

/**
 * A steward moves an organisation to another state. From the day an organisation is suspended or has left, checks of
 * its patents answer `ask` and no new grant covers them; grants already issued stay valid until their own end.
 */
export function approveOrganisation(ctx: Context, id: string, input: ApprovalInput): Promise<Organisation> {
  requireSteward(ctx.actor)
  return settle(async () => {
    const found = await findOrganisation(ctx.db.read, id)
    if (!found) throw new RegistryError('not_found', 'There is no such organisation.')
    const { state } = found.organisation
    if (!follows(state, input.state))
      throw new RegistryError('not_allowed_now', `An organisation that is ${state} cannot become ${input.state}.`)
    const organisation: Organisation = { ...found.organisation, state: input.state }
    return commit(ctx, {
      write: [
        updateOrganisation({ organisation, version: found.version }, ctx.now.toISOString()),
        ...attendance(ctx, organisation.id, state, input.state),
      ],
      entries: [
        { type: entries[input.state], subject: organisation.id, record: { organisation, reason: input.reason } },
      ],
      answer: organisation,
    })
  })
}

const entries: Record<ApprovalInput['state'], EntryType> = {
  approved: 'organisation_approved',
  suspended: 'organisation_suspended',
  left: 'organisation_left',
}

function follows(from: OrganisationState, to: ApprovalInput['state']): boolean {
  if (from === 'applied') return to === 'approved'
  if (from === 'approved') return to === 'suspended' || to === 'left'
  if (from === 'suspended') return to === 'approved' || to === 'left'
  return false
}

function attendance(ctx: Context, id: string, from: OrganisationState, to: ApprovalInput['state']): Statement[] {
  if (to === 'approved') return from === 'suspended' ? [closeSuspension(id, today(ctx))] : []
  return from === 'suspended' ? [] : [openSuspension(id, today(ctx))]
}
