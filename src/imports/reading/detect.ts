import { parseNumber } from '../../patents/numbers/parse.ts'
import { decode } from './decode.ts'
import { columnsMax, delimitedStart, readDelimited, recordCharactersMax, type Separator } from './delimited.ts'
import { espacenet } from './formats/espacenet.ts'
import type { TableFormat } from './formats/format.ts'
import { googlePatents } from './formats/google-patents.ts'
import { jPlatPat } from './formats/j-platpat.ts'
import { lens } from './formats/lens.ts'
import { nasa } from './formats/nasa.ts'
import { listColumn, numbersOnly } from './formats/numbers.ts'
import { own } from './formats/own.ts'
import { patentscope } from './formats/patentscope.ts'
import { fieldOf, guessMapping, headerScore } from './guess.ts'
import { detectJson } from './json-layout.ts'
import type { Mapping } from './mapping.ts'
import { refusals } from './refusals.ts'
import type { Encoding, Layout, Refusal } from './row.ts'
import { sheetCells } from './sheet-rows.ts'
import { headerKey, tableOf } from './table.ts'

/** Bytes from the beginning that are enough to tell the format; a file whose header does not end in them is refused. */
export const headBytesMax = 256 * 1024

export type Detected =
  | { readonly kind: 'layout'; readonly layout: Layout }
  /** A table of nobody's format: a person confirms or mends the guess, then `withMapping(layout, mapping)`. */
  | {
      readonly kind: 'needs_mapping'
      readonly layout: Layout
      readonly guess: Mapping
      readonly samples: readonly (readonly string[])[]
    }
  | { readonly kind: 'refusal'; readonly refusal: Refusal }

/**
 * The format of a file by its content. `head`: the first bytes, at most `headBytesMax` are looked at; `complete` when they
 * are the whole file. `sheet`: the bytes are rows from `unpackSpreadsheet` written by `encodeSheetRows` (then utf-8).
 */
export function detect(
  head: Uint8Array,
  encoding: Encoding,
  options: { readonly complete: boolean; readonly sheet?: boolean },
): Detected {
  const { complete } = options
  const whole = complete && head.length <= headBytesMax
  const text = decode(encoding, [], head.subarray(0, headBytesMax), whole).text.replace(/^\ufeff/, '')
  if (options.sheet === true)
    return ofRecords([{ separator: undefined, records: sheetRecords(text, whole) }], 'sheet', encoding)
  const first = text.trimStart().slice(0, 200)
  if (first === '') return refused(refusals.noHeader())
  if (/^<(?:!doctype|html|\?xml|table|workbook)/i.test(first)) return refused(refusals.webPage())
  if (first.startsWith('{') || first.startsWith('[')) return detectJson(text, encoding)
  const readings = separators.map((separator) => readAs(text, separator, whole))
  const stopped = readings.every(({ records, stop }) => records.length === 0 && stop !== undefined)
  if (stopped || readings.every(({ records }) => records.length === 0)) {
    const stop = readings[0]?.stop
    if (stop?.code === 'open_quote') return refused(refusals.openQuote(stop.line))
    return refused(text.length >= recordCharactersMax / 4 ? refusals.recordTooLong(1) : refusals.noHeader())
  }
  return ofRecords(readings, 'delimited', encoding)
}

/** The layout with what a person confirmed. A mapping that lacks a column for numbers gives a refusal. */
export function withMapping(layout: Layout, mapping: Mapping): { layout: Layout } | { refusal: Refusal } {
  const ordered = mappingThatFits(layout.header, [mapping])
  if (ordered === undefined) return { refusal: refusals.mappingDoesNotFit() }
  if (!ordered.columns.some(({ field }) => numberFields.has(field)))
    return { refusal: refusals.mappingWithoutNumbers() }
  return { layout: { ...layout, format: 'mapped', mapping: ordered } }
}

