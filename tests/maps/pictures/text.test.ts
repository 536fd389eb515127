import { expect, test } from 'vitest'
import { amount, fitted, widthOf, wrap } from '../../../src/maps/pictures/text.ts'

test('a full-width letter is an em, others about half', () => {
  expect(widthOf('電池', 12)).toBe(24)
  expect(widthOf('cells', 10)).toBeLessThan(5 * 6.5)
  expect(widthOf('𠮷', 12)).toBeGreaterThan(0)
})

test('what is fitted is never wider than the room, whatever it is', () => {
  const texts = [
    '電気機械、電気装置、電気エネルギー',
    'Electrical machinery, apparatus, energy',
    'ＣＲＩＳＰＲと CRISPR',
    '',
    'WWWW',
    '𠮷野家𠮷野家',
  ]
  for (const text of texts)
    for (const width of [0, 5, 17, 40, 123, 400]) {
      const shown = fitted(text, width, 12)
      expect(widthOf(shown, 12)).toBeLessThanOrEqual(width)
      if (shown !== text) expect(shown === '' || shown.endsWith('…')).toBe(true)
    }
})

test('lines break between words and between full-width letters, and lose no space between words', () => {
  expect(wrap('Protection of occupants', 90, 12, 3).join(' ')).toBe('Protection of occupants')
  const lines = wrap('電気機械、電気装置、電気エネルギー', 72, 12, 3)
  expect(lines.length).toBeLessThanOrEqual(3)
  expect(lines.every((line) => widthOf(line, 12) <= 72)).toBe(true)
  expect(lines.join('')).toBe('電気機械、電気装置、電気エネルギー')
  expect(wrap('Preparations for medical, dental or toiletry purposes', 80, 12, 2)).toHaveLength(2)
  expect(wrap('Preparations for medical purposes', 60, 12, 1)).toEqual([expect.stringMatching(/…$/)])
})

test('numbers counted in parts show one digit', () => {
  expect([amount(12), amount(0.333), amount(1234.96)]).toEqual(['12', '0.3', '1,235'])
})
