import { expect, test } from 'vitest'
import { sha256Stream } from '../../src/imports/sha256.ts'
import { sha256Hex } from '../../src/log/canonical.ts'

test('the digest of bytes in pieces is that of the whole, for every length around a block', async () => {
  for (const length of [0, 1, 55, 56, 63, 64, 65, 119, 120, 128, 1000, 131_072]) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 31 + length) & 0xff)
    const hash = sha256Stream()
    for (let at = 0; at < length; at += 37) hash.update(bytes.subarray(at, at + 37))
    expect(hash.hex(), String(length)).toBe(await sha256Hex(bytes))
  }
})
