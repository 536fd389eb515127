import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decode } from '../../../src/imports/reading/decode.ts'
import type { Encoding } from '../../../src/imports/reading/row.ts'
import { shiftJis, utf8, utf16 } from './made-files.ts'

const sample = 'a漢ｱ①ソ表十😀\r\n予ーЖ能z'
const inShiftJis = sample.replace('😀', '')

const cases: [Encoding, Uint8Array, string][] = [
  ['utf-8', utf8(sample), sample],
  ['shift_jis', shiftJis(inShiftJis) ?? new Uint8Array(), inShiftJis],
  ['utf-16le', utf16(sample, 'le', false), sample],
  ['utf-16be', utf16(sample, 'be', false), sample],
]

test.each(cases)('%s gives the same text wherever it is cut', (encoding, bytes, text) => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: bytes.length }), { maxLength: 8 }), (places) => {
      const cuts = [0, ...[...places].sort((one, other) => one - other), bytes.length]
      let left: number[] = []
      let joined = ''
      for (let at = 1; at < cuts.length; at += 1) {
        const step = decode(encoding, left, bytes.subarray(cuts[at - 1], cuts[at]), at === cuts.length - 1)
        expect(step.left.length).toBeLessThanOrEqual(4)
        left = step.left
        joined += step.text
      }
      expect(joined).toBe(text)
      expect(left).toEqual([])
    }),
    { numRuns: 300 },
  )
})

test('an unfinished character at the end of the file is shown as broken', () => {
  expect(decode('utf-8', [], utf8('漢').subarray(0, 2), true)).toEqual({ text: '\ufffd', left: [] })
})
