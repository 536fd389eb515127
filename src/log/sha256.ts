import { toHex } from './encoding.ts'

/**
 * SHA-256 (FIPS 180-4) of bytes that come one piece after another. WebCrypto has it only for bytes that are all at hand,
 * which a dump of the whole registry never is.
 */
export function startSha256(): { add(bytes: Uint8Array): void; hex(): string } {
  const state = Uint32Array.from(initial)
  const words = new Uint32Array(64)
  const block = new Uint8Array(blockBytes)
  let filled = 0
  let length = 0

  function compress(bytes: Uint8Array, at: number) {
    for (let i = 0; i < 16; i++) {
      const from = at + i * 4
      words[i] =
        ((bytes[from] ?? 0) << 24) |
        ((bytes[from + 1] ?? 0) << 16) |
        ((bytes[from + 2] ?? 0) << 8) |
        (bytes[from + 3] ?? 0)
    }
    for (let i = 16; i < 64; i++) {
      const w15 = words[i - 15] ?? 0
      const w2 = words[i - 2] ?? 0
      const s0 = rotated(w15, 7) ^ rotated(w15, 18) ^ (w15 >>> 3)
      const s1 = rotated(w2, 17) ^ rotated(w2, 19) ^ (w2 >>> 10)
      words[i] = ((words[i - 16] ?? 0) + s0 + (words[i - 7] ?? 0) + s1) | 0
    }
    let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state
    for (let i = 0; i < 64; i++) {
      const s1 = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)
      const first = (h + s1 + ((e & f) ^ (~e & g)) + (roundConstants[i] ?? 0) + (words[i] ?? 0)) | 0
      const s0 = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)
      const second = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0
      h = g
      g = f
      f = e
      e = (d + first) | 0
      d = c
      c = b
      b = a
      a = (first + second) | 0
    }
    for (const [i, value] of [a, b, c, d, e, f, g, h].entries()) state[i] = ((state[i] ?? 0) + value) | 0
  }

  function add(bytes: Uint8Array) {
    length += bytes.length
    let at = 0
    if (filled > 0) {
      at = Math.min(blockBytes - filled, bytes.length)
      block.set(bytes.subarray(0, at), filled)
      filled += at
      if (filled < blockBytes) return
      compress(block, 0)
      filled = 0
    }
    for (; at + blockBytes <= bytes.length; at += blockBytes) compress(bytes, at)
    block.set(bytes.subarray(at), 0)
    filled = bytes.length - at
  }

  return {
    add,
    /** The digest, lower-case hexadecimal. Nothing is added afterwards. */
    hex() {
      const bits = length * 8
      const padding = new Uint8Array((filled < 56 ? 56 : 120) - filled + 8)
      padding[0] = 0x80
      const view = new DataView(padding.buffer)
      view.setUint32(padding.length - 8, Math.floor(bits / 2 ** 32))
      view.setUint32(padding.length - 4, bits >>> 0)
      add(padding)
      const digest = new Uint8Array(32)
      const out = new DataView(digest.buffer)
      for (const [i, word] of state.entries()) out.setUint32(i * 4, word)
      return toHex(digest)
    },
  }
}

const blockBytes = 64

function rotated(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by))
}

/** The first 32 bits of the fractional parts of the roots of the first primes, as the standard makes them. */
const primes = firstPrimes(64)
const initial = primes.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)))
const roundConstants = Uint32Array.from(primes.map((prime) => fraction(Math.cbrt(prime))))

function fraction(root: number): number {
  return Math.floor((root - Math.floor(root)) * 2 ** 32)
}

function firstPrimes(count: number): number[] {
  const found: number[] = []
  for (let candidate = 2; found.length < count; candidate++)
    if (found.every((prime) => candidate % prime !== 0)) found.push(candidate)
  return found
}
