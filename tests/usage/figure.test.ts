import { expect, test } from 'vitest'
import { figureOf, partsOf, shownOf, sumOf } from '../../src/usage/figure.ts'
import { monthsUntil, useOf } from '../../src/usage/use.ts'

const few = { value: null, hidden: true }

test('a number below five is hidden, and zero is not told apart from four', () => {
  for (const count of [0, 1, 4]) expect(figureOf(partsOf(count))).toEqual(few)
  expect(figureOf(partsOf(5))).toEqual({ value: 5, hidden: false })
})

test('no sum tells a hidden number by its difference from what is shown', () => {
  for (let a = 0; a < 12; a++)
    for (let b = 0; b < 12; b++)
      for (let c = 0; c < 12; c++) {
        const parts = [a, b, c].map(partsOf)
        const rest = shownOf(sumOf(parts)) - parts.reduce((sum, one) => sum + shownOf(one), 0)
        expect(rest === 0 || rest >= 5, `${a} ${b} ${c}`).toBe(true)
      }
})

test('months go back two years over the ends of years', () => {
  const months = monthsUntil('2026-02-28')
  expect([months.length, months[0], months[1], months[2], months.at(-1)]).toEqual([
    24,
    '2026-02',
    '2026-01',
    '2025-12',
    '2024-03',
  ])
})

test('a total counts hidden months once there are five in them together', () => {
  const counted = (counts: Record<string, number>) =>
    new Map(Object.entries(counts).map(([month, count]) => [month, partsOf(count)]))
  const none = counted({})
  const of = (counts: Record<string, number>) =>
    useOf({ checks: counted(counts), grants: none, reports: none }, '2026-11-21').totals.checks
  expect(of({ '2026-11': 8, '2026-10': 3 })).toEqual({ value: 8, hidden: false })
  expect(of({ '2026-11': 3, '2026-10': 3 })).toEqual({ value: 6, hidden: false })
  expect(of({ '2026-11': 4 })).toEqual(few)
})
