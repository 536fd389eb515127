import { expect, test } from 'vitest'
import { z } from 'zod'
import { type AreaRule, areaChange } from '../../src/areas/area.ts'
import { readRules, writeRules } from '../../src/areas/rules-text.ts'

const read = (text: string) => areaChange.safeParse({ rules: readRules(text) })

test('rules are read as they were written', () => {
  const rules: AreaRule[] = [
    { ipc: ['H01M10/0562'] },
    { ipc: ['H01M', 'C01B'], words: ['固体電解質', 'solid electrolyte'] },
    { holders: ['01a200d7-7946-7101-bf95-f67a303e1c8f'] },
  ]
  expect(read(writeRules(rules)).data?.rules).toEqual(rules)
  expect(read('\n ipc = H01M10/0562 \r\n\n').data?.rules).toEqual([{ ipc: ['H01M10/0562'] }])
  expect(read('words=固体電解質、全固体').data?.rules).toEqual([{ words: ['固体電解質', '全固体'] }])
})

test.each(['H01M', 'ipc', 'ipc=', 'ipc=nonsense', 'title=battery', 'ipc=H01M; ;', '__proto__=x', '='])(
  '%j is refused, not left out',
  (text) => {
    expect(read(text).error).toBeInstanceOf(z.ZodError)
  },
)
