import { expect, test } from 'vitest'
import { sha256Hex } from '../../src/log/canonical.ts'
import { startSha256 } from '../../src/log/sha256.ts'

test('piece by piece it is what WebCrypto says of the whole, at every length and cut', async () => {
  for (let length = 0; length < 300; length++) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 37 + length) % 256)
    const digest = startSha256()
    for (let at = 0; at < length; ) {
      const next = at + 1 + ((at * 7 + length) % 130)
      digest.add(bytes.subarray(at, next))
      at = next
    }
    expect(digest.hex()).toBe(await sha256Hex(bytes))
  }
})

test('long input counts its bits beyond 32 of them', async () => {
  const piece = new Uint8Array(1024 * 1024).fill(97)
  const digest = startSha256()
  for (let i = 0; i < 8; i++) digest.add(piece)
  expect(digest.hex()).toBe(await sha256Hex(new Uint8Array(8 * 1024 * 1024).fill(97)))
})
