import { type Context, type Scope, today } from '../context.ts'
import type { Statement } from '../database.ts'
import { invalid, RegistryError } from '../errors.ts'
import { findOrganisation } from '../organisations/queries.ts'
import { type Officer, requireOfficer } from '../organisations/rights.ts'
import type { Act, ActedBy } from './mandate.ts'
import { findStanding, findStandings, principalsOf, type Standing, stillMandated } from './queries.ts'

export type { Act }
export { principalsOf }

/**
 * Who acts, and for which holder. `guards` go into the `write` of the act, so that it falls when the mandate is ended in
 * between; decide inside `settle`, so that the caller then hears that there is none.
 */
export type Acting = {
  id: string
  organisationId: string
  agent?: { organisationId: string; mandateId: string }
  guards: readonly Statement[]
}

const scopeOf: Record<Act, Scope> = {
  enrol: 'patents:write',
  declare: 'declarations:write',
  consent: 'declarations:write',
}

/** An officer of one of these holders, or of an agent with a mandate of one of them for this act today. Own organisation first. */
export async function requireActingFor(ctx: Context, organisationIds: readonly string[], act: Act): Promise<Acting> {
  const { id, organisationId } = requireOfficer(ctx.actor, scopeOf[act])
  if (organisationIds.includes(organisationId)) return { id, organisationId, guards: [] }
  const found = await findStanding(ctx.db.read, organisationId, organisationIds, act, today(ctx))
  if (!found) throw notActing(act)
  return { ...under(found, { id, organisationId }), guards: [stillMandated([found.mandateId])] }
}

/** As `requireActingFor` each of these by itself, in one question and one guard however many they are. */
export async function requireActingForEach(
  ctx: Context,
  organisationIds: ReadonlySet<string>,
  act: Act,
): Promise<{ of: ReadonlyMap<string, Omit<Acting, 'guards'>>; guards: readonly Statement[] }> {
  const own = requireOfficer(ctx.actor, scopeOf[act])
  const others = [...organisationIds].filter((id) => id !== own.organisationId)
  const found = others.length === 0 ? [] : await findStandings(ctx.db.read, own.organisationId, others, act, today(ctx))
  if (found.length < others.length) throw notActing(act)
  const of = new Map(found.map((one) => [one.principalId, under(one, own)]))
  return {
    of: organisationIds.has(own.organisationId) ? of.set(own.organisationId, own) : of,
    guards: found.length === 0 ? [] : [stillMandated(found.map(({ mandateId }) => mandateId))],
  }
}

function under({ mandateId, principalId }: Standing, { id, organisationId }: Officer): Omit<Acting, 'guards'> {
  return { id, organisationId: principalId, agent: { organisationId, mandateId } }
}

function notActing(act: Act): RegistryError {
  return new RegistryError(
    'forbidden',
    `Only an officer of the organisation concerned may do this, or of an agent with its mandate for it (${act}).`,
  )
}

/** For the organisation that the input names by id or ROR id, else for the caller's own. */
export async function requireActingForNamed(ctx: Context, named: string | undefined, act: Act): Promise<Acting> {
  const own = requireOfficer(ctx.actor, scopeOf[act])
  if (named === undefined) return { ...own, guards: [] }
  const found = await findOrganisation(ctx.db.read, named)
  if (!found) throw invalid('/organisation', 'unknown_organisation', `${named} is not a registered organisation.`)
  return requireActingFor(ctx, [found.organisation.id], act)
}

/** As records of the log and events of the history carry it; nothing for an act of one's own. */
export function actedBy(acting: Pick<Acting, 'agent'> | undefined): { actedBy?: ActedBy } {
  if (!acting?.agent) return {}
  return { actedBy: { organisation: acting.agent.organisationId, mandate: acting.agent.mandateId } }
}
