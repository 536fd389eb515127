import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type ItemDepth, jsonStart, splitJson } from '../../../src/imports/reading/json-items.ts'

function split(pieces: readonly string[], depth: ItemDepth) {
  const items: { line: number; item: string }[] = []
  let state = jsonStart
  for (const [index, piece] of pieces.entries()) {
    const step = splitJson(state, piece, depth, index === pieces.length - 1, (line, item) => items.push({ line, item }))
    state = JSON.parse(JSON.stringify(step.state))
    if (step.stop !== undefined) return { items, stop: step.stop }
  }
  return { items }
}

const itemsOf = (text: string, depth: ItemDepth) => split([text], depth).items.map(({ item }) => item)

test('values one after the other are items', () => {
  expect(itemsOf('{"a":"}"}\n{"b":[{}]}\n[1]', 0)).toEqual(['{"a":"}"}', '{"b":[{}]}', '[1]'])
})

test('elements of an array are items', () => {
  expect(itemsOf('[ {"a":"\\"]"}, {"b":1} ]', 1)).toEqual(['{"a":"\\"]"}', '{"b":1}'])
})

test('elements of the member that holds records are items, those of others are not', () => {
  expect(itemsOf('{"@context":[{"x":1}],"total":2,"items":[{"a":1},{"b":{"c":[{}]}}],"next":[{}]}', 2)).toEqual([
    '{"a":1}',
    '{"b":{"c":[{}]}}',
  ])
})

test('items are the same wherever the text is cut', () => {
  const values = fc.array(fc.jsonValue({ maxDepth: 3 }), { maxLength: 4 })
  fc.assert(
    fc.property(values, fc.array(fc.nat(400), { maxLength: 10 }), (list, places) => {
      const items = list.map((value) => ({ value }))
      const text = JSON.stringify({ '@context': [{}], items })
      const cuts = [0, ...places.map((at) => at % (text.length + 1)).sort((one, other) => one - other), text.length]
      const pieces = cuts.slice(1).map((to, at) => text.slice(cuts[at], to))
      const found = split(pieces, 2).items.map(({ item }) => JSON.parse(item))
      expect(found).toEqual(JSON.parse(JSON.stringify(items)))
    }),
    { numRuns: 500 },
  )
})

test('what is not JSON, never ends or is too long is refused with its line', () => {
  expect(split(['{"a":1}\nhello'], 0).stop).toEqual({ code: 'not_json', line: 2 })
  expect(split(['{"a":1}\n{"b":'], 0).stop).toEqual({ code: 'open_item', line: 2 })
  expect(split(['{"a":1}}'], 0).stop).toEqual({ code: 'not_json', line: 1 })
  expect(split(['\n{"a":"', 'x'.repeat(300_000)], 0).stop).toEqual({ code: 'too_long', line: 2 })
})
