import type { Actor } from '../context.ts'
import { isSteward } from '../organisations/rights.ts'
import type { GrantRecord } from './queries.ts'

/**
 * Who may see whose grant it is, and have the token: the grantee, a steward, and of a research grant the institution
 * that answers for it. An inventor grant follows the person, so no institution reads it.
 */
export function readsGrantee(actor: Actor, grant: GrantRecord): boolean {
  if (isSteward(actor)) return true
  if (actor.kind === 'person' && actor.id === grant.personId) return true
  if (grant.kind === 'inventor') return false
  if (actor.kind === 'member') return actor.organisationId === grant.organisationId && actor.scopes.has('grants:read')
  return (
    actor.kind === 'person' && actor.memberships.some(({ organisationId }) => organisationId === grant.organisationId)
  )
}
