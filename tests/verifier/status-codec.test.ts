import { deflateSync } from 'node:zlib'
import { StatusList } from '@sd-jwt/jwt-status-list'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toHex } from '../../src/log/encoding.ts'
import {
  decodeStatusList,
  encodeStatusList,
  getStatus,
  type StatusBits,
  setStatus,
  statusListBits,
  statusListBytesMax,
} from '../../src/verifier/status-codec.ts'
import vectors from '../vectors/status-lists.json' with { type: 'json' }

const widths: StatusBits[] = [1, 2, 4, 8]
const readAll = (bytes: Uint8Array, count: number, bits: StatusBits) =>
  Array.from({ length: count }, (_, index) => getStatus(bytes, index, bits))

describe('the published vectors', () => {
  const held = vectors.cases.flatMap(({ name, bits, statuses, packed, lst }) => {
    const width = widths.find((each) => each === bits)
    return width && statuses ? [{ name, bits: width, statuses, packed, lst }] : []
  })
  const refused = vectors.cases.filter(({ valid }) => !valid)

  test('all say what to expect', () => {
    expect(held.length + refused.length).toBe(vectors.cases.length)
    expect(refused.length).toBeGreaterThan(5)
  })

  test.each(held)('$name', async ({ bits, statuses, packed, lst }) => {
    const written = new Uint8Array(Buffer.from(packed, 'hex').length)
    for (const [index, status] of statuses.entries()) setStatus(written, index, status, bits)
    expect(toHex(written)).toBe(packed)

    const read = await decodeStatusList(lst)
    expect(toHex(read)).toBe(packed)
    expect(readAll(read, statuses.length, bits)).toEqual(statuses)
    expect(toHex(await decodeStatusList(await encodeStatusList(statuses, bits)))).toBe(packed)
  })

  test.each(refused)('refuses $name', async ({ lst }) => {
    await expect(decodeStatusList(lst)).rejects.toThrow(/the status list is/)
  })
})

describe('the package of sd-jwt', () => {
  // Spread over the list by a multiplier without common factor, so that every value stands beside every other.
  const statuses = Array.from({ length: 131_072 }, (_, index) => Math.floor((index * 40_503) / 128) % 4)

  test('reads our list of 131,072 entries', async () => {
    const theirs = StatusList.decompressStatusList(await encodeStatusList(statuses, statusListBits), statusListBits)
    expect(statuses.every((status, index) => theirs.getStatus(index) === status)).toBe(true)
    expect(new Set(statuses).size).toBe(4)
  })

  test('writes a list of 131,072 entries that we read', async () => {
    const ours = await decodeStatusList(new StatusList(statuses, statusListBits).compressStatusList())
    expect(statuses.every((status, index) => getStatus(ours, index, statusListBits) === status)).toBe(true)
  })

  test.each(widths)('reads and writes lists of %d bits as we do', async (bits) => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(2 ** bits - 1), { minLength: 8, maxLength: 200 }), async (values) => {
        const whole = values.slice(0, values.length - (values.length % 8))
        const lst = await encodeStatusList(whole, bits)
        expect(StatusList.decompressStatusList(lst, bits).statusList.slice(0, whole.length)).toEqual(whole)
        const theirs = await decodeStatusList(new StatusList(whole, bits).compressStatusList())
        expect(readAll(theirs, whole.length, bits)).toEqual(whole)
      }),
      { numRuns: 50 },
    )
  })
})

describe('a status', () => {
  test.each(widths)('of %d bits changes alone', (bits) => {
    const count = (8 / bits) * 3
    const value = fc.nat(2 ** bits - 1)
    const list = fc.array(value, { minLength: count, maxLength: count })
    fc.assert(
      fc.property(list, fc.nat(count - 1), value, (statuses, index, changed) => {
        const bytes = new Uint8Array(3)
        for (const [at, status] of statuses.entries()) setStatus(bytes, at, status, bits)
        setStatus(bytes, index, changed, bits)
        expect(readAll(bytes, count, bits)).toEqual(statuses.with(index, changed))
      }),
    )
  })

  test.each(widths)('of %d bits is never read or written beyond the list', (bits) => {
    const bytes = new Uint8Array(2)
    const last = 16 / bits - 1
    expect(getStatus(bytes, last, bits)).toBe(0)
    for (const index of [last + 1, 2 ** 32 + 1, -1, 0.5, Number.NaN]) {
      expect(() => getStatus(bytes, index, bits)).toThrow(RangeError)
      expect(() => setStatus(bytes, index, 1, bits)).toThrow(RangeError)
    }
    expect(() => getStatus(new Uint8Array(), 0, bits)).toThrow(RangeError)
    expect(toHex(bytes)).toBe('0000')
  })

  test.each(widths)('of %d bits refuses a value that does not fit', async (bits) => {
    const bytes = new Uint8Array(1)
    for (const value of [2 ** bits, -1, 0.5, Number.NaN]) {
      expect(() => setStatus(bytes, 0, value, bits)).toThrow(RangeError)
      await expect(encodeStatusList([0, value], bits)).rejects.toThrow(RangeError)
    }
    expect(toHex(bytes)).toBe('00')
  })
})

describe('a compressed list', () => {
  test('stays short while few are revoked', async () => {
    const statuses = new Uint8Array(131_072)
    expect((await encodeStatusList(statuses, statusListBits)).length).toBeLessThan(150)
    for (let index = 0; index < statuses.length; index += 101) statuses[index] = 1
    expect((await encodeStatusList(statuses, statusListBits)).length).toBeLessThan(5_000)
  })

  test('is read up to its greatest size and no further', async () => {
    const deflated = (length: number) => deflateSync(new Uint8Array(length)).toString('base64url')
    expect(await decodeStatusList(deflated(statusListBytesMax))).toHaveLength(statusListBytesMax)
    await expect(decodeStatusList(deflated(statusListBytesMax + 1))).rejects.toThrow(RangeError)
    await expect(decodeStatusList(deflated(statusListBytesMax * 200))).rejects.toThrow(RangeError)
    await expect(decodeStatusList('A'.repeat(statusListBytesMax * 2))).rejects.toThrow(RangeError)
  })

  test('that does not compress is still read', async () => {
    const noise = crypto.getRandomValues(new Uint8Array(65_536))
    const statuses = Array.from({ length: statusListBytesMax }, (_, index) => noise[(index * 31) % 65_536] ?? 0)
    const read = await decodeStatusList(deflateSync(Uint8Array.from(statuses), { level: 0 }).toString('base64url'))
    expect(read).toHaveLength(statusListBytesMax)
    expect(readAll(read, 100, 8)).toEqual(statuses.slice(0, 100))
  })
})
