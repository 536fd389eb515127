import { expect, test } from 'vitest'
import { isKnownPlace, rightReaches } from '../../policies/territory.ts'

test.each([
  ['JP', 'JP', true],
  ['JP', 'US', false],
  ['EP', 'DE', true],
  ['EP', 'GB', true],
  ['EP', 'TR', true],
  ['EP', 'MA', true],
  ['EP', 'NC', true],
  ['EP', 'US', false],
  ['EA', 'KZ', true],
  ['EA', 'UA', false],
  ['AP', 'KE', true],
  ['AP', 'ZA', false],
  ['OA', 'SN', true],
  ['GC', 'SA', true],
  ['WO', 'JP', true],
  ['US', 'PR', true],
  ['FR', 'NC', true],
  ['CN', 'HK', false],
])('a right of %s in %s: %s', (office, country, reaches) => {
  expect(rightReaches(office, country)).toBe(reaches)
})

test('a region as the place of research is any of its countries', () => {
  expect(rightReaches('DE', 'EP')).toBe(true)
  expect(rightReaches('JP', 'EP')).toBe(false)
  expect(rightReaches('JP', 'WO')).toBe(true)
})

test('an office that is not known may reach anywhere', () => {
  expect(rightReaches('XN', 'JP')).toBe(true)
})

test('a place is known by its code in capitals', () => {
  expect(['JP', 'EP', 'WO', 'XK'].map(isKnownPlace)).toEqual([true, true, true, true])
  expect(['jp', 'JA', 'UK', '', 'Japan', 'constructor'].map(isKnownPlace)).toEqual([
    false,
    false,
    false,
    false,
    false,
    false,
  ])
})
