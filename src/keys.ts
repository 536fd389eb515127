import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose'
import { z } from 'zod'

/** One key for each kind of thing signed, so that a token of one kind can never pass for another. */
export const keyUses = ['grant', 'access', 'status', 'log'] as const
export type KeyUse = (typeof keyUses)[number]

/**
 * `active` signs from `activeFrom` on; `retired` signs no more but what it signed stays good; of `compromised` only
 * what the public log held before `compromisedSince` stays good.
 */
const storedKey = z.object({
  kid: z.string(),
  use: z.enum(keyUses),
  state: z.enum(['active', 'retired', 'compromised']),
  createdAt: z.iso.datetime(),
  activeFrom: z.iso.datetime(),
  retiredAt: z.iso.datetime().exactOptional(),
  compromisedSince: z.iso.datetime().exactOptional(),
  jwk: z.looseObject({
    kty: z.string(),
    crv: z.string(),
    x: z.string(),
    y: z.string().exactOptional(),
    d: z.string().exactOptional(),
  }),
})
export const storedKeys = z.object({ keys: z.array(storedKey).min(1) })
export type StoredKeys = z.infer<typeof storedKeys>

/** The same as text. What is wrong with it is said without showing any of it. */
export const storedKeysText = z
  .string()
  .transform((text, check) => {
    try {
      const value: unknown = JSON.parse(text)
      return value
    } catch {
      check.addIssue({ code: 'custom', message: 'is not JSON' })
      return z.NEVER
    }
  })
  .pipe(storedKeys)
type StoredKey = StoredKeys['keys'][number]

export type KeyRecord = Omit<StoredKey, 'jwk'> & { publicJwk: JWK }
export type SigningKey = { kid: string; privateKey: CryptoKey }
export type Keys = {
  /** All keys ever used, public halves only. Retired ones stay for as long as anything they signed may be shown. */
  records: readonly KeyRecord[]
  /** The newest key of that use that is active at `now`. */
  signing(use: KeyUse, now: Date): SigningKey
  /** The public half by its RFC 7638 thumbprint, imported once. */
  verifying(kid: string): { record: KeyRecord; publicKey: CryptoKey } | undefined
}

/** A new key is published this long before its first use, longer than any cache of the key set lives. */
const publishedBeforeUseSeconds = 600

const algorithms = { grant: 'ES256', access: 'ES256', status: 'ES256', log: 'Ed25519' } as const

/** Imports every key once; the private halves cannot be exported again. */
export async function loadKeys(stored: StoredKeys): Promise<Keys> {
  const loaded = await Promise.all(stored.keys.map(load))
  const byKid = new Map(loaded.map((key) => [key.record.kid, key]))
  return {
    records: loaded.map((key) => key.record),
    signing(use, now) {
      const usable = loaded
        .filter(({ record }) => record.use === use && record.state === 'active' && new Date(record.activeFrom) <= now)
        .sort((a, b) => b.record.activeFrom.localeCompare(a.record.activeFrom))
      for (const { record, privateKey } of usable) if (privateKey) return { kid: record.kid, privateKey }
      throw new Error(`no active key to sign a ${use}`)
    },
    verifying: (kid) => byKid.get(kid),
  }
}

async function load({ jwk, ...key }: StoredKey) {
  const alg = algorithms[key.use]
  const { d: _secret, ...open } = jwk
  const publicKey = await imported(open, alg)
  const privateKey = jwk.d === undefined ? undefined : await imported(jwk, alg)
  const publicJwk: JWK = { ...open, kid: key.kid, alg, use: 'sig' }
  return { record: { ...key, publicJwk }, publicKey, privateKey }
}

async function imported(jwk: JWK, alg: string): Promise<CryptoKey> {
  const key = await importJWK(jwk, alg, { extractable: false })
  if (key instanceof Uint8Array) throw new Error('a symmetric key cannot sign for the registry')
  return key
}

/** A first key for every use, at once active. */
export async function newKeys(now: Date): Promise<StoredKeys> {
  return { keys: await Promise.all(keyUses.map((use) => newKey(use, now, now))) }
}

/**
 * Adds a new key for grants, access tokens and status lists and retires those that the last rotation replaced. The log
 * keeps its key: its identity is the key. The newest older key goes on signing until the new one becomes active.
 */
export async function rotatedKeys(stored: StoredKeys, now: Date): Promise<StoredKeys> {
  const activeFrom = new Date(now.getTime() + publishedBeforeUseSeconds * 1000)
  const rotated = keyUses.filter((use) => use !== 'log')
  const added = await Promise.all(rotated.map((use) => newKey(use, now, activeFrom)))
  const keys = stored.keys.map((key): StoredKey => {
    const successor = stored.keys.find(
      (other) =>
        other.use === key.use &&
        other.state === 'active' &&
        other.activeFrom > key.activeFrom &&
        new Date(other.activeFrom) <= now,
    )
    if (key.state !== 'active' || !successor) return key
    const { d: _secret, ...jwk } = key.jwk
    return { ...key, state: 'retired', retiredAt: now.toISOString(), jwk }
  })
  return { keys: [...keys, ...added] }
}

async function newKey(use: KeyUse, now: Date, activeFrom: Date): Promise<StoredKey> {
  const { privateKey } = await generateKeyPair(algorithms[use], { extractable: true })
  const jwk = storedKey.shape.jwk.parse(await exportJWK(privateKey))
  return {
    kid: await calculateJwkThumbprint(jwk),
    use,
    state: 'active',
    createdAt: now.toISOString(),
    activeFrom: activeFrom.toISOString(),
    jwk,
  }
}

/**
 * The public key set (RFC 7517) by which anyone verifies offline: every key that signs JWTs, retired ones too. One that is
 * compromised is left out, for nothing it signed may be believed without the public log; the log's own key is published
 * as a C2SP verifier key.
 */
export function publicKeySet(keys: Keys): { keys: JWK[] } {
  const trusted = keys.records.filter(({ use, state }) => use !== 'log' && state !== 'compromised')
  return { keys: trusted.map((record) => record.publicJwk) }
}
