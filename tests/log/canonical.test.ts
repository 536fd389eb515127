import canonicalize from 'canonicalize'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonical, type JsonValue, sha256, sha256Hex } from '../../src/log/canonical.ts'
import {
  concatBytes,
  equalBytes,
  fromBase64,
  fromBase64url,
  toBase64,
  toBase64url,
  toHex,
} from '../../src/log/encoding.ts'

const texts = fc.string({ unit: 'binary' })
const numbers = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer(), fc.constantFrom(-0, 1e21))
const { value: json } = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    texts,
    numbers,
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(texts, tie('value'), { maxKeys: 5, noNullPrototype: true }),
  ),
}))

describe('canonical', () => {
  test('writes every JSON value as the canonicalize package does', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(canonical(value)).toBe(canonicalize(value))
      }),
      { numRuns: 2_000 },
    )
  })

  test('writes one text whatever the order of keys, and text that reads back as the value', () => {
    fc.assert(
      fc.property(fc.dictionary(texts, json, { noNullPrototype: true }), (value) => {
        const backwards = Object.fromEntries(Object.entries(value).reverse())
        expect(canonical(backwards)).toBe(canonical(value))
        expect(canonical(JSON.parse(canonical(value)))).toBe(canonical(value))
      }),
    )
  })

  // The two examples of RFC 8785 sections 3.2.2 and 3.2.3.
  test('writes the examples of RFC 8785', () => {
    const example = {
      numbers: [Number('333333333.33333329'), 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/',
      literals: [null, true, false],
    }
    expect(canonical(example)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    )
    const keys = ['\u20ac', '\r', '\ufb33', '1', '\ud83d\ude00', '\u0080', '\u00f6']
    const sorted = ['\r', '1', '\u0080', '\u00f6', '\u20ac', '\ud83d\ude00', '\ufb33']
    const written = canonical(Object.fromEntries(keys.map((key) => [key, ''])))
    expect(Object.keys(JSON.parse(written)).toSorted()).toEqual(sorted)
    expect(written).toBe(`{${sorted.map((key) => `${JSON.stringify(key)}:""`).join(',')}}`)
  })

  test.each([
    [1e21, '1e+21'],
    [-0, '0'],
    [1e-7, '1e-7'],
    [2 ** 53, '9007199254740992'],
    [5e-324, '5e-324'],
  ])('writes the number %d as %s', (number, text) => {
    expect(canonical(number)).toBe(text)
  })

  test('refuses a lone surrogate, in a value and in a key', () => {
    expect(() => canonical('\ud83d')).toThrow(TypeError)
    expect(() => canonical(['\ude00\ud83d'])).toThrow(TypeError)
    expect(() => canonical({ a: { 'k\udead': 1 } })).toThrow(TypeError)
    expect(canonical('\ud83d\ude00')).toBe('"\ud83d\ude00"')
  })

  test('refuses numbers and values that JSON cannot hold', () => {
    for (const number of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      expect(() => canonical({ number })).toThrow(TypeError)
    }
    const looselyTyped: { value: string }[] = [JSON.parse('{}')]
    expect(() => canonical({ value: looselyTyped.map((row) => row.value) })).toThrow(TypeError)
  })
})

describe('sha256', () => {
  test('hashes text as its UTF-8 bytes', async () => {
    expect(await sha256Hex('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
    expect(await sha256('入会')).toEqual(await sha256(new TextEncoder().encode('入会')))
  })

  test('hashes only the bytes of a view', async () => {
    const view = Uint8Array.of(9, 97, 98, 99, 9).subarray(1, 4)
    expect(await sha256Hex(view)).toBe(await sha256Hex('abc'))
  })
})

describe('encoders', () => {
  test('write what Node writes, and read it back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const buffer = Buffer.from(bytes)
        expect(toHex(bytes)).toBe(buffer.toString('hex'))
        expect(toBase64(bytes)).toBe(buffer.toString('base64'))
        expect(toBase64url(bytes)).toBe(buffer.toString('base64url'))
        expect(equalBytes(fromBase64(toBase64(bytes)) ?? Uint8Array.of(0, 0), bytes)).toBe(true)
        expect(equalBytes(fromBase64url(toBase64url(bytes)) ?? Uint8Array.of(0, 0), bytes)).toBe(true)
      }),
    )
  })

  test.each(['A', 'AB', 'AA=', 'AAAA=', 'AA==\n', ' AA==', 'AB==', '-_8=', 'あ'])('refuse %j as base64', (text) => {
    expect(fromBase64(text)).toBeUndefined()
  })

  test.each(['A', 'AA==', 'AB', '+/8', '-_8=', 'A A', 'あ'])('refuse %j as base64url', (text) => {
    expect(fromBase64url(text)).toBeUndefined()
  })

  test('compare bytes by length and content', () => {
    expect(equalBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 2))).toBe(true)
    expect(equalBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 3))).toBe(false)
    expect(equalBytes(Uint8Array.of(1), Uint8Array.of(1, 0))).toBe(false)
    expect(concatBytes([Uint8Array.of(1), new Uint8Array(), Uint8Array.of(2, 3)])).toEqual(Uint8Array.of(1, 2, 3))
  })
})
