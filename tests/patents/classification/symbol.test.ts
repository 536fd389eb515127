import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  mainGroupOf,
  parseSymbol,
  sectionOf,
  splitSymbols,
  subclassOf,
} from '../../../src/patents/classification/symbol.ts'

describe('parseSymbol', () => {
  test.each([
    ['H01M10/0562', 'ipc', 'H01M10/0562'],
    ['H01M 10/0562', 'ipc', 'H01M10/0562'],
    ['h01m 10/0562', 'ipc', 'H01M10/0562'],
    ['Ｈ０１Ｍ１０／０５６２', 'ipc', 'H01M10/0562'],
    ['A61K  31/4709', 'ipc', 'A61K31/4709'],
    ['A61K0031470900', 'ipc', 'A61K31/4709'],
    ['H01L0021000000', 'ipc', 'H01L21/00'],
    ['A61K0031/4709', 'ipc', 'A61K31/4709'],
    ['H01M 10/0562 (2010.01)', 'ipc', 'H01M10/0562'],
    ['A61K2039/505', 'cpc', 'A61K2039/505'],
    ['Y02E60/10', 'cpc', 'Y02E60/10'],
    ['H01M10/0562 (EP, US)', 'cpc', 'H01M10/0562'],
    ['H02J3/00,170@A', 'fi', 'H02J3/00,170@A'],
    ['Ｈ０２Ｊ　３／００　１７０Ａ', 'fi', 'H02J3/00,170@A'],
    ['G05D1/02@W', 'fi', 'G05D1/02@W'],
    ['H04M11/00,301', 'fi', 'H04M11/00,301'],
    ['G05D111:63', 'fi', 'G05D111:63'],
    ['H01M8/04701', 'fi', 'H01M8/04701'],
  ] as const)('reads %s of %s as %s', (input, scheme, expected) => {
    expect(parseSymbol(input, scheme)).toBe(expected)
  })

  test.each([
    ['', 'ipc'],
    ['H01M', 'ipc'],
    ['H01M10', 'ipc'],
    ['Y02E60/10', 'ipc'],
    ['I01M10/00', 'ipc'],
    ['H01M0/00', 'ipc'],
    ['H01M10/0', 'ipc'],
    ['H01M10/0562@A', 'ipc'],
    ['H02J3/00,17', 'fi'],
    ['Y02E60/10', 'fi'],
    ['H01M10/0562 x'.repeat(20), 'fi'],
  ] as const)('does not read %s as %s', (input, scheme) => {
    expect(parseSymbol(input, scheme)).toBeUndefined()
  })

  test('a canonical symbol reads as itself, and any text is answered', () => {
    const unit = fc.constantFrom('H', '01', 'M', '1', '0', '/', ',', '@', ' ', 'A', ':', '(', '\u0000')
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 80 }),
      fc.array(unit, { maxLength: 20 }).map((parts) => parts.join('')),
    )
    fc.assert(
      fc.property(text, fc.constantFrom('ipc' as const, 'cpc' as const, 'fi' as const), (input, scheme) => {
        const found = parseSymbol(input, scheme)
        if (found !== undefined) expect(parseSymbol(found, scheme)).toBe(found)
      }),
      { numRuns: 5000 },
    )
  })
})

describe('splitSymbols', () => {
  test('a comma inside an FI does not separate', () => {
    expect(splitSymbols('B60K35/00@A,H02J3/00,170@A,H04M11/00,301,G05D105:00', 'fi')).toEqual([
      'B60K35/00@A',
      'H02J3/00,170@A',
      'H04M11/00,301',
      'G05D105:00',
    ])
  })

  test.each([
    'H01M10/0562;;C01B25/14',
    'H01M10/0562; C01B25/14;',
    'H01M10/0562\nC01B25/14',
    'H01M 10/0562, C01B 25/14',
    'H01M10/0562、C01B25/14、H01M10/0562',
  ])('%j has two symbols of the IPC', (cell) => {
    expect(splitSymbols(cell, 'ipc')).toEqual(['H01M10/0562', 'C01B25/14'])
  })

  test('what is no symbol is left out', () => {
    expect(splitSymbols('', 'ipc')).toEqual([])
    expect(splitSymbols('電池;H01M10/0562;H01', 'ipc')).toEqual(['H01M10/0562'])
  })
})

test('section, subclass and main group of a symbol', () => {
  expect([sectionOf('H01M10/0562'), subclassOf('H01M10/0562'), mainGroupOf('H01M10/0562')]).toEqual([
    'H',
    'H01M',
    'H01M10',
  ])
  expect(mainGroupOf('G05D105:00')).toBe('G05D105')
  expect(mainGroupOf('H02J3/00,170@A')).toBe('H02J3')
})
