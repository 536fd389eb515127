import { type Context, today } from '../../context.ts'
import { principalsOf } from '../../mandates/acting.ts'
import { isOfficerOf, memberOf, requireOfficer, requireScope } from '../../organisations/rights.ts'
import type { Asker, EnquiryRecord } from './enquiry.ts'

/** A person for oneself, or an officer for the organisation that the session or the client acts for. */
export function requireAsker({ actor }: Pick<Context, 'actor'>): Asker {
  if (requireScope(actor, 'grants:issue').kind === 'person' && memberOf(actor) === undefined)
    return { personId: actor.kind === 'person' ? actor.id : null, organisationId: null }
  const { organisationId } = requireOfficer(actor, 'grants:issue')
  return { personId: actor.kind === 'person' ? actor.id : null, organisationId }
}

export function isAskedBy({ actor }: Pick<Context, 'actor'>, { personId, organisationId }: EnquiryRecord): boolean {
  if (organisationId !== null) return isOfficerOf(actor, organisationId, 'grants:issue')
  return actor.kind === 'person' && actor.id === personId
}

/** Whether the caller is an officer of the holder, or of its agent with a mandate to declare. Stewards are not. */
export async function isAskedOf(ctx: Context, { holderId }: EnquiryRecord): Promise<boolean> {
  return (await holdersActedFor(ctx)).includes(holderId)
}

/** Holders whose enquiries the caller sees and answers; empty for who is nobody’s officer. */
export async function holdersActedFor(ctx: Context): Promise<string[]> {
  const own = memberOf(ctx.actor)
  if (own === undefined || !isOfficerOf(ctx.actor, own, 'declarations:write')) return []
  const principals = await principalsOf(ctx.db.read, own, 'declare', today(ctx))
  return [own, ...principals.map(({ organisationId }) => organisationId)]
}
