import { SignJWT } from 'jose'
import { pinnedFingerprints } from '../../policies/terms.ts'
import type { Context } from '../context.ts'
import { bounded, type Kept } from '../kept.ts'
import type { Keys } from '../keys.ts'
import { type Check, check } from '../verifier/checks.ts'
import { grantTokenType } from '../verifier/claims.ts'
import { type IssuerKeys, readPayload } from '../verifier/signed.ts'
import { type GrantRead, judge, readSigned } from '../verifier/verifier.ts'
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
  const signed = await readOnce(token, keys, registryUrl)
  const { checks } = judge(signed, { terms: pinnedFingerprints, now })
  if (!signed.claims) return { checks, claims: undefined }
  return signed.ours ? { checks, claims: signed.ours } : { checks: [check('unreadable')], claims: undefined }
}

/** The same token comes again and again from those who rely on it. Only one whose signature holds is remembered. */
async function readOnce(token: string, keys: Keys, registryUrl: string): Promise<GrantRead & { ours?: GrantClaims }> {
  const { trusted, read } = grantKeysOf(keys)
  const known = read.get(token)
  if (known) return known
  const signed = await readSigned(token, { issuers: { [registryUrl]: trusted } })
  if (!signed.claims) return signed
  const ours = grantClaims.safeParse(signed.claims).data
  const made = ours ? { ...signed, ours } : signed
  if (token.length <= rememberedCharactersMax) read.set(token, made)
  return made
}

/** Some kilobytes each; a token over hundreds of patents is read anew each time. */
const rememberedTokensMax = 2000
const rememberedCharactersMax = 8000

/** The claims as they stand in the token; their signature is not looked at. */
export function readClaims(token: string): GrantClaims | undefined {
  return grantClaims.safeParse(readPayload(token)).data
}

type Ours = { trusted: IssuerKeys; read: Kept<string, GrantRead & { ours?: GrantClaims }> }

/** Only keys for grants, so that none of our other keys can sign one. Made once, so that keys are imported once. */
function grantKeysOf(keys: Keys): Ours {
  const known = grantKeys.get(keys)
  if (known) return known
  const records = keys.records.filter(({ use }) => use === 'grant')
  const trusted: IssuerKeys = {
    jwks: { keys: records.map(({ publicJwk }) => publicJwk) },
    complete: true,
    distrusted: records.filter(({ state }) => state === 'compromised').map(({ kid }) => kid),
  }
  const made = { trusted, read: bounded<string, GrantRead & { ours?: GrantClaims }>(rememberedTokensMax) }
  grantKeys.set(keys, made)
  return made
}

const grantKeys = new WeakMap<Keys, Ours>()
