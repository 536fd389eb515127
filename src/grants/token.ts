import { compactVerify, decodeProtectedHeader, SignJWT } from 'jose'
import { pinnedFingerprints, termsId } from '../../policies/terms.ts'
import type { Context } from '../context.ts'
import { bounded, type Kept } from '../kept.ts'
import type { Keys } from '../keys.ts'
import { fromBase64url } from '../log/encoding.ts'
import { type GrantClaims, grantClaims, grantTokenType } from './claims.ts'
import type { Verification } from './grant.ts'

/** A compact JWS over 1,000 patents has some 40,000 characters. */
export const tokenCharactersMax = 128 * 1024
/** Clocks of two systems may differ by this much. */
const clockSkewSeconds = 60

export async function signToken(ctx: Context, claims: GrantClaims): Promise<string> {
  const { kid, privateKey } = ctx.keys.signing('grant', ctx.now)
  return new SignJWT(claims).setProtectedHeader({ alg: 'ES256', typ: grantTokenType, kid }).sign(privateKey)
}

type Check = Verification['checks'][number]
export type ReadToken = { checks: Check[]; claims: GrantClaims | undefined }

/**
 * What a token tells by itself, without a database: readable, type, issuer, signature, time, terms. A verifier with the
 * published keys can do the same offline. `claims` only when the signature holds.
 */
export async function readToken(token: string, keys: Keys, registryUrl: string, now: Date): Promise<ReadToken> {
  const remembered = rememberedTokens(keys)
  const known = remembered.get(token)
  if (known?.iss === registryUrl) return { checks: [...signedChecks, ...checksAt(known, now)], claims: known }
  const header = readHeader(token)
  const claims = header && readClaims(token)
  if (!header || !claims) return { checks: [failed.readable], claims: undefined }
  const checks: Check[] = [passed.readable, header.typ === grantTokenType ? passed.type : failed.type]
  if (header.typ !== grantTokenType) return { checks, claims: undefined }
  if (claims.iss !== registryUrl) return { checks: [...checks, unknown.issuer], claims: undefined }
  const signature = await checkSignature(token, header, keys)
  checks.push(passed.issuer, signature)
  if (signature.passed !== true) return { checks, claims: undefined }
  if (token.length <= rememberedCharactersMax) remembered.set(token, claims)
  checks.push(...checksAt(claims, now))
  return { checks, claims }
}

/** Checks whose outcome may change while the token and the keys stay what they are. */
function checksAt(claims: GrantClaims, now: Date): Check[] {
  return [checkTime(claims, now), checkTerms(claims)]
}

/**
 * Tokens whose signature held under these keys, so that one shown again costs no arithmetic. Keys whose state changes
 * are loaded anew, and what was remembered under the old ones is gone with them. 20 MB at most.
 */
function rememberedTokens(keys: Keys): Kept<string, GrantClaims> {
  const known = tokensByKeys.get(keys)
  if (known) return known
  const made = bounded<string, GrantClaims>(rememberedTokensMax)
  tokensByKeys.set(keys, made)
  return made
}

const tokensByKeys = new WeakMap<Keys, Kept<string, GrantClaims>>()
const rememberedTokensMax = 5000
const rememberedCharactersMax = 4096

function readHeader(token: string): { alg: string; typ: string; kid: string | undefined } | undefined {
  if (token.length > tokenCharactersMax) return undefined
  try {
    const { alg, typ, kid } = decodeProtectedHeader(token)
    if (typeof alg !== 'string') return undefined
    return {
      alg,
      typ: String(typ ?? '')
        .replace(/^application\//i, '')
        .toLowerCase(),
      kid,
    }
  } catch {
    return undefined
  }
}

/** The claims as they stand in the token; their signature is not looked at. */
export function readClaims(token: string): GrantClaims | undefined {
  const [, payload, signature, ...more] = token.split('.')
  if (payload === undefined || signature === undefined || more.length > 0) return undefined
  const bytes = fromBase64url(payload)
  if (!bytes) return undefined
  try {
    return grantClaims.safeParse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))).data
  } catch {
    return undefined
  }
}

async function checkSignature(
  token: string,
  header: { alg: string; kid: string | undefined },
  keys: Keys,
): Promise<Check> {
  const key = header.kid === undefined ? undefined : keys.verifying(header.kid)
  if (header.alg !== 'ES256' || !key || key.record.use !== 'grant') return failed.signature
  if (key.record.state === 'compromised') return unknown.signature
  try {
    await compactVerify(token, key.publicKey, { algorithms: ['ES256'] })
    return passed.signature
  } catch {
    return failed.signature
  }
}

function checkTime({ nbf, exp }: GrantClaims, now: Date): Check {
  const seconds = now.getTime() / 1000
  if (seconds + clockSkewSeconds < nbf) return notYet
  return seconds >= exp ? failed.time : passed.time
}

function checkTerms({ authorization_details }: GrantClaims): Check {
  const stated = authorization_details.flatMap(({ terms }) => terms)
  const known = stated.map(({ id, sha256 }) => {
    const read = termsId.safeParse(id)
    return read.success ? pinnedFingerprints[read.data] === sha256 : undefined
  })
  if (known.includes(false)) return failed.terms
  return known.includes(undefined) ? unknown.terms : passed.terms
}

const passed = {
  readable: check('readable', true, '署名付きの許諾証として読めます。', 'It reads as a signed grant.'),
  type: check('type', true, '種類は許諾証です。', 'It is a grant by type.'),
  issuer: check('issuer', true, 'この登録簿が発行者です。', 'This registry is its issuer.'),
  signature: check(
    'signature',
    true,
    '署名は、公開鍵で確かめられました。',
    'The signature verifies with the published key.',
  ),
  time: check('time', true, '有効期間内です。', 'It is within its dates.'),
  terms: check(
    'terms',
    true,
    '利用条件の指紋は、公開されたものと一致します。',
    'The terms have the published fingerprints.',
  ),
} as const

const signedChecks = [passed.readable, passed.type, passed.issuer, passed.signature] as const

const failed = {
  readable: check(
    'readable',
    false,
    '許諾証として読めません。トークン全体を貼り付けてください。',
    'It does not read as a grant. Paste the whole token.',
  ),
  type: check('type', false, '別の種類のトークンです。', 'It is a token of another type.'),
  signature: check(
    'signature',
    false,
    '署名が正しくありません。内容が変えられたか、この登録簿のものではありません。',
    'The signature is wrong: it was changed, or is not of this registry.',
  ),
  time: check('time', false, '有効期間が過ぎています。', 'It has expired.'),
  terms: check(
    'terms',
    false,
    '利用条件の指紋が、公開されたものと違います。',
    'The terms do not have the published fingerprints.',
  ),
} as const

const unknown = {
  issuer: check(
    'issuer',
    null,
    '別の発行者のものなので、ここでは確かめられません。',
    'Another issuer made it; it cannot be checked here.',
  ),
  signature: check(
    'signature',
    null,
    '署名の鍵は信頼できなくなりました。公開記録で確かめてください。',
    'The key is no longer trusted; look into the public log.',
  ),
  terms: check('terms', null, 'ここで公開していない利用条件です。', 'The terms are not published here.'),
} as const

const notYet = check('time', false, 'まだ始まっていません。', 'It has not begun yet.')

function check(name: string, result: boolean | null, ja: string, en: string): Check {
  return { name, passed: result, text: { ja, en } }
}
