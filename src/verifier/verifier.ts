import { type Check, type CheckCode, check, conclude } from './checks.ts'
import { grantTokenType, isGrantClaims, tokenCharactersMax, type VerifiedClaims } from './claims.ts'
import { checkSignature, type IssuerKeys, readHeader, readKeySet, readPayload } from './signed.ts'
import { checkStatus, clockSkewSeconds } from './status.ts'

/** Whose grants are believed, and by which keys: at hand, or to be had with `keySet` at the address named here. */
type TrustedIssuer = IssuerKeys | { jwksUri: string }

export type Trust = {
  /** The allow-list, by `iss`. */
  issuers: Readonly<Record<string, TrustedIssuer>>
  /** Fingerprints of the terms that are known, by id. */
  terms: Readonly<Record<string, string>>
  now: Date
  /** Fetches the key set of an issuer that has only a `jwksUri`. */
  keySet?: (uri: string) => Promise<string>
}

export type VerifyOptions = Trust & {
  /** Fetches the signed status list at that address, or gives a kept one. Without it no grant is ever `valid: true`. */
  statusList?: (uri: string) => Promise<string>
}

export type Verified = { valid: boolean | null; checks: Check[]; claims?: VerifiedClaims }

/**
 * Whether a token is a grant that holds at `now`: readable, type, issuer, signature, time, terms, status. `valid` is true
 * when all have passed, false when one has failed, null when it cannot be told; anything but true is no permission.
 * `claims` only when the signature holds. Never throws for a token; makes no request but through the functions given.
 */
export async function verifyGrant(token: string, { statusList, ...trust }: VerifyOptions): Promise<Verified> {
  const { checks, claims, keys } = await readGrant(token, trust)
  if (!claims) return { valid: conclude(checks), checks }
  const all = [...checks, check(await checkStatus(claims, keys, trust.now, statusList))]
  return { valid: conclude(all), checks: all, claims }
}

export type GrantRead =
  | { checks: Check[]; claims: VerifiedClaims; keys: IssuerKeys }
  | { checks: Check[]; claims: undefined; keys: undefined }

/** The same but for the status: what a token tells by itself. */
export async function readGrant(token: string, trust: Trust): Promise<GrantRead> {
  return judge(await readSigned(token, trust), trust)
}

/** What holds now of a token that was read: its dates and its terms, beside what never changes. */
export function judge(read: GrantRead, { now, terms }: Pick<Trust, 'now' | 'terms'>): GrantRead {
  const { checks, claims, keys } = read
  if (!claims) return read
  return { checks: [...checks, check(timeOf(claims, now)), check(termsOf(claims, terms))], claims, keys }
}

/** What does not change with time: form, type, issuer, signature. */
export async function readSigned(token: string, trust: Pick<Trust, 'issuers' | 'keySet'>): Promise<GrantRead> {
  const passed: Check[] = []
  const stop = (code: CheckCode): GrantRead => ({
    checks: [...passed, check(code)],
    claims: undefined,
    keys: undefined,
  })
  const whole = typeof token === 'string' && token.length <= tokenCharactersMax ? token.trim() : ''
  const header = readHeader(whole)
  const claims = header && readPayload(whole)
  if (!header || !isGrantClaims(claims)) return stop('unreadable')
  passed.push(check('readable'))
  if (header.typ !== grantTokenType) return stop('other_type')
  passed.push(check('grant_type'))
  const issuer = own(trust.issuers, claims.iss)
  if (!issuer) return stop('issuer_unknown')
  passed.push(check('issuer_trusted'))
  const keys = await keysOf(issuer, trust.keySet)
  if (!keys) return stop('keys_missing')
  const signature = await checkSignature(whole, header, keys)
  if (signature !== 'signature_good') return stop(signature)
  return { checks: [...passed, check(signature)], claims, keys }
}

async function keysOf(issuer: TrustedIssuer, keySet: Trust['keySet']): Promise<IssuerKeys | undefined> {
  if ('jwks' in issuer) return issuer
  if (!keySet) return undefined
  try {
    const jwks = readKeySet(await keySet(issuer.jwksUri))
    return jwks && { jwks }
  } catch {
    return undefined
  }
}

function timeOf({ nbf, exp }: VerifiedClaims, now: Date): CheckCode {
  const seconds = now.getTime() / 1000
  if (!(seconds + clockSkewSeconds >= nbf)) return 'not_yet'
  return seconds < exp ? 'within_dates' : 'expired'
}

function termsOf({ authorization_details }: VerifiedClaims, known: Readonly<Record<string, string>>): CheckCode {
  const stated = authorization_details.flatMap(({ terms }) => terms)
  const published = stated.map(({ id }) => own(known, id))
  if (stated.some(({ sha256 }, i) => published[i] !== undefined && published[i] !== sha256)) return 'terms_changed'
  return published.includes(undefined) ? 'terms_unknown' : 'terms_known'
}

/** A member of the object itself: a token may name `constructor`. */
function own<Value>(members: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(members, name) ? members[name] : undefined
}
