import { expect, test } from 'vitest'
import { recordCharactersMax } from '../../../src/imports/reading/delimited.ts'
import { splitNames, tidyName } from '../../../src/imports/reading/names.ts'

test('a name is one line, without the marks and the commas that lists leave around it', () => {
  expect(tidyName(' ▲高▼橋　　太郎、;')).toBe('高橋　太郎')
  expect(tidyName(', ,')).toBe('')
  expect(tidyName('A,\r\nB')).toBe('A, B')
})

test('a comma before a legal form belongs to the name', () => {
  expect(splitNames('Idemitsu Kosan Co., Ltd., Toyota Motor Corp', ',')).toEqual([
    'Idemitsu Kosan Co., Ltd.',
    'Toyota Motor Corp',
  ])
})

test('a cell of nothing but signs, as long as a record may be, is read in no time', () => {
  const started = performance.now()
  for (const sign of [',', ' ,', '；', '、']) {
    const run = sign.repeat(recordCharactersMax / sign.length)
    expect(tidyName(`a${run}b▲`).startsWith('a')).toBe(true)
  }
  expect(performance.now() - started).toBeLessThan(2000)
})
