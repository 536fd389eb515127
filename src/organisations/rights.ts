import type { Actor, Scope } from '../context.ts'
import { RegistryError } from '../errors.ts'

/** Who may do what: pure decisions over the actor. Each returns what the actor has been shown to be. */

/** Somebody who acts for an organisation: a machine client, or a person who is its officer. */
export type Officer = { id: string; organisationId: string }
export type Person = Extract<Actor, { kind: 'person' }>

/** Refuses nobody, and a machine client whose token lacks the scope. People are not bound by scopes but by their role. */
export function requireScope(actor: Actor, scope: Scope): Exclude<Actor, { kind: 'anonymous' }> {
  if (actor.kind === 'anonymous') throw new RegistryError('unauthenticated', 'This needs an access token or a session.')
  const bound = actor.kind === 'member' || actor.kind === 'steward'
  if (bound && !actor.scopes.has(scope))
    throw new RegistryError('insufficient_scope', `The access token lacks the scope ${scope}.`, { extra: { scope } })
  return actor
}

/** An officer of an approved organisation: the client's own, or the one that the person's session acts for. */
export function requireOfficer(actor: Actor, scope: Scope): Officer {
  const known = requireScope(actor, scope)
  const post = postOf(known)
  if (post?.role !== 'officer') throw new RegistryError('forbidden', 'Only an officer of an organisation may do this.')
  if (!post.organisationApproved)
    throw new RegistryError('forbidden', 'Your organisation is not an approved member of the commons at present.')
  return { id: post.id, organisationId: post.organisationId }
}

/** An officer of one of these organisations. */
export function requireOfficerOf(actor: Actor, organisationIds: readonly string[], scope: Scope): Officer {
  const officer = requireOfficer(actor, scope)
  if (!organisationIds.includes(officer.organisationId))
    throw new RegistryError('forbidden', 'Only an officer of the organisation concerned may do this.')
  return officer
}

/** Whether the actor may see what only officers of this organisation see. */
export function isOfficerOf(actor: Actor, organisationId: string, scope: Scope): boolean {
  const post = postOf(actor)
  if (post?.organisationId !== organisationId || post.role !== 'officer') return false
  return actor.kind !== 'member' || actor.scopes.has(scope)
}

/** A person who has signed in, for oneself. */
export function requirePerson(actor: Actor): Person {
  if (actor.kind === 'anonymous') throw new RegistryError('unauthenticated', 'Sign in first.')
  if (actor.kind !== 'person') throw new RegistryError('forbidden', 'Only a person who has signed in may do this.')
  return actor
}

export function requireSteward(actor: Actor): void {
  if (isSteward(actor)) return
  const known = requireScope(actor, 'registry:steward')
  if (known.kind !== 'steward') throw new RegistryError('forbidden', 'Only a steward of the registry may do this.')
}

export function isSteward(actor: Actor): boolean {
  if (actor.kind === 'person') return actor.steward === true
  return actor.kind === 'registry' || (actor.kind === 'steward' && actor.scopes.has('registry:steward'))
}

/** The organisation whose member the actor is in this request. */
export function memberOf(actor: Actor): string | undefined {
  return postOf(actor)?.organisationId
}

function postOf(actor: Actor) {
  if (actor.kind === 'member') return actor
  if (actor.kind !== 'person') return undefined
  const membership = actor.memberships.find(({ organisationId }) => organisationId === actor.actingFor)
  return membership && { id: actor.id, ...membership }
}
