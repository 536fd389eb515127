import type { Actor, Context } from '../context.ts'
import { RegistryError } from '../errors.ts'
import { memberOf, requireOfficerOf, requireScope } from '../organisations/rights.ts'
import type { NoticeShown } from './notice.ts'
import { findNotice, markRead, type Recipient } from './queries.ts'

/** Says that a notice was read: a person the own ones, an officer those of the organisation. Once more is the same. */
export async function readNotice(ctx: Context, id: string): Promise<NoticeShown> {
  const actor = requireScope(ctx.actor, 'organisation:manage')
  const organisationId = memberOf(actor)
  const own = actor.kind === 'person' ? await findNotice(ctx.db.read, { personId: actor.id }, id) : undefined
  const ours = organisationId === undefined ? undefined : await findNotice(ctx.db.read, { organisationId }, id)
  if (ours && organisationId !== undefined) requireOfficerOf(actor, [organisationId], 'organisation:manage')
  const found = own ?? ours
  if (!found) throw new RegistryError('not_found', 'You have no such notice.')
  if (found.readAt !== undefined) return found
  const readAt = ctx.now.toISOString()
  await markRead(ctx.db, id, readAt)
  return { ...found, readAt }
}

/**
 * Whose notices the actor may read: those of the organisation that it acts for, or a person's own. A machine client needs
 * the scope with which it reads what is its institution's alone.
 */
export function requireRecipient(actor: Actor, of: 'me' | 'organisation' | undefined): Recipient {
  const known = requireScope(actor, 'grants:read')
  const organisationId = memberOf(known)
  if (of !== 'me' && organisationId !== undefined) return { organisationId }
  if (of !== 'organisation' && known.kind === 'person') return { personId: known.id }
  throw new RegistryError('forbidden', 'You have no notices of this kind: they are for people and for organisations.')
}
