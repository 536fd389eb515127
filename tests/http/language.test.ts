import { expect, test } from 'vitest'
import { fill, readCount } from '../../src/http/language.ts'
import { badge } from '../../src/usage/badge.tsx'

test('a count and what it counts agree in number', () => {
  const of = (count: string | number) => fill('{count|patent is|patents are} open, of {total}', { count, total: 9 })
  expect([of(0), of('1'), of(1), of(2), of('1,001')]).toEqual([
    '0 patents are open, of 9',
    '1 patent is open, of 9',
    '1 patent is open, of 9',
    '2 patents are open, of 9',
    '1,001 patents are open, of 9',
  ])
  expect(fill('{count|patent|patents} of {name}', { name: 'A' })).toBe('{count|patent|patents} of A')
  expect(readCount(1, 'en')).toBe('1')
})

test('the badge of one open patent does not say patents', () => {
  const of = (open: number) => badge({ name: 'Kyoto', open, on: '2026-11-21', lang: 'en' })
  expect(of(1)).toContain('1 patent open to research')
  expect(of(2)).toContain('2 patents open to research')
})
