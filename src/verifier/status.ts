import type { CheckCode } from './checks.ts'
import { isRecord, type VerifiedClaims } from './claims.ts'
import { checkSignature, type IssuerKeys, readHeader, readPayload } from './signed.ts'
import { decodeStatusList, getStatus, type StatusBits } from './status-codec.ts'

/** `typ` of a status list (IETF Token Status List). */
export const statusListType = 'statuslist+jwt'
/** A list of 2^20 bytes that does not compress has 1.4 million characters; its JWS a third more. */
const statusTokenCharactersMax = 2 * 1024 * 1024
/** Clocks of two systems may differ by this much. */
export const clockSkewSeconds = 60

type StatusCode = Extract<
  CheckCode,
  | 'status_valid'
  | 'revoked'
  | 'suspended'
  | 'status_out_of_range'
  | 'status_unknown'
  | 'status_stale'
  | 'status_unusable'
  | 'status_missing'
>

/**
 * The entry of a grant in the signed list that its `status.status_list` names. A list tells only as long as its `exp` and
 * `ttl` say, counted from `iat`; but what it once said to be revoked stays so.
 */
export async function checkStatus(
  { status }: VerifiedClaims,
  keys: IssuerKeys,
  now: Date,
  fetchList: ((uri: string) => Promise<string>) | undefined,
): Promise<StatusCode> {
  const { idx, uri } = status.status_list
  const token = await read(fetchList, uri)
  if (token === undefined) return 'status_missing'
  const list = await openList(token, uri, keys, now)
  if (!list) return 'status_unusable'
  const value = await valueAt(list, idx)
  if (value === undefined) return 'status_unusable'
  if (value === 'out_of_range') return 'status_out_of_range'
  if (value === 1) return 'revoked'
  if (list.freshUntil <= now.getTime() / 1000) return 'status_stale'
  if (value === 2) return 'suspended'
  return value === 0 ? 'status_valid' : 'status_unknown'
}

type OpenedList = { bits: StatusBits; lst: string; freshUntil: number }

async function read(
  fetchList: ((uri: string) => Promise<string>) | undefined,
  uri: string,
): Promise<string | undefined> {
  if (!fetchList) return undefined
  try {
    const text: unknown = await fetchList(uri)
    return typeof text === 'string' && text.length <= statusTokenCharactersMax ? text.trim() : undefined
  } catch {
    return undefined
  }
}

/** The list when it is of its type, about this address, made in the past and signed by the issuer. */
async function openList(token: string, uri: string, keys: IssuerKeys, now: Date): Promise<OpenedList | undefined> {
  const header = readHeader(token)
  const claims = readPayload(token)
  if (header?.typ !== statusListType || !isRecord(claims) || claims.sub !== uri) return undefined
  if ((await checkSignature(token, header, keys)) !== 'signature_good') return undefined
  const { iat, exp, ttl, status_list: list } = claims
  if (!isTime(iat) || iat > now.getTime() / 1000 + clockSkewSeconds) return undefined
  if ((exp !== undefined && !isTime(exp)) || (ttl !== undefined && !isTime(ttl))) return undefined
  if (!isRecord(list) || !isBits(list.bits) || typeof list.lst !== 'string') return undefined
  const freshUntil = Math.min(exp ?? Number.POSITIVE_INFINITY, iat + (ttl ?? lifetimeSecondsDefault) + clockSkewSeconds)
  return { bits: list.bits, lst: list.lst, freshUntil }
}

/** For a list that does not say how long it may be kept. */
const lifetimeSecondsDefault = 3600

async function valueAt({ bits, lst }: OpenedList, idx: number): Promise<number | 'out_of_range' | undefined> {
  const bytes = await decodeStatusList(lst).catch(() => undefined)
  if (!bytes) return undefined
  try {
    return getStatus(bytes, idx, bits)
  } catch {
    return 'out_of_range'
  }
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0
}

function isBits(value: unknown): value is StatusBits {
  return value === 1 || value === 2 || value === 4 || value === 8
}
