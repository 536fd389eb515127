import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseRor, ror } from '../../src/organisations/ror.ts'
import vectors from '../vectors/identifiers.json' with { type: 'json' }

for (const { input, expected } of vectors.ror) {
  test(`reads ${JSON.stringify(input)} as ${expected}`, () => {
    expect(parseRor(input) ?? null).toBe(expected)
  })
}

test('the canonical form reads as itself', () => {
  for (const { expected } of vectors.ror) if (expected !== null) expect(parseRor(expected)).toBe(expected)
})

test('one changed digit is noticed', () => {
  const valid = 'https://ror.org/057zh3y96'
  for (let at = 0; at < valid.length; at += 1) {
    if (!/\d/.test(valid.charAt(at))) continue
    for (const digit of '0123456789') {
      if (digit === valid.charAt(at)) continue
      expect(parseRor(`${valid.slice(0, at)}${digit}${valid.slice(at + 1)}`)).toBeUndefined()
    }
  }
})

test('the schema gives the canonical form, and refuses with a message', () => {
  expect(ror.parse(' https://ror.org/057zh3y96 ')).toBe('https://ror.org/057zh3y96')
  expect(ror.safeParse('057zh3y97').success).toBe(false)
})

test('any text is answered without an exception', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      const found = parseRor(text)
      if (found !== undefined) expect(parseRor(found)).toBe(found)
    }),
  )
})
