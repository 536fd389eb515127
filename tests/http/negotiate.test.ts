import { expect, test } from 'vitest'
import { preferred } from '../../src/http/negotiate.ts'

test.each([
  [undefined, 'ja'],
  ['', 'ja'],
  ['en', 'en'],
  ['en-GB,en;q=0.9', 'en'],
  ['ja,en-US;q=0.9', 'ja'],
  ['de, en;q=0.5', 'en'],
  ['*', 'ja'],
  ['ja;q=0, *', 'en'],
  ['EN', 'en'],
])('Accept-Language %s reads %s', (header, expected) => {
  expect(preferred(header, ['ja', 'en'], 'language')).toBe(expected)
})

test.each(['de', 'ja;q=0,en;q=0', 'en;q=x', ';;;', ','])('Accept-Language %s reads none of ours', (header) => {
  expect(preferred(header, ['ja', 'en'], 'language')).toBeUndefined()
})

test('a header of any length is read in no time', () => {
  const began = performance.now()
  preferred('a/b;'.repeat(500_000), ['text/html'], 'media type')
  expect(performance.now() - began).toBeLessThan(200)
})
