import { type Bytes, concatBytes, fromBase64url, toBase64url } from '../log/encoding.ts'

// The list part of the IETF Token Status List (draft-ietf-oauth-status-list): entries of 1, 2, 4 or 8 bits, packed
// from the least significant bit of each byte, compressed as ZLIB (RFC 1950), in base64url.

export type StatusBits = 1 | 2 | 4 | 8

/** Two bits hold valid, invalid and suspended. */
export const statusListBits = 2
/** 2^20 entries of 8 bits, the largest list among the test vectors of the draft. A bomb inflates further. */
export const statusListBytesMax = 2 ** 20

/**
 * Packs and compresses one value for each entry, in order of index. RangeError for a value that `bits` cannot hold.
 * A list that does not fill its last byte gains entries of value 0 there.
 */
export async function encodeStatusList(statuses: ArrayLike<number>, bits: StatusBits): Promise<string> {
  const bytes = new Uint8Array(Math.ceil((statuses.length * bits) / 8))
  for (let index = 0; index < statuses.length; index++) setStatus(bytes, index, statuses[index] ?? 0, bits)
  return compress(bytes)
}

/**
 * The packed bytes of `lst`, to be read with `getStatus`. TypeError when it is not base64url of ZLIB data,
 * RangeError when it is larger than `statusListBytesMax`.
 */
export async function decodeStatusList(lst: string): Promise<Bytes> {
  if (lst.length > statusListLengthMax) throw new RangeError('the status list is too large')
  const compressed = fromBase64url(lst)
  if (!compressed) throw new TypeError('the status list is not base64url')
  return inflate(compressed)
}

/** RangeError for an index beyond the list: the draft says to reject, never to read it as valid. */
export function getStatus(bytes: Uint8Array, index: number, bits: StatusBits): number {
  const { at, shift } = placeOf(bytes, index, bits)
  return ((bytes[at] ?? 0) >> shift) & largest(bits)
}

/** Writes into `bytes`. RangeError for an index beyond the list or a value that `bits` cannot hold. */
export function setStatus(bytes: Uint8Array, index: number, value: number, bits: StatusBits): void {
  if (!Number.isInteger(value) || value < 0 || value > largest(bits)) {
    throw new RangeError(`${value} is not a status of ${bits} bits`)
  }
  const { at, shift } = placeOf(bytes, index, bits)
  bytes[at] = ((bytes[at] ?? 0) & ~(largest(bits) << shift)) | (value << shift)
}

/** Room for data that does not compress at all: base64 adds a third, and ZLIB a few bytes in each block. */
const statusListLengthMax = Math.ceil(statusListBytesMax * 1.4)

function placeOf(bytes: Uint8Array, index: number, bits: StatusBits): { at: number; shift: number } {
  const perByte = 8 / bits
  if (!Number.isInteger(index) || index < 0 || index >= bytes.length * perByte) {
    throw new RangeError(`status index ${index} is out of range`)
  }
  return { at: Math.floor(index / perByte), shift: (index % perByte) * bits }
}

function largest(bits: StatusBits): number {
  return 2 ** bits - 1
}

async function compress(bytes: Bytes): Promise<string> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate'))
  return toBase64url(new Uint8Array(await new Response(stream).arrayBuffer()))
}

async function inflate(compressed: Bytes): Promise<Bytes> {
  const reader = new Blob([compressed]).stream().pipeThrough(new DecompressionStream('deflate')).getReader()
  const chunks: Uint8Array[] = []
  let length = 0
  for (;;) {
    const { done, value } = await reader.read().catch(notZlib)
    if (done) return concatBytes(chunks)
    chunks.push(value)
    length += value.length
    if (length > statusListBytesMax) {
      await reader.cancel()
      throw new RangeError('the status list is too large')
    }
  }
}

// Runtimes differ in the error that their streams end with.
function notZlib(cause: unknown): never {
  throw new TypeError('the status list is not ZLIB data', { cause })
}
