import type { Context } from '../../context.ts'
import { RegistryError } from '../../errors.ts'
import { sha256Hex } from '../../log/canonical.ts'
import { commit, settle } from '../../log/commit.ts'
import { toBase64url } from '../../log/encoding.ts'
import { requirePerson } from '../../organisations/rights.ts'
import { invitationDays } from './invitation.ts'
import {
  deleteSteward,
  findStewardInvitation,
  insertStewardInvitation,
  putSteward,
  useStewardInvitation,
} from './steward-queries.ts'

/** 256 bits: nobody guesses one. A token of ours has 43 characters. */
const tokenBytes = 32
const tokenCharactersMax = 100

export type StewardInvitation = { id: string; madeAt: string; expiresAt: string; state: 'open' | 'used' | 'expired' }

/** A one-time link that makes a person a steward. Made from the operator's shell, by those who hold the database. */
export async function inviteSteward(ctx: Context): Promise<{ url: string; expiresAt: string }> {
  if (ctx.actor.kind !== 'registry') throw new RegistryError('forbidden', 'Stewards are made by the operator alone.')
  const token = toBase64url(ctx.randomBytes(tokenBytes))
  const id = ctx.newId()
  const expiresAt = new Date(ctx.now.getTime() + invitationDays * 86_400_000).toISOString()
  return commit(ctx, {
    write: [
      insertStewardInvitation({
        id,
        tokenSha256: await sha256Hex(token),
        madeBy: ctx.actor.kind,
        madeAt: ctx.now.toISOString(),
        expiresAt,
      }),
    ],
    events: [{ event: 'steward_invited', subject: id, source: 'operator' }],
    answer: { url: `${ctx.registryUrl}/join/steward/${token}`, expiresAt },
    secret: true,
  })
}

/** The invitation behind a link. */
export async function openStewardInvitation(ctx: Context, token: string): Promise<StewardInvitation> {
  const found =
    token.length > tokenCharactersMax
      ? undefined
      : await findStewardInvitation(ctx.db.read, await sha256Hex(token), ctx.now.toISOString())
  if (!found) throw new RegistryError('not_found', 'There is no such invitation.')
  return found
}

/** Takes the post that the link offers. The link is of use once. */
export function becomeSteward(ctx: Context, token: string): Promise<void> {
  const person = requirePerson(ctx.actor)
  return settle(async () => {
    const found = await openStewardInvitation(ctx, token)
    if (found.state !== 'open')
      throw new RegistryError('already_decided', `This invitation is ${found.state}. Ask for another one.`)
    const at = ctx.now.toISOString()
    await commit(ctx, {
      write: [useStewardInvitation(found.id, person.id, at), putSteward(person.id, at)],
      events: [{ event: 'steward_begun', subject: person.id, source: 'invitation', after: { invitation: found.id } }],
      answer: undefined,
    })
  })
}

/** The person is a steward no more, in open sessions too. From the operator's shell. */
export function endSteward(ctx: Context, personId: string): Promise<void> {
  if (ctx.actor.kind !== 'registry') throw new RegistryError('forbidden', 'Stewards are ended by the operator alone.')
  return settle(async () => {
    await commit(ctx, {
      write: deleteSteward(personId),
      events: [{ event: 'steward_ended', subject: personId, source: 'operator' }],
      answer: undefined,
    })
  })
}
