import type { Actor, Scope } from '../context.ts'
import { RegistryError } from '../errors.ts'

/** Who may do what: pure decisions over the actor. Each returns the actor as what it has been shown to be. */

type Member = Extract<Actor, { kind: 'member' }>

export function requireScope(actor: Actor, scope: Scope): Exclude<Actor, { kind: 'anonymous' }> {
  if (actor.kind === 'anonymous') throw new RegistryError('unauthenticated', 'This needs an access token.')
  if (actor.kind !== 'registry' && !actor.scopes.has(scope))
    throw new RegistryError('insufficient_scope', `The access token lacks the scope ${scope}.`, { extra: { scope } })
  return actor
}

/** An officer of an approved organisation, whichever it is. */
export function requireOfficer(actor: Actor, scope: Scope): Member {
  const known = requireScope(actor, scope)
  if (known.kind !== 'member' || known.role !== 'officer')
    throw new RegistryError('forbidden', 'Only an officer of an organisation may do this.')
  if (!known.organisationApproved)
    throw new RegistryError('forbidden', 'Your organisation is not an approved member of the commons at present.')
  return known
}

/** An officer of one of these organisations. */
export function requireOfficerOf(actor: Actor, organisationIds: readonly string[], scope: Scope): Member {
  const officer = requireOfficer(actor, scope)
  if (!organisationIds.includes(officer.organisationId))
    throw new RegistryError('forbidden', 'Only an officer of the organisation concerned may do this.')
  return officer
}

export function requireSteward(actor: Actor): void {
  if (actor.kind === 'registry') return
  const known = requireScope(actor, 'registry:steward')
  if (known.kind !== 'steward') throw new RegistryError('forbidden', 'Only a steward may do this.')
}

export function isSteward(actor: Actor): boolean {
  return actor.kind === 'registry' || (actor.kind === 'steward' && actor.scopes.has('registry:steward'))
}
