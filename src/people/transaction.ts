import { z } from 'zod'
import type { Context } from '../context.ts'
import { DatabaseError } from '../database.ts'
import { sha256Hex } from '../log/canonical.ts'
import { type Bytes, concatBytes, fromBase64url, toBase64url } from '../log/encoding.ts'
import { findSignIn, insertSignIn, takeSignIn } from './queries.ts'

/** Time to find a password, not to keep a half-open door. */
export const signInSeconds = 600

/** A sign-in under way, from the first click to the provider's answer. */
const transaction = z.object({
  provider: z.string(),
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  /** A path of ours, already shown to be one. */
  returnTo: z.string(),
  /** Hash of the session that asked to link another account; absent: to sign in. */
  linkingSession: z.string().exactOptional(),
})
export type Transaction = z.infer<typeof transaction>

const idBytes = 32
const ivBytes = 12

/** Keeps the sign-in for as long as it may take. @returns the id for the browser's cookie, which alone opens it */
export async function keepTransaction(ctx: Context, begun: Transaction): Promise<string> {
  const id = toBase64url(ctx.randomBytes(idBytes))
  const iv = ctx.randomBytes(ivBytes)
  const plain = new TextEncoder().encode(JSON.stringify(begun))
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, await keyOf(id), plain)
  const row = {
    idSha256: await sha256Hex(id),
    sealed: toBase64url(concatBytes([iv, new Uint8Array(sealed)])),
    expiresAt: new Date(ctx.now.getTime() + signInSeconds * 1000).toISOString(),
  }
  await insertSignIn(ctx.db, row, ctx.now.toISOString())
  return id
}

/**
 * The sign-in that the browser's cookie opens, once: whoever comes second finds nothing, and so does whoever comes with
 * another provider's answer, another state, or too late. A wrong answer leaves the right one possible.
 */
export async function takeTransaction(
  ctx: Context,
  id: string,
  expected: { provider: string; state: string | null },
): Promise<Transaction | undefined> {
  const idSha256 = await sha256Hex(id)
  const row = await findSignIn(ctx.db.read, idSha256, ctx.now.toISOString())
  const kept = row && (await unsealed(id, row.sealed))
  if (!kept || kept.provider !== expected.provider || kept.state !== expected.state) return undefined
  try {
    await takeSignIn(ctx.db, idSha256)
  } catch (error) {
    if (error instanceof DatabaseError && error.fault === 'stale') return undefined
    throw error
  }
  return kept
}

async function unsealed(id: string, sealed: string): Promise<Transaction | undefined> {
  const bytes = fromBase64url(sealed)
  if (!bytes) return undefined
  const algorithm = { name: 'AES-GCM', iv: bytes.slice(0, ivBytes) }
  const plain = await crypto.subtle.decrypt(algorithm, await keyOf(id), bytes.slice(ivBytes))
  return transaction.parse(JSON.parse(new TextDecoder().decode(plain)))
}

/** Another hash of the id than the one that is stored. The id has 256 random bits, so no stretching is needed. */
async function keyOf(id: string): Promise<CryptoKey> {
  const bytes: Bytes = new TextEncoder().encode(`sign-in ${id}`)
  return crypto.subtle.importKey('raw', await crypto.subtle.digest('SHA-256', bytes), 'AES-GCM', false, [
    'encrypt',
    'decrypt',
  ])
}
