import { actorId, type Context } from '../../context.ts'
import { RegistryError } from '../../errors.ts'
import { sha256Hex } from '../../log/canonical.ts'
import { commit, settle } from '../../log/commit.ts'
import { toBase64url } from '../../log/encoding.ts'
import { managedOrganisation } from '../../organisations/managed.ts'
import { type InvitationInput, invitationDays, type NewInvitation } from './invitation.ts'
import {
  deleteMembership,
  hasOfficer,
  insertInvitation,
  listInvitations,
  listMembers,
  withdrawInvitationRow,
} from './queries.ts'

/** 256 bits: nobody guesses one. */
const tokenBytes = 32

/** A one-time link that makes whoever opens it the organisation's officer or viewer. Its officer or a steward makes it. */
export async function invite(ctx: Context, organisationId: string, { role }: InvitationInput): Promise<NewInvitation> {
  const { id: organisation } = (await managedOrganisation(ctx, organisationId)).organisation
  const token = toBase64url(ctx.randomBytes(tokenBytes))
  const made = {
    id: ctx.newId(),
    organisation,
    role,
    madeAt: ctx.now.toISOString(),
    expiresAt: new Date(ctx.now.getTime() + invitationDays * 86_400_000).toISOString(),
  }
  return commit(ctx, {
    write: [insertInvitation(made, await sha256Hex(token), actorId(ctx.actor))],
    events: [{ event: 'invitation_made', subject: organisation, source: 'officer', after: { id: made.id, role } }],
    answer: { ...made, state: 'open' as const, url: `${ctx.registryUrl}/join/${token}` },
    secret: true,
  })
}

export function withdrawInvitation(ctx: Context, organisationId: string, id: string): Promise<void> {
  return settle(async () => {
    const { id: organisation } = (await managedOrganisation(ctx, organisationId)).organisation
    const found = (await listInvitations(ctx.db.read, organisation, ctx.now)).find((one) => one.id === id)
    if (!found) throw new RegistryError('not_found', 'There is no such invitation.')
    if (found.state !== 'open') throw new RegistryError('already_decided', `The invitation is ${found.state}.`)
    await commit(ctx, {
      write: [withdrawInvitationRow(organisation, id, ctx.now.toISOString())],
      events: [{ event: 'invitation_withdrawn', subject: organisation, source: 'officer', before: { id } }],
      answer: undefined,
    })
  })
}

/** Ends a person's post at once. An officer may end the own one while another officer remains. */
export function endMembership(ctx: Context, organisationId: string, personId: string): Promise<void> {
  return settle(async () => {
    const { id: organisation } = (await managedOrganisation(ctx, organisationId)).organisation
    const members = await listMembers(ctx.db.read, organisation)
    const found = members.find((one) => one.personId === personId)
    if (!found) throw new RegistryError('not_found', 'There is no such member.')
    const own = found.role === 'officer' && found.personId === actorId(ctx.actor)
    const officers = members.filter(({ role }) => role === 'officer')
    if (own && officers.length === 1)
      throw new RegistryError('not_allowed_now', 'You are the only officer. Invite another one first.')
    await commit(ctx, {
      write: [...deleteMembership(personId, organisation), ...(own ? [hasOfficer(organisation)] : [])],
      events: [
        {
          event: 'membership_ended',
          subject: organisation,
          source: 'officer',
          before: { person: personId, role: found.role, since: found.since },
        },
      ],
      answer: undefined,
    })
  })
}
