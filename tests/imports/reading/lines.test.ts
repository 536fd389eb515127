import fc from 'fast-check'
import { expect, test } from 'vitest'
import { recordCharactersMax } from '../../../src/imports/reading/delimited.ts'
import { linesStart, splitLines } from '../../../src/imports/reading/lines.ts'

function split(pieces: readonly string[]) {
  const lines: [number, string][] = []
  let state = linesStart
  for (const [index, piece] of pieces.entries()) {
    const step = splitLines(state, piece, index === pieces.length - 1, (line, text) => lines.push([line, text]))
    state = JSON.parse(JSON.stringify(step.state))
    if (step.stop !== undefined) return { lines, stop: step.stop }
  }
  return { lines }
}

test('lines come with their numbers, blank ones are passed over', () => {
  expect(split(['a\r\n\nb\r c\n']).lines).toEqual([
    [1, 'a'],
    [3, 'b'],
    [4, ' c'],
  ])
})

test('lines are the same wherever the text is cut', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('a', '\r', '\n', '\r\n', ' '), { maxLength: 30 }),
      fc.array(fc.nat(60)),
      (parts, places) => {
        const text = parts.join('')
        const cuts = [0, ...places.map((at) => at % (text.length + 1)).sort((one, other) => one - other), text.length]
        expect(split(cuts.slice(1).map((to, at) => text.slice(cuts[at], to)))).toEqual(split([text]))
      },
    ),
    { numRuns: 1000 },
  )
})

test('a line over the limit stops the reading', () => {
  expect(split(['a\n', 'x'.repeat(recordCharactersMax), 'x', 'b\n']).stop).toEqual({ code: 'too_long', line: 2 })
})
