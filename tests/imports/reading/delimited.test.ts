import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  columnsMax,
  delimitedStart,
  readDelimited,
  recordCharactersMax,
  type Separator,
} from '../../../src/imports/reading/delimited.ts'

function read(pieces: readonly string[], separator: Separator = ',') {
  const records: { line: number; cells: string[] }[] = []
  let state = delimitedStart
  for (const [index, piece] of pieces.entries()) {
    const step = readDelimited(state, piece, separator, index === pieces.length - 1, (line, cells) =>
      records.push({ line, cells }),
    )
    state = JSON.parse(JSON.stringify(step.state))
    if (step.stop !== undefined) return { records, stop: step.stop }
  }
  return { records }
}

const cells = (text: string, separator?: Separator) => read([text], separator).records.map((record) => record.cells)

describe('separated values', () => {
  test('are read with quotes, doubled quotes and line breaks in cells', () => {
    expect(cells('a,"b,1","c ""x"""\r\n"d\r\ne",f,')).toEqual([
      ['a', 'b,1', 'c "x"'],
      ['d\r\ne', 'f', ''],
    ])
  })

  test('know the line on which each record begins', () => {
    const { records } = read(['a\r\n"b\r\n\r\nc"\rd\n\ne\r\n'])
    expect(records.map(({ line, cells: [cell] }) => [line, cell])).toEqual([
      [1, 'a'],
      [2, 'b\r\n\r\nc'],
      [5, 'd'],
      [7, 'e'],
    ])
  })

  test('may be separated by tabs and semicolons, and then commas are text', () => {
    expect(cells('a,b\tc', '\t')).toEqual([['a,b', 'c']])
    expect(cells('a,b;"c;d"', ';')).toEqual([['a,b', 'c;d']])
  })

  test('take stray quotes for text', () => {
    expect(cells('a"b,"c"d,"e" ,5" disk')).toEqual([['a"b', 'cd', 'e ', '5" disk']])
    expect(cells('a, "b,c"')).toEqual([['a', 'b,c']])
  })

  test('leave out records without text', () => {
    expect(cells('\n\n,,\n \na\n')).toEqual([['a']])
  })

  test('are the same wherever they are cut', () => {
    const piece = fc.constantFrom('a', 'bc', '"', '""', ',', '\r', '\n', '\r\n', ' ', '漢', ';', '"x"')
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), fc.array(fc.nat(80), { maxLength: 12 }), (parts, places) => {
        const text = parts.join('')
        const cuts = [0, ...places.map((at) => at % (text.length + 1)).sort((one, other) => one - other), text.length]
        const pieces = cuts.slice(1).map((to, at) => text.slice(cuts[at], to))
        expect(read(pieces)).toEqual(read([text]))
      }),
      { numRuns: 3000 },
    )
  })

  test('that are quoted come back as they were', () => {
    const cell = fc
      .array(fc.constantFrom('a', '"', ',', '\r', '\n', ' ', ';', '漢'), { maxLength: 8 })
      .map((parts) => parts.join(''))
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 5 }), {
      maxLength: 6,
    })
    fc.assert(
      fc.property(table, (rows) => {
        const text = rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\r\n')
        expect(cells(text)).toEqual(rows.filter((row) => row.some((cell) => cell.trim() !== '')))
      }),
      { numRuns: 500 },
    )
  })

  test('stop at a line without end, long before memory does', () => {
    const piece = 'x'.repeat(64 * 1024)
    let state = delimitedStart
    let pieces = 0
    for (; pieces < 100; pieces += 1) {
      const step = readDelimited(state, piece, ',', false, () => {})
      state = step.state
      expect(JSON.stringify(state).length).toBeLessThan(recordCharactersMax + 1000)
      if (step.stop !== undefined) {
        expect(step.stop).toEqual({ code: 'too_long', line: 1 })
        break
      }
    }
    expect(pieces).toBe(recordCharactersMax / piece.length)
  })

  test('stop at a quote that is never closed, with its line', () => {
    expect(read(['a,b\n1,"2\n', 'c,d\n'.repeat(100)])).toMatchObject({ stop: { code: 'open_quote', line: 2 } })
    expect(read(['a\n"', 'x\n'.repeat(recordCharactersMax)])).toMatchObject({ stop: { code: 'open_quote', line: 2 } })
  })

  test('keep no more columns than are looked at', () => {
    const [record] = read([','.repeat(100_000), 'x\n']).records
    expect(record?.cells).toBeUndefined()
    const [wide] = read([`x${','.repeat(100_000)}\n`]).records
    expect(wide?.cells.length).toBe(columnsMax + 1)
  })

  test('take time in proportion to their length', () => {
    const line = `"a ""b"" c",${'d'.repeat(60)},"e"\r\n`
    const time = (count: number) => {
      const pieces = line.repeat(count).match(/[\s\S]{1,65536}/g) ?? []
      const start = performance.now()
      read(pieces)
      return performance.now() - start
    }
    time(5000)
    expect(time(80_000)).toBeLessThan(Math.max(40 * time(5000), 2000))
  })
})
