import fc from 'fast-check'
import { expect, test } from 'vitest'
import { corporateNumber, parseCorporateNumber } from '../../src/organisations/corporate-number.ts'
import vectors from '../vectors/identifiers.json' with { type: 'json' }

for (const { input, expected } of vectors.corporateNumber) {
  test(`reads ${JSON.stringify(input)} as ${expected}`, () => {
    expect(parseCorporateNumber(input) ?? null).toBe(expected)
  })
}

test('the canonical form reads as itself', () => {
  for (const { expected } of vectors.corporateNumber)
    if (expected !== null) expect(parseCorporateNumber(expected)).toBe(expected)
})

// Modulo 9, so 0 and 9 are alike in the places of weight 1: the check digit cannot tell them apart.
test('one changed digit is noticed, but for 0 and 9 exchanged', () => {
  const valid = '5010005007398'
  for (let at = 0; at < valid.length; at += 1) {
    if (!/\d/.test(valid.charAt(at))) continue
    for (const digit of '0123456789') {
      if (digit === valid.charAt(at) || ((digit === '0' || digit === '9') && '09'.includes(valid.charAt(at)))) continue
      expect(parseCorporateNumber(`${valid.slice(0, at)}${digit}${valid.slice(at + 1)}`)).toBeUndefined()
    }
  }
})

test('the schema gives the canonical form, and refuses with a message', () => {
  expect(corporateNumber.parse(' 5010005007398 ')).toBe('5010005007398')
  expect(corporateNumber.safeParse('6010005007398').success).toBe(false)
})

test('any text is answered without an exception', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      const found = parseCorporateNumber(text)
      if (found !== undefined) expect(parseCorporateNumber(found)).toBe(found)
    }),
  )
})
