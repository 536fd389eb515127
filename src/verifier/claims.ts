/** `typ` of a grant (RFC 8725 section 3.11): media type `application/research-grant+jwt`. */
export const grantTokenType = 'research-grant+jwt'
/** `type` of its authorization details (RFC 9396). */
export const authorizationType = 'research_patent_use'
/** A compact JWS over 1,000 patents has some 40,000 characters. */
export const tokenCharactersMax = 128 * 1024

/** What a verifier relies on. A token may say more; nothing else is looked at. */
export type VerifiedClaims = {
  iss: string
  sub: string
  /** UUID of the grant. */
  jti: string
  /** Seconds since 1970, like `nbf` and `exp`. */
  iat: number
  nbf: number
  exp: number
  /** The short number, for paper and URLs. */
  number: string
  status: { status_list: { idx: number; uri: string } }
  grantee: { name: string; orcid?: string; organisation: { id: string; name: string } }
  authorization_details: readonly AuthorizationDetail[]
}

type AuthorizationDetail = {
  type: typeof authorizationType
  patents: readonly string[]
  purposes: readonly string[]
  mode: string
  territory: readonly string[]
  terms: readonly { id: string; sha256: string }[]
  holders: readonly { id: string; name: string }[]
}

export function isGrantClaims(value: unknown): value is VerifiedClaims {
  return (
    isRecord(value) &&
    ['iss', 'sub', 'jti', 'number'].every((name) => isText(value[name])) &&
    ['iat', 'nbf', 'exp'].every((name) => Number.isSafeInteger(value[name])) &&
    isStatus(value.status) &&
    isGrantee(value.grantee) &&
    isListOf(value.authorization_details, isDetail)
  )
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isStatus(status: unknown): boolean {
  const place = isRecord(status) ? status.status_list : undefined
  return isRecord(place) && Number.isSafeInteger(place.idx) && Number(place.idx) >= 0 && isText(place.uri)
}

function isGrantee(grantee: unknown): boolean {
  return (
    isRecord(grantee) &&
    isText(grantee.name) &&
    (grantee.orcid === undefined || isText(grantee.orcid)) &&
    isNamed(grantee.organisation)
  )
}

function isDetail(detail: unknown): boolean {
  return (
    isRecord(detail) &&
    detail.type === authorizationType &&
    isListOf(detail.patents, isText) &&
    isListOf(detail.purposes, isText) &&
    isText(detail.mode) &&
    Array.isArray(detail.territory) &&
    detail.territory.every(isText) &&
    isListOf(detail.terms, (terms) => isRecord(terms) && isText(terms.id) && isText(terms.sha256)) &&
    Array.isArray(detail.holders) &&
    detail.holders.every(isNamed)
  )
}

function isNamed(value: unknown): boolean {
  return isRecord(value) && isText(value.id) && isText(value.name)
}

/** A list that is not empty. */
function isListOf(value: unknown, isItem: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.length > 0 && value.every(isItem)
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}
