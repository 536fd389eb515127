import type { Encoding } from './row.ts'

/**
 * Text of a chunk together with the bytes that the chunk before it left over; what is left over now is an unfinished
 * character of at most four bytes. Broken characters become U+FFFD. A byte order mark stays.
 */
export function decode(
  encoding: Encoding,
  left: readonly number[],
  bytes: Uint8Array,
  last: boolean,
): { text: string; left: number[] } {
  const joined = left.length === 0 ? bytes : concatenated(left, bytes)
  const end = last ? joined.length : joined.length - unfinished(encoding, joined)
  const text = new TextDecoder(encoding, { ignoreBOM: true }).decode(joined.subarray(0, end))
  return { text, left: [...joined.subarray(end)] }
}

function concatenated(left: readonly number[], bytes: Uint8Array): Uint8Array {
  const joined = new Uint8Array(left.length + bytes.length)
  joined.set(left)
  joined.set(bytes, left.length)
  return joined
}

/** Bytes at the end that begin a character which the next chunk goes on with. The bytes start with a whole character. */
function unfinished(encoding: Encoding, bytes: Uint8Array): number {
  switch (encoding) {
    case 'utf-8':
      return unfinishedUtf8(bytes)
    case 'shift_jis':
      return unfinishedShiftJis(bytes)
    default:
      return unfinishedUtf16(bytes, encoding === 'utf-16le')
  }
}

function unfinishedUtf8(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0
    if (byte < 0x80) return 0
    if (byte >= 0xc0) return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > back ? back : 0
  }
  return 0
}

// What stands before a run of first bytes ends a character, so an odd run has a first byte without its second.
function unfinishedShiftJis(bytes: Uint8Array): number {
  let at = bytes.length - 1
  while (at >= 0 && isFirstOfTwo(bytes[at] ?? 0)) at -= 1
  return (bytes.length - 1 - at) % 2
}

function isFirstOfTwo(byte: number): boolean {
  return (byte >= 0x81 && byte <= 0x9f) || (byte >= 0xe0 && byte <= 0xfc)
}

function unfinishedUtf16(bytes: Uint8Array, little: boolean): number {
  const odd = bytes.length % 2
  const high = bytes[bytes.length - odd - (little ? 1 : 2)] ?? 0
  return high >= 0xd8 && high <= 0xdb && bytes.length - odd >= 2 ? odd + 2 : odd
}