/** The kept mapping that fits these columns by name (order does not matter), its columns put in the order of the file. */
export function mappingThatFits(header: readonly string[], kept: readonly Mapping[]): Mapping | undefined {
  for (const mapping of kept) {
    const left = mapping.columns.map((column) => ({ column, key: headerKey(column.header) }))
    const columns = header.map((name) => {
      const key = headerKey(name)
      const at = left.findIndex((one) => one.key === key)
      return at === -1 ? undefined : left.splice(at, 1)[0]?.column
    })
    const known = columns.map((column, at) => column ?? { header: header[at] ?? '', field: 'ignore' as const })
    // A new column is passed over when its name says nothing of a patent, as the reasons in our own downloads.
    const added = columns.some(
      (column, at) => column === undefined && (fieldOf(header[at] ?? '') ?? 'ignore') !== 'ignore',
    )
    if (!added && left.every(({ column }) => column.field === 'ignore')) return { ...mapping, columns: known }
  }
  return undefined
}

const numberFields: ReadonlySet<string> = new Set([
  'number',
  'application_number',
  'publication_number',
  'grant_number',
])

const formats: readonly TableFormat[] = [own, jPlatPat, googlePatents, lens, espacenet, patentscope, nasa, numbersOnly]
const separators: readonly Separator[] = [',', '\t', ';']

type Found = { readonly line: number; readonly cells: readonly string[] }
type Reading = { readonly separator: Separator | undefined; readonly records: readonly Found[] }

/** Lines about the search or a title stand before a header; it is not looked for further down. */
const headerRecordsMax = 30
const samplesMax = 20

function readAs(text: string, separator: Separator, whole: boolean) {
  const records: Found[] = []
  const { stop } = readDelimited(delimitedStart, text, separator, whole, (line, cells) => {
    if (records.length < headerRecordsMax + samplesMax) records.push({ line, cells })
  })
  return stop === undefined ? { separator, records } : { separator, records, stop }
}

function sheetRecords(text: string, whole: boolean): Found[] {
  const lines = text.split('\n', headerRecordsMax + samplesMax + 1)
  const complete = whole || lines.length > headerRecordsMax + samplesMax ? lines : lines.slice(0, -1)
  return complete.flatMap((line) => {
    const row = sheetCells(line)
    return row === undefined || row.cells.every((cell) => cell.trim() === '')
      ? []
      : [{ line: row.line, cells: row.cells }]
  })
}

function ofRecords(readings: readonly Reading[], shape: 'delimited' | 'sheet', encoding: Encoding): Detected {
  for (const { separator, records } of readings) {
    for (const { line, cells } of records.slice(0, headerRecordsMax)) {
      if (cells.length > columnsMax) continue
      const format = formats.find(({ recognises }) => recognises(tableOf(cells)))
      if (format === undefined) continue
      const header = trimmedHeader(cells)
      return {
        kind: 'layout',
        layout: { format: format.id, shape, encoding, header, headerLine: line, ...given(separator) },
      }
    }
  }
  const list = readings.find(({ records }) => records.every(({ cells }) => cells.length === 1))
  const listed = list === undefined ? undefined : ofNumbers(list, shape, encoding)
  if (listed !== undefined) return listed
  const widest = readings.reduce(
    (best, one) => (columnsOf(one) > columnsOf(best) ? one : best),
    readings[0] ?? noReading,
  )
  if (widest.records.length === 0) return refused(refusals.noHeader())
  if (widest.records.some(({ cells }) => cells.length > columnsMax)) return refused(refusals.tooManyColumns())
  if (columnsOf(widest) >= 2) return ofUnknownTable(widest, shape, encoding)
  return refused(shape === 'sheet' ? refusals.noList() : refusals.separator())
}

const noReading: Reading = { separator: undefined, records: [] }

/** How many columns most rows have. A row of one column counts for nothing: titles and remarks are such. */
function columnsOf({ records }: Reading): number {
  const widths = records.map(({ cells }) => cells.length).sort((one, other) => one - other)
  return widths[Math.floor(widths.length / 2)] ?? 0
}

