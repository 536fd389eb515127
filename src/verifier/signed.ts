import { compactVerify, decodeProtectedHeader, type JSONWebKeySet } from 'jose'
import { fromBase64url } from '../log/encoding.ts'
import type { CheckCode } from './checks.ts'
import { isRecord } from './claims.ts'

/** The keys of one issuer. */
export type IssuerKeys = {
  jwks: JSONWebKeySet
  /** True when `jwks` has every key the issuer ever had: a token by another key is then false, not unknown. */
  complete?: boolean
  /** Ids of keys that the issuer has given up as compromised. */
  distrusted?: readonly string[]
}

/** `critical`: the token asks for rules beyond RFC 7515, of which none are known here. */
export type TokenHeader = { alg: string; typ: string; kid: string | undefined; critical: boolean }

/** `typ` in lower case and without `application/`, as RFC 7515 section 4.1.9 lets it be written. */
export function readHeader(token: string): TokenHeader | undefined {
  try {
    const { alg, typ, kid, crit } = decodeProtectedHeader(token)
    if (typeof alg !== 'string') return undefined
    const type = typeof typ === 'string' ? typ.toLowerCase() : ''
    return {
      alg,
      typ: type.startsWith('application/') ? type.slice('application/'.length) : type,
      kid,
      critical: crit !== undefined,
    }
  } catch {
    return undefined
  }
}

/** The payload of a compact JWS as JSON. Its signature is not looked at. */
export function readPayload(token: string): unknown {
  const [, payload, signature, ...more] = token.split('.')
  if (payload === undefined || signature === undefined || more.length > 0) return undefined
  const bytes = fromBase64url(payload)
  if (!bytes) return undefined
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    return value
  } catch {
    return undefined
  }
}

/** ES256 with the one key of that id; nothing in the token can bring a key, or choose an algorithm. */
export async function checkSignature(
  token: string,
  { alg, kid, critical }: TokenHeader,
  { jwks, complete = false, distrusted = [] }: IssuerKeys,
): Promise<Extract<CheckCode, 'signature_good' | 'signature_wrong' | 'key_unknown' | 'key_distrusted'>> {
  if (alg !== 'ES256' || kid === undefined || critical) return 'signature_wrong'
  if (distrusted.includes(kid)) return 'key_distrusted'
  const [key, ...others] = jwks.keys.filter((one) => one.kid === kid)
  if (!key || others.length > 0) return complete ? 'signature_wrong' : 'key_unknown'
  if (key.kty !== 'EC' || key.crv !== 'P-256') return 'signature_wrong'
  try {
    await compactVerify(token, key, { algorithms: ['ES256'] })
    return 'signature_good'
  } catch {
    return 'signature_wrong'
  }
}

/** A key set as it was fetched (RFC 7517). */
export function readKeySet(text: string): JSONWebKeySet | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isKeySet(value) ? value : undefined
  } catch {
    return undefined
  }
}

function isKeySet(value: unknown): value is JSONWebKeySet {
  return isRecord(value) && Array.isArray(value.keys) && value.keys.every((key) => isRecord(key) && 'kty' in key)
}
