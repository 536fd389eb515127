/**
 * SHA-256 (FIPS 180-4) of bytes that arrive in pieces: WebCrypto hashes only what is whole in memory, and a file of 100 MB
 * must not be.
 */
export function sha256Stream(): { update(bytes: Uint8Array): void; hex(): string } {
  const state = new Int32Array(initial)
  const block = new Uint8Array(64)
  const view = new DataView(block.buffer)
  const schedule = new Int32Array(64)
  let filled = 0
  let total = 0

  function update(bytes: Uint8Array): void {
    total += bytes.length
    let at = 0
    while (at < bytes.length) {
      const taken = Math.min(64 - filled, bytes.length - at)
      block.set(bytes.subarray(at, at + taken), filled)
      filled += taken
      at += taken
      if (filled === 64) {
        compress(state, view, schedule)
        filled = 0
      }
    }
  }

  return {
    update,
    hex() {
      const length = total
      update(new Uint8Array([0x80]))
      update(new Uint8Array((120 - filled) % 64))
      view.setUint32(56, Math.floor(length / 0x2000_0000))
      view.setUint32(60, (length << 3) >>> 0)
      compress(state, view, schedule)
      return Array.from(state, (word) => (word >>> 0).toString(16).padStart(8, '0')).join('')
    },
  }
}

function compress(state: Int32Array, block: DataView, schedule: Int32Array): void {
  for (let i = 0; i < 16; i++) schedule[i] = block.getInt32(i * 4)
  for (let i = 16; i < 64; i++) {
    const x = schedule[i - 15] ?? 0
    const y = schedule[i - 2] ?? 0
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3)
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10)
    schedule[i] = ((schedule[i - 16] ?? 0) + s0 + (schedule[i - 7] ?? 0) + s1) | 0
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state
  for (let i = 0; i < 64; i++) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7))
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + (constants[i] ?? 0) + (schedule[i] ?? 0)) | 0
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10))
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0
    h = g
    g = f
    f = e
    e = (d + t1) | 0
    d = c
    c = b
    b = a
    a = (t1 + t2) | 0
  }
  const words = [a, b, c, d, e, f, g, h]
  for (let i = 0; i < 8; i++) state[i] = ((state[i] ?? 0) + (words[i] ?? 0)) | 0
}

const primes: readonly number[] = Array.from({ length: 312 }, (_, n) => n).filter(
  (n) => n > 1 && !Array.from({ length: n }, (_, d) => d).some((d) => d > 1 && d * d <= n && n % d === 0),
)

/** The first 32 bits of the fractional part. */
function fraction(root: number): number {
  return ((root - Math.floor(root)) * 0x1_0000_0000) | 0
}

const initial = Int32Array.from(primes.slice(0, 8), (prime) => fraction(Math.sqrt(prime)))
const constants = Int32Array.from(primes.slice(0, 64), (prime) => fraction(Math.cbrt(prime)))
