import { type Bytes, hasLoneSurrogate, toHex } from './encoding.ts'

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue }

/**
 * The one text of a JSON value (RFC 8785): no spaces, keys in UTF-16 order, numbers as ECMAScript writes them.
 * Throws TypeError for what has no JSON or UTF-8 form: NaN, Infinity, undefined, a lone surrogate.
 */
export function canonical(value: JsonValue): string {
  if (typeof value === 'string') return canonicalString(value)
  if (typeof value === 'number') return canonicalNumber(value)
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value !== 'object') throw new TypeError(`${typeof value} has no JSON form`)
  if (isList(value)) return `[${value.map(canonical).join(',')}]`
  const members = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1))
  return `{${members.map(([key, member]) => `${canonicalString(key)}:${canonical(member)}`).join(',')}}`
}

/** SHA-256 of bytes, or of the UTF-8 form of a text. */
export async function sha256(data: Uint8Array | string): Promise<Bytes> {
  const bytes = typeof data === 'string' ? new TextEncoder().encode(data) : new Uint8Array(data)
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
}

export async function sha256Hex(data: Uint8Array | string): Promise<string> {
  return toHex(await sha256(data))
}

function canonicalString(text: string): string {
  if (hasLoneSurrogate(text)) throw new TypeError('a lone surrogate has no UTF-8 form')
  return JSON.stringify(text)
}

function canonicalNumber(number: number): string {
  if (!Number.isFinite(number)) throw new TypeError(`${number} has no JSON form`)
  return JSON.stringify(number)
}

// Array.isArray does not narrow a readonly array.
function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value)
}
