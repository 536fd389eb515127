import { z } from '@hono/zod-openapi'
import type { Context } from '../context.ts'
import { invalid, RegistryError } from '../errors.ts'
import { sha256Hex } from '../log/canonical.ts'
import { commit, settle } from '../log/commit.ts'
import { requirePerson } from '../organisations/rights.ts'
import { personLanguage, personName } from './person.ts'
import { endSessionRow, findPerson, listSessions, setActingAsSteward, setActingFor, updatePerson } from './queries.ts'

export const personChange = z.object({ name: personName, language: personLanguage }).partial().strict()
export type PersonChange = z.infer<typeof personChange>

/** The person mends the own name, or chooses another language. */
export function changePerson(ctx: Context, change: PersonChange): Promise<void> {
  const { id } = requirePerson(ctx.actor)
  return settle(async () => {
    const found = await findPerson(ctx.db.read, id)
    if (!found) throw new RegistryError('not_found', 'There is no such person.')
    const { name = found.name, language = found.language } = change
    await commit(ctx, {
      write: [updatePerson(id, { name, language })],
      events: [{ event: 'person_changed', subject: id, source: 'person', after: { changed: Object.keys(change) } }],
      answer: undefined,
    })
  })
}

/** For whom the session acts from now on: one of the person's organisations, the registry, or undefined for oneself. */
export async function actFor(
  ctx: Context,
  session: { idSha256: string; steward: boolean },
  organisationId: string | typeof theRegistry | undefined,
): Promise<void> {
  const { memberships } = requirePerson(ctx.actor)
  if (organisationId === theRegistry) {
    if (!session.steward) throw invalid('/organisation', 'not_a_steward', 'You are no steward of the registry.')
    return setActingAsSteward(ctx.db, session.idSha256)
  }
  if (organisationId !== undefined && !memberships.some((one) => one.organisationId === organisationId))
    throw invalid('/organisation', 'not_a_member', 'You have no post in this organisation.')
  await setActingFor(ctx.db, session.idSha256, organisationId ?? null)
}

/** Chosen in the place of an organisation by a steward. No organisation has this id. */
export const theRegistry = 'registry'

/** Ends one of the person's sessions at once. */
export async function endSession(ctx: Context, publicId: string): Promise<void> {
  const { id } = requirePerson(ctx.actor)
  const mine = await listSessions(ctx.db.read, id, undefined, ctx.now)
  if (!mine.some((one) => one.id === publicId)) throw new RegistryError('not_found', 'There is no such session.')
  await endSessionRow(ctx.db, id, publicId)
}

/** A name for an account in a form that does not tell the account: forms name accounts by this. */
export function identityKey({ issuer, subject }: { issuer: string; subject: string }): Promise<string> {
  return sha256Hex(`${issuer} ${subject}`)
}
