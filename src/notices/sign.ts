import { fromBase64, toBase64 } from '../log/encoding.ts'

const secretPrefix = 'whsec_'
/** Standard Webhooks: between 24 and 64 bytes. */
export const secretBytes = 32

export function secretOf(bytes: Uint8Array): string {
  return `${secretPrefix}${toBase64(bytes)}`
}

/** The headers of a message (Standard Webhooks 1.0, symmetric): the same `id` for every attempt, the time of this one. */
export async function signedHeaders(
  secret: string,
  id: string,
  at: Date,
  payload: string,
): Promise<Record<string, string>> {
  const timestamp = String(Math.floor(at.getTime() / 1000))
  const bytes = fromBase64(secret.slice(secretPrefix.length))
  if (!bytes) throw new TypeError('a webhook secret is whsec_ and base64')
  const key = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  const signed = new TextEncoder().encode(`${id}.${timestamp}.${payload}`)
  const signature = toBase64(new Uint8Array(await crypto.subtle.sign('HMAC', key, signed)))
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` }
}
