import { SignJWT } from 'jose'
import { pinnedFingerprints } from '../../policies/terms.ts'
import type { Context } from '../context.ts'
import type { Keys } from '../keys.ts'
import { type Check, check } from '../verifier/checks.ts'
import { grantTokenType } from '../verifier/claims.ts'
import { type IssuerKeys, readPayload } from '../verifier/signed.ts'
import { readGrant } from '../verifier/verifier.ts'
import { type GrantClaims, grantClaims } from './claims.ts'

export async function signToken(ctx: Context, claims: GrantClaims): Promise<string> {
  const { kid, privateKey } = ctx.keys.signing('grant', ctx.now)
  return new SignJWT(claims).setProtectedHeader({ alg: 'ES256', typ: grantTokenType, kid }).sign(privateKey)
}

export type ReadToken = { checks: Check[]; claims: GrantClaims | undefined }

/**
 * What a token tells by itself, without a database, by the code that others verify with offline (`verifier/`). `claims`
 * only when the signature holds.
 */
export async function readToken(token: string, keys: Keys, registryUrl: string, now: Date): Promise<ReadToken> {
  const issuers = { [registryUrl]: grantKeysOf(keys) }
  const { checks, claims } = await readGrant(token, { issuers, terms: pinnedFingerprints, now })
  if (!claims) return { checks, claims: undefined }
  const { data } = grantClaims.safeParse(claims)
  return data ? { checks, claims: data } : { checks: [check('unreadable')], claims: undefined }
}

/** The claims as they stand in the token; their signature is not looked at. */
export function readClaims(token: string): GrantClaims | undefined {
  return grantClaims.safeParse(readPayload(token)).data
}

/** Only keys for grants, so that none of our other keys can sign one. Made once, so that keys are imported once. */
function grantKeysOf(keys: Keys): IssuerKeys {
  const known = grantKeys.get(keys)
  if (known) return known
  const records = keys.records.filter(({ use }) => use === 'grant')
  const made: IssuerKeys = {
    jwks: { keys: records.map(({ publicJwk }) => publicJwk) },
    complete: true,
    distrusted: records.filter(({ state }) => state === 'compromised').map(({ kid }) => kid),
  }
  grantKeys.set(keys, made)
  return made
}

const grantKeys = new WeakMap<Keys, IssuerKeys>()
