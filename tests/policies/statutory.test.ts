import { expect, test } from 'vitest'
import { statutoryNote } from '../../policies/statutory.ts'

test.each(['JP', 'US', 'EP', 'DE', 'FR', 'GB', 'CN', 'KR'])(
  '%s: a note for each mode, in both languages, with its source',
  (country) => {
    const on = statutoryNote(country, 'on')
    const using = statutoryNote(country, 'with')
    for (const note of [on, using]) {
      expect(note?.ja).toMatch(/。$/)
      expect(note?.en).toMatch(/\.$/)
      expect(note?.source.length).toBeGreaterThan(8)
    }
    expect(on?.en).not.toBe(using?.en)
    expect(on?.source).toBe(using?.source)
  },
)

test('a country without a note has none: silence is not an answer about its law', () => {
  expect(statutoryNote('ZA', 'on')).toBeUndefined()
  expect(statutoryNote('constructor', 'with')).toBeUndefined()
})
