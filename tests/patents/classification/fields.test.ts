import { describe, expect, test } from 'vitest'
import { concordance } from '../../../src/patents/classification/concordance.ts'
import { fieldName, fieldOf, fieldsOf, technologyFields } from '../../../src/patents/classification/fields.ts'
import vectors from '../../vectors/technology-fields.json' with { type: 'json' }

describe('the official concordance', () => {
  test.each(Object.entries(vectors.fields))('field %s has its subclasses and main groups', (field, patterns) => {
    for (const pattern of patterns.split(' ')) {
      const symbol = pattern.length === 4 ? `${pattern}1/00` : `${pattern}/00`
      expect([pattern, fieldOf(symbol)]).toEqual([pattern, Number(field)])
    }
  })

  test('no subclass is listed in two fields', () => {
    const listed = concordance.flatMap(({ subclasses }) =>
      subclasses.split(' ').flatMap((run) => [...run.slice(3)].map((letter) => `${run.slice(0, 3)}${letter}`)),
    )
    expect(new Set(listed).size).toBe(listed.length)
  })
})

test.each([
  ['G06V10/00', 6],
  ['G16Y10/00', 4],
  ['B64U10/00', 32],
  ['A44D1/00', 34],
  ['H10B12/00', 8],
  ['H10K50/00', 8],
  ['H10N10/00', 8],
])('what the IPC gained after the concordance, %s, is in field %i', (symbol, field) => {
  expect(fieldsOf([symbol])).toEqual([field])
})

test.each([
  ['H04N23/60', 2],
  ['G01N2033/0001', 10],
  ['A61K2039/505', 16],
  ['B01D2253/00', 23],
])('a main group that the concordance does not name, %s, goes with the rest of its subclass', (symbol, field) => {
  expect(fieldsOf([symbol])).toEqual([field])
})

test('splits by main group hold for longer subgroups and for FI', () => {
  expect(fieldsOf(['G01N33/48', 'G01N33/543,575'])).toEqual([11])
  expect(fieldsOf(['A61K8/02', 'A61K31/4709'])).toEqual([14, 16])
  expect(fieldsOf(['B01D53/14', 'B01D5/00'])).toEqual([23, 24])
})

test('fields come ascending and once, and what is CPC alone has none', () => {
  expect(fieldsOf(['H01M10/0562', 'C01B25/14', 'H01M4/02', 'Y02E60/10'])).toEqual([1, 20])
  expect(fieldsOf(['Y02E60/10', 'F05B2220/00', ''])).toEqual([])
})

test('there are 35 fields in five sectors, named in both languages', () => {
  expect(technologyFields.map(({ field }) => field)).toEqual(Array.from({ length: 35 }, (_, at) => at + 1))
  expect(new Set(technologyFields.map(({ sector }) => sector.ja)).size).toBe(5)
  expect(new Set(technologyFields.map(({ name }) => name.ja)).size).toBe(35)
  expect(new Set(technologyFields.map(({ name }) => name.en)).size).toBe(35)
  expect(fieldName(15)).toEqual({ ja: 'バイオテクノロジー', en: 'Biotechnology' })
})
