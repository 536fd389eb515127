import type { Context } from '../../context.ts'
import { RegistryError } from '../../errors.ts'
import { sha256Hex } from '../../log/canonical.ts'
import { commit, settle } from '../../log/commit.ts'
import { requirePerson } from '../../organisations/rights.ts'
import type { Invitation } from './invitation.ts'
import { findInvitation, putMembership, useInvitation } from './queries.ts'

/** The invitation behind a link. Whoever holds the link may see it; a link that was used shows only that. */
export async function openInvitation(ctx: Context, token: string): Promise<Invitation> {
  const found =
    token.length > tokenCharactersMax ? undefined : await findInvitation(ctx.db.read, await sha256Hex(token), ctx.now)
  if (!found) throw new RegistryError('not_found', 'There is no such invitation.')
  return found
}

/** Takes the post that the link offers. The link is of use once. */
export function acceptInvitation(ctx: Context, token: string): Promise<Invitation> {
  const person = requirePerson(ctx.actor)
  return settle(async () => {
    const found = await openInvitation(ctx, token)
    if (found.state !== 'open')
      throw new RegistryError('already_decided', `This invitation is ${found.state}. Ask for another one.`)
    const held = person.memberships.find(({ organisationId }) => organisationId === found.organisation)
    if (held?.role === 'officer' && found.role === 'viewer')
      throw new RegistryError('not_allowed_now', 'You are an officer of this organisation; a viewer may do less.')
    const at = ctx.now.toISOString()
    return commit(ctx, {
      write: [useInvitation(found.id, person.id, at), putMembership(person.id, found.organisation, found.role, at)],
      events: [
        {
          event: 'membership_begun',
          subject: found.organisation,
          source: 'invitation',
          after: { person: person.id, role: found.role, invitation: found.id },
        },
      ],
      answer: { ...found, state: 'used' as const },
    })
  })
}

/** A token of ours has 43 characters. */
const tokenCharactersMax = 100
