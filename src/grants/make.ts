import type { Context } from '../context.ts'
import { daysAfter } from '../dates.ts'
import { sha256Hex } from '../log/canonical.ts'
import type { Organisation } from '../organisations/organisation.ts'
import { type AffiliationRecord, byOf } from '../people/affiliations/affiliation.ts'
import { confirmedAt } from '../people/affiliations/queries.ts'
import { authorizationType } from '../verifier/claims.ts'
import type { AffiliationClaim, GrantClaims } from './claims.ts'
import type { GrantKind } from './grant.ts'
import { type CoveredPatent, countGrants, type GrantRecord, type KeptRequest } from './queries.ts'
import { statusListEntries, statusListFor, statusListUri } from './status-list.ts'
import { signToken } from './token.ts'

/** Whose grant it is: the institution's, or a person's at an institution. */
export type Bearer = {
  kind: GrantKind
  institution: Organisation
  personId: string | null
  affiliation: AffiliationClaim | undefined
}

export type GrantScope = {
  patents: readonly CoveredPatent[]
  territory: readonly string[]
  terms: readonly { id: string; sha256: string }[]
  holders: readonly { id: string; name: string }[]
  conditions: readonly string[]
}

/** A grant, signed, with a place in a status list; not yet on record. */
export async function makeGrant(
  ctx: Context,
  { kind, institution, personId, affiliation }: Bearer,
  request: KeptRequest,
  from: string,
  until: string,
  scope: GrantScope,
): Promise<{ grant: GrantRecord; claims: GrantClaims }> {
  const id = ctx.newId()
  const number = shortNumber(ctx)
  const issuedAt = ctx.now.toISOString()
  const expiresAt = `${daysAfter(until, 1)}T00:00:00.000Z`
  const statusList = statusListFor(await countGrants(ctx.db.read))
  const statusIndex = randomIndex(ctx, statusListEntries)
  const { name, orcid } = request.grantee
  const claims: GrantClaims = {
    iss: ctx.registryUrl,
    sub: orcid ?? `${ctx.registryUrl}/g/${number}`,
    jti: id,
    iat: seconds(issuedAt),
    nbf: Math.max(seconds(issuedAt), seconds(`${from}T00:00:00.000Z`)),
    exp: seconds(expiresAt),
    number,
    kind,
    status: { status_list: { idx: statusIndex, uri: statusListUri(ctx.registryUrl, statusList) } },
    grantee: {
      name,
      ...(orcid === undefined ? {} : { orcid }),
      organisation: { id: addressOf(ctx, institution), name: institution.name.en },
    },
    ...(affiliation === undefined ? {} : { affiliation }),
    authorization_details: [
      {
        type: authorizationType,
        patents: scope.patents.map((one) => one.number),
        purposes: [request.purpose],
        mode: request.mode,
        territory: [...scope.territory],
        terms: [...scope.terms],
        ...(kind === 'inventor' ? { users: ['grantee' as const, 'own_research_group' as const] } : {}),
        holders: [...scope.holders],
        ...(request.partners === undefined ? {} : { partners: request.partners }),
        project: request.project,
        conditions: [...scope.conditions],
      },
    ],
  }
  const token = await signToken(ctx, claims)
  const grant: GrantRecord = {
    id,
    number,
    kind,
    state: 'valid',
    stateAt: issuedAt,
    reason: null,
    supersededBy: null,
    organisationId: institution.id,
    personId,
    request,
    purpose: request.purpose,
    mode: request.mode,
    from,
    until,
    issuedAt,
    expiresAt,
    token,
    tokenSha256: await sha256Hex(token),
    statusList,
    statusIndex,
    version: 1,
    covered: scope.patents,
  }
  return { grant, claims }
}

/** What the log says of a grant: everything but names. */
export function grantedEntry(grant: GrantRecord, claims: GrantClaims) {
  const { exp, nbf, status, authorization_details } = claims
  const details = authorization_details.map(({ patents, purposes, mode, territory, terms, holders }) => ({
    patents,
    purposes,
    mode,
    territory,
    terms,
    holders: holders.map(({ id }) => id),
  }))
  const { id, tokenSha256 } = grant
  return { type: 'granted' as const, subject: id, record: { id, tokenSha256, nbf, exp, status, details } }
}

/** `source` is the institution where it stands behind the assertion, else who made it: the person, or an issuer. */
export function affiliationClaimOf(
  ctx: Context,
  affiliation: AffiliationRecord,
  institution: Organisation,
  orcid: string | undefined,
): AffiliationClaim {
  const organisation = addressOf(ctx, institution)
  const confirmed = confirmedAt(affiliation)
  const own = orcid ?? `${ctx.registryUrl}/people/${affiliation.personId}`
  const source = { self: own, institution: organisation, issuer: affiliation.assertedBy }[affiliation.source]
  return {
    organisation,
    source,
    by: byOf(affiliation),
    asserted: seconds(affiliation.assertedAt),
    ...(confirmed === undefined ? {} : { confirmed: seconds(confirmed) }),
  }
}

function addressOf(ctx: Context, { id, ror }: Organisation): string {
  return ror ?? `${ctx.registryUrl}/v1/organisations/${id}`
}

/** Ten of Crockford's base 32 signs: 50 bits, easy to read out, too many to guess through. */
function shortNumber(ctx: Context): string {
  return Array.from(ctx.randomBytes(10), (byte) => crockford[byte % 32]).join('')
}

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Places are drawn at random, so that a list tells nothing of who was granted when. */
function randomIndex(ctx: Context, below: number): number {
  const [a = 0, b = 0, c = 0, d = 0] = ctx.randomBytes(4)
  return (((a << 24) >>> 0) + (b << 16) + (c << 8) + d) % below
}

function seconds(at: string): number {
  return Math.floor(Date.parse(at) / 1000)
}