/** A list of numbers, one a line, with or without a header. The commas of `US 9,123,456 B2` separate nothing. */
function ofNumbers(
  { separator, records }: Reading,
  shape: 'delimited' | 'sheet',
  encoding: Encoding,
): Detected | undefined {
  const cells = records.map((record) => record.cells[0]?.trim() ?? '')
  const [first = '', ...others] = cells
  const headed = !/\d{3}/.test(first.normalize('NFKC')) && others.length > 0
  const values = headed ? others : cells
  const numbers = values.filter((cell) => parseNumber(cell).candidates.length > 0).length
  const bare = values.filter((cell) => /^[\d,/ .-]{5,15}$/.test(cell.normalize('NFKC'))).length
  if (values.length === 0 || Math.max(numbers, bare) < values.length * 0.6) return undefined
  const layout: Layout = {
    format: 'numbers',
    shape,
    encoding,
    header: [headed ? first : listColumn],
    headerLine: headed ? (records[0]?.line ?? 1) : 0,
    ...given(separator),
  }
  if (!headed && numbers >= values.length * 0.6) return { kind: 'layout', layout }
  return needsMapping(layout, records.slice(headed ? 1 : 0))
}

/** The header is the row with most words for columns, or the first as wide as the table. */
function ofUnknownTable(reading: Reading, shape: 'delimited' | 'sheet', encoding: Encoding): Detected {
  const { separator, records } = reading
  const scores = records.slice(0, headerRecordsMax).map(({ cells }) => headerScore(cells))
  const best = Math.max(...scores)
  const width = columnsOf(reading)
  const at = best >= 2 ? scores.indexOf(best) : records.findIndex(({ cells }) => cells.length >= width)
  const found = records[Math.max(at, 0)]
  if (found === undefined) return refused(refusals.noHeader())
  const [below, cells] = headerOfTwoRows(records, Math.max(at, 0)) ?? [Math.max(at, 0), found.cells]
  const headerLine = records[below]?.line ?? found.line
  const layout: Layout = {
    format: 'mapped',
    shape,
    encoding,
    header: trimmedHeader(cells),
    headerLine,
    ...given(separator),
  }
  return needsMapping(layout, records.slice(below + 1))
}

/**
 * A header of two rows, as merged cells make it: 番号 over 登録番号 and 出願番号, or 出願 over 番号 and 日. The row may be the
 * upper or the lower one. @returns the lower row's index and the names of both together, where they tell more than one row
 */
function headerOfTwoRows(records: readonly Found[], at: number): readonly [number, readonly string[]] | undefined {
  const best = headerScore(records[at]?.cells ?? [])
  for (const upper of [at, at - 1]) {
    const [over, under] = [records[upper]?.cells, records[upper + 1]?.cells]
    // What has a number in it is a row of the list.
    if (!over || !under || under.some((cell) => /\d{3}/.test(cell.normalize('NFKC')))) continue
    let group = ''
    const names = Array.from({ length: Math.max(over.length, under.length) }, (_, i) => {
      const [above, below] = [(over[i] ?? '').trim(), (under[i] ?? '').trim()]
      if (above !== '') group = above
      if (below === '') return above
      const together = fieldOf(`${group}${below}`)
      return together === undefined || together === fieldOf(below) ? below : `${group}${below}`
    })
    if (headerScore(names) > best) return [upper + 1, names]
  }
  return undefined
}

function needsMapping(layout: Layout, following: readonly Found[]): Detected {
  const samples = following.slice(0, samplesMax).map(({ cells }) => cells)
  const guess = guessMapping(layout.header, samples)
  return { kind: 'needs_mapping', layout: { ...layout, format: 'mapped' }, guess, samples: samples.slice(0, 5) }
}

/** Empty columns after the last name are not part of the table. */
function trimmedHeader(cells: readonly string[]): string[] {
  let end = cells.length
  while (end > 1 && (cells[end - 1] ?? '').trim() === '') end -= 1
  return cells.slice(0, end).map((cell) =>
    cell
      .replace(/^\ufeff/, '')
      .replace(/\s+/g, ' ')
      .trim(),
  )
}

function given(separator: Separator | undefined): { separator?: string } {
  return separator === undefined ? {} : { separator }
}

function refused(refusal: Refusal): Detected {
  return { kind: 'refusal', refusal }
}
