import fc from 'fast-check'
import { expect, test } from 'vitest'
import { orcid, parseOrcid } from '../../src/people/orcid.ts'
import vectors from '../vectors/identifiers.json' with { type: 'json' }

for (const { input, expected } of vectors.orcid) {
  test(`reads ${JSON.stringify(input)} as ${expected}`, () => {
    expect(parseOrcid(input) ?? null).toBe(expected)
  })
}

test('the canonical form reads as itself', () => {
  for (const { expected } of vectors.orcid) if (expected !== null) expect(parseOrcid(expected)).toBe(expected)
})

test('one changed digit is noticed', () => {
  const valid = 'https://orcid.org/0000-0002-1825-0097'
  for (let at = 0; at < valid.length; at += 1) {
    if (!/\d/.test(valid.charAt(at))) continue
    for (const digit of '0123456789') {
      if (digit === valid.charAt(at)) continue
      expect(parseOrcid(`${valid.slice(0, at)}${digit}${valid.slice(at + 1)}`)).toBeUndefined()
    }
  }
})

test('the schema gives the canonical form, and refuses with a message', () => {
  expect(orcid.parse(' https://orcid.org/0000-0002-1825-0097 ')).toBe('https://orcid.org/0000-0002-1825-0097')
  expect(orcid.safeParse('0000-0002-1825-0098').success).toBe(false)
})

test('any text is answered without an exception', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      const found = parseOrcid(text)
      if (found !== undefined) expect(parseOrcid(found)).toBe(found)
    }),
  )
})
