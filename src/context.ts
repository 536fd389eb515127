import type { Provider } from './config.ts'
import type { Database } from './database.ts'
import type { Keys } from './keys.ts'
import type { Tally } from './tally.ts'

/** What a machine client's access token may do (OAuth 2 scopes). */
export const scopes = [
  'patents:write',
  'declarations:write',
  'grants:issue',
  'grants:read',
  'grants:revoke',
  'organisation:manage',
  'registry:steward',
] as const
export type Scope = (typeof scopes)[number]

/** `officer` acts for the organisation, `viewer` reads what only it may read, `steward` runs the registry. */
export const roles = ['officer', 'viewer', 'steward'] as const

/** Who asks. A person acts for oneself, and as officer for one of the organisations that made them a member. */
export type Actor =
  | { kind: 'anonymous' }
  | { kind: 'registry' }
  | {
      kind: 'member'
      id: string
      organisationId: string
      organisationApproved: boolean
      role: 'officer' | 'viewer'
      scopes: ReadonlySet<Scope>
    }
  | { kind: 'steward'; id: string; scopes: ReadonlySet<Scope> }
  | {
      kind: 'person'
      id: string
      /** Set only by a sign-in with ORCID itself. */
      orcid: string | undefined
      memberships: readonly { organisationId: string; role: 'officer' | 'viewer'; organisationApproved: boolean }[]
      /** The organisation that this session acts for; undefined: for oneself. */
      actingFor: string | undefined
      /** The session acts for the registry: the person is one of its stewards. */
      steward?: true
    }

/** A key given by the caller so that a repeated POST has one effect (draft-ietf-httpapi-idempotency-key-header). */
export type IdempotentRequest = { principal: string; key: string; requestSha256: string }

/** All that a use case is given. Nothing below reads a clock, an environment or a random source of its own. */
export type Context = {
  db: Database
  keys: Keys
  actor: Actor
  now: Date
  requestId: string
  registryUrl: string
  /** With whom people sign in. */
  providers: readonly Provider[]
  /** Where faults of security are told, a URI; undefined where the operator named none. */
  securityContact?: string | undefined
  newId(): string
  randomBytes(length: number): Uint8Array<ArrayBuffer>
  idempotent?: IdempotentRequest
  /** Where checks are counted until they are written; absent where nobody writes them. */
  tally?: Tally
  /** Tells the runtime that an import waits for work, to be done beside this request. */
  wake?(): void
}

/** Today's date, UTC, `YYYY-MM-DD`. */
export function today(ctx: { now: Date }): string {
  return ctx.now.toISOString().slice(0, 10)
}

/** The name under which an act is recorded: an id, never a person's name. */
export function actorId(actor: Actor): string {
  if (actor.kind === 'anonymous' || actor.kind === 'registry') return actor.kind
  return actor.id
}
