import { decode } from './decode.ts'
import {
  columnsMax,
  type DelimitedState,
  type DelimitedStop,
  delimitedStart,
  readDelimited,
  type Separator,
} from './delimited.ts'
import { type Draft, finish, newDraft } from './draft.ts'
import { faults } from './faults.ts'
import { espacenet } from './formats/espacenet.ts'
import type { TableFormat } from './formats/format.ts'
import { googlePatents } from './formats/google-patents.ts'
import { jPlatPat } from './formats/j-platpat.ts'
import { lens } from './formats/lens.ts'
import { mapped } from './formats/mapped.ts'
import { nasa } from './formats/nasa.ts'
import { numbersOnly } from './formats/numbers.ts'
import { own, ownCells } from './formats/own.ts'
import { readOwnJson } from './formats/own-json.ts'
import { patentscope } from './formats/patentscope.ts'
import { readResearchmap } from './formats/researchmap.ts'
import { type JsonState, type JsonStop, jsonStart, splitJson } from './json-items.ts'
import { depthOf, parsedObject } from './json-layout.ts'
import { type LinesState, linesStart, splitLines } from './lines.ts'
import { refusals } from './refusals.ts'
import type { FormatId, Layout, ReadRow, Refusal } from './row.ts'
import { type SheetRow, sheetCells } from './sheet-rows.ts'
import { type Table, tableOf } from './table.ts'

/** Where reading stands between two chunks. Plain JSON: the layout, at most one record and four bytes. */
export type ReadState = {
  readonly layout: Layout
  readonly started: boolean
  readonly left: readonly number[]
  readonly delimited?: DelimitedState
  readonly lines?: LinesState
  readonly json?: JsonState
}

export function startReading(layout: Layout): ReadState {
  const state = { layout, started: false, left: [] }
  switch (layout.shape) {
    case 'delimited':
      return { ...state, delimited: delimitedStart }
    case 'sheet':
    case 'json_lines':
      return { ...state, lines: linesStart }
    default:
      return { ...state, json: jsonStart }
  }
}

/**
 * Rows that end in these bytes. Chunks are cut anywhere and come in order; `last` ends the file. After a refusal the file is
 * not read on; rows before it stand. Time is linear in the bytes.
 */
export function readChunk(
  state: ReadState,
  bytes: Uint8Array,
  last: boolean,
): { rows: ReadRow[]; state: ReadState; refusal?: Refusal } {
  const { layout } = state
  const decoded = decode(layout.encoding, state.left, bytes, last)
  const text = !state.started && decoded.text.startsWith('\ufeff') ? decoded.text.slice(1) : decoded.text
  const next: ReadState = { ...state, left: decoded.left, started: state.started || decoded.text !== '' }
  const rows: ReadRow[] = []
  if (state.delimited !== undefined) {
    const onRecord = tableReader(layout, rows)
    const read = readDelimited(state.delimited, text, separatorOf(layout), last, (line, cells) =>
      onRecord({ line, cells }),
    )
    return { rows, state: { ...next, delimited: read.state }, ...refusalOf(read.stop) }
  }
  const onItem = layout.shape === 'sheet' ? sheetReader(layout, rows) : jsonReader(layout, rows)
  if (state.lines !== undefined) {
    const read = splitLines(state.lines, text, last, onItem)
    return { rows, state: { ...next, lines: read.state }, ...refusalOf(read.stop) }
  }
  const read = splitJson(state.json ?? jsonStart, text, depthOf(layout.shape), last, onItem)
  return { rows, state: { ...next, json: read.state }, ...refusalOf(read.stop) }
}

function refusalOf(stop: DelimitedStop | JsonStop | undefined): { refusal?: Refusal } {
  if (stop === undefined) return {}
  switch (stop.code) {
    case 'open_quote':
      return { refusal: refusals.openQuote(stop.line) }
    case 'too_long':
      return { refusal: refusals.recordTooLong(stop.line) }
    default:
      return { refusal: refusals.notJson(stop.line) }
  }
}

const formats: Readonly<Partial<Record<FormatId, TableFormat>>> = {
  own_csv: own,
  j_platpat: jPlatPat,
  google_patents: googlePatents,
  lens,
  espacenet,
  patentscope,
  nasa,
  numbers: numbersOnly,
  mapped,
}

function separatorOf({ separator }: Layout): Separator {
  return separator === '\t' || separator === ';' ? separator : ','
}

function tableReader(layout: Layout, rows: ReadRow[]): (row: SheetRow) => void {
  const table = tableOf(layout.header)
  const format = formats[layout.format] ?? mapped
  return (row) => {
    if (row.line <= layout.headerLine || isHeader(row.cells, layout.header)) return
    rows.push(...readRecord(layout, table, format, row))
  }
}

/** Downloads that were cut into parts and put together again have the header several times. */
function isHeader(cells: readonly string[], header: readonly string[]): boolean {
  return header.length > 1 && header.every((name, at) => (cells[at] ?? '').replace(/^\ufeff/, '').trim() === name)
}

function readRecord(layout: Layout, table: Table, format: TableFormat, row: SheetRow): ReadRow[] {
  const { line, cells, days = 1900, unfilled = [] } = row
  const width = layout.header.length
  const extra = cells.slice(width).some((cell) => cell.trim() !== '')
  if (layout.shape === 'delimited' && (extra || cells.length > columnsMax)) {
    const fault = faults.columnsTooMany(width, cells.length)
    return [{ line, cells: cells.slice(0, columnsMax), faults: [fault], warnings: [] }]
  }
  const drafts = format.read({ table, cells, days }, layout)
  return drafts.map((draft) => {
    if (layout.shape === 'delimited' && cells.length < width)
      draft.warnings.push(faults.columnsTooFew(width, cells.length))
    for (const column of unfilled) draft.warnings.push(faults.formulaWithoutValue(layout.header[column] ?? ''))
    return finish(draft, line, cells)
  })
}

function sheetReader(layout: Layout, rows: ReadRow[]): (line: number, item: string) => void {
  const onRecord = tableReader(layout, rows)
  return (_, item) => {
    const row = sheetCells(item)
    if (row?.cells.some((cell) => cell.trim() !== '') === true) onRecord(row)
  }
}

function jsonReader(layout: Layout, rows: ReadRow[]): (line: number, item: string) => void {
  return (line, item) => {
    const value = parsedObject(item)
    const draft =
      value === undefined ? unreadable() : layout.format === 'researchmap' ? readResearchmap(value) : readOwnJson(value)
    rows.push(finish(draft, line, value === undefined ? [item] : ownCells(partOf(draft))))
  }
}

function unreadable(): Draft {
  return { ...newDraft(), faults: [faults.jsonUnreadable()] }
}

function partOf(draft: Draft): Parameters<typeof ownCells>[0] {
  const {
    numbers,
    unreadable: odd,
    title,
    holders,
    unpairedHolders,
    inventors,
    classes,
    dates,
    status,
    family,
    reference,
  } = draft
  const written = [...numbers, ...odd.map(({ text, column }) => ({ written: text, column }))]
  return {
    numbers: written,
    title,
    holders,
    unpairedHolders,
    inventors,
    classes,
    ...dates,
    ...(status === undefined ? {} : { status }),
    ...(family === undefined ? {} : { family }),
    ...(reference === undefined ? {} : { reference }),
  }
}
