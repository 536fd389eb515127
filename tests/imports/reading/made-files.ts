import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { strToU8, type Zippable, zipSync } from 'fflate'
import { type Detected, detect, headBytesMax } from '../../../src/imports/reading/detect.ts'
import { encodingOf, nothingSniffed, sniffEncoding } from '../../../src/imports/reading/encoding.ts'
import { readChunk, startReading } from '../../../src/imports/reading/read.ts'
import type { Layout, ReadRow, Refusal } from '../../../src/imports/reading/row.ts'
import { encodeSheetRows, type SheetRow } from '../../../src/imports/reading/sheet-rows.ts'
import { unpackSpreadsheet } from '../../../src/imports/reading/spreadsheet/unpack.ts'

/** Extracts of real exports. */
export const extracts = {
  jPlatPat14: 'j-platpat-14-columns-before-2023.csv',
  jPlatPat15: 'j-platpat-15-columns.csv',
  jPlatPat16: 'j-platpat-16-columns-with-abstract.csv',
  google: 'google-patents.csv',
  lens: 'lens-31-columns.csv',
  nasa: 'nasa-portfolio.csv',
  numbers: 'numbers-only.csv',
} as const

export function extract(name: string): Uint8Array {
  return new Uint8Array(readFileSync(join(import.meta.dirname, '../../vectors/imports', name)))
}

export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

export function utf16(text: string, end: 'le' | 'be', mark: boolean): Uint8Array {
  const units = mark ? `\ufeff${text}` : text
  const bytes = new Uint8Array(units.length * 2)
  const view = new DataView(bytes.buffer)
  for (let at = 0; at < units.length; at += 1) view.setUint16(at * 2, units.charCodeAt(at), end === 'le')
  return bytes
}

/** CP932, by turning its decoder round; undefined for a text with other characters. */
export function shiftJis(text: string): Uint8Array | undefined {
  const bytes: number[] = []
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    const found = code < 0x80 ? [code] : cp932().get(character)
    if (found === undefined) return undefined
    bytes.push(...found)
  }
  return new Uint8Array(bytes)
}

let table: Map<string, number[]> | undefined

function cp932(): Map<string, number[]> {
  if (table !== undefined) return table
  table = new Map()
  const decoder = new TextDecoder('shift_jis')
  for (let byte = 0xa1; byte <= 0xdf; byte += 1) table.set(decoder.decode(new Uint8Array([byte])), [byte])
  for (let first = 0x81; first <= 0xfc; first += 1) {
    if (first > 0x9f && first < 0xe0) continue
    for (let second = 0x40; second <= 0xfc; second += 1) {
      const character = decoder.decode(new Uint8Array([first, second]))
      if (character.length === 1 && character !== '\ufffd' && !table.has(character))
        table.set(character, [first, second])
    }
  }
  return table
}

/** The cells of a delimited text, by a reader that has nothing in common with the one under test. */
export function cellsOf(text: string, separator = ','): string[][] {
  const rows: string[][] = []
  let cells: string[] = []
  const pattern = new RegExp(`(?:"((?:[^"]|"")*)"|([^"${separator}\\r\\n]*))(${separator}|\\r\\n|\\n|\\r|$)`, 'gy')
  for (const [whole, quoted, plain = '', end] of text.replace(/^\ufeff/, '').matchAll(pattern)) {
    if (whole === '' && cells.length === 0) break
    cells.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'))
    if (end === separator) continue
    rows.push(cells)
    cells = []
  }
  return rows
}

export type ReadFile = { found: Detected; rows: ReadRow[]; refusal?: Refusal }

/** Reads a file as the registry does: encoding, format, then chunk by chunk with the state written down in between. */
export function readFile(
  bytes: Uint8Array,
  chunkBytes = 64 * 1024,
  choose?: (found: Detected) => Layout | undefined,
): ReadFile {
  let sniff = nothingSniffed
  for (const chunk of chunks(bytes, chunkBytes)) sniff = JSON.parse(JSON.stringify(sniffEncoding(sniff, chunk)))
  const kind = encodingOf(sniff)
  if (kind.kind === 'spreadsheet') throw new Error('a spreadsheet is unpacked first')
  if (kind.kind === 'refusal')
    return { found: { kind: 'refusal', refusal: kind.refusal }, rows: [], refusal: kind.refusal }
  const found = detect(bytes.subarray(0, headBytesMax), kind.encoding, { complete: bytes.length <= headBytesMax })
  return readFound(bytes, chunkBytes, found, choose)
}

export async function readWorkbook(
  bytes: Uint8Array,
  choose?: (found: Detected) => Layout | undefined,
): Promise<ReadFile> {
  const unpackedRows: SheetRow[] = []
  const result = await unpackSpreadsheet(stream(bytes), async (rows) => {
    unpackedRows.push(...rows)
  })
  if ('refusal' in result) {
    return { found: { kind: 'refusal', refusal: result.refusal }, rows: [], refusal: result.refusal }
  }
  const text = encodeSheetRows(unpackedRows)
  const found = detect(text.subarray(0, headBytesMax), 'utf-8', { complete: text.length <= headBytesMax, sheet: true })
  return readFound(text, 1000, found, choose)
}

function readFound(
  bytes: Uint8Array,
  chunkBytes: number,
  found: Detected,
  choose?: (found: Detected) => Layout | undefined,
): ReadFile {
  const layout = found.kind === 'layout' ? found.layout : choose?.(found)
  if (layout === undefined)
    return found.kind === 'refusal' ? { found, rows: [], refusal: found.refusal } : { found, rows: [] }
  return { found, ...readRows(layout, chunks(bytes, chunkBytes)) }
}

export function readRows(layout: Layout, pieces: Iterable<Uint8Array>): { rows: ReadRow[]; refusal?: Refusal } {
  const rows: ReadRow[] = []
  let state = startReading(layout)
  const list = [...pieces]
  for (const [index, piece] of list.entries()) {
    const step = readChunk(state, piece, index === list.length - 1)
    rows.push(...step.rows)
    state = JSON.parse(JSON.stringify(step.state))
    if (step.refusal !== undefined) return { rows, refusal: step.refusal }
  }
  return { rows }
}

export function* chunks(bytes: Uint8Array, size: number): Generator<Uint8Array> {
  for (let at = 0; at < Math.max(bytes.length, 1); at += size) yield bytes.subarray(at, at + size)
}

export async function* stream(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield* chunks(bytes, 64 * 1024)
}

type WorkbookOptions = {
  strings?: 'shared' | 'inline'
  sheets?: Record<string, string>
  parts?: Zippable
  date1904?: boolean
}

/** A workbook of one sheet with these texts, written by hand; `sheets` gives the XML of the rows instead. */
export function workbook(rows: readonly (readonly string[])[], options: WorkbookOptions = {}): Uint8Array {
  const texts: string[] = []
  const cell = (text: string, column: number, line: number) => {
    if (text === '') return ''
    const reference = `${columnName(column)}${line}`
    if (options.strings === 'inline') return `<c r="${reference}" t="inlineStr"><is><t>${escaped(text)}</t></is></c>`
    texts.push(text)
    return `<c r="${reference}" t="s"><v>${texts.length - 1}</v></c>`
  }
  const xml = rows.map(
    (cells, at) => `<row r="${at + 1}">${cells.map((text, column) => cell(text, column, at + 1)).join('')}</row>`,
  )
  const sheets = options.sheets ?? { Sheet1: xml.join('') }
  const names = Object.keys(sheets)
  return zipSync({
    '[Content_Types].xml': strToU8('<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'),
    'xl/workbook.xml': strToU8(
      `<?xml version="1.0" encoding="UTF-8"?><workbook xmlns:r="r"><workbookPr${options.date1904 === true ? ' date1904="1"' : ''}/><sheets>${names
        .map((name, at) => `<sheet name="${name}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`)
        .join('')}</sheets></workbook>`,
    ),
    'xl/_rels/workbook.xml.rels': strToU8(
      `<Relationships>${names.map((_, at) => `<Relationship Id="rId${at + 1}" Target="worksheets/sheet${at + 1}.xml"/>`).join('')}</Relationships>`,
    ),
    ...Object.fromEntries(
      names.map((name, at) => [
        `xl/worksheets/sheet${at + 1}.xml`,
        strToU8(`<worksheet><sheetData>${sheets[name]}</sheetData></worksheet>`),
      ]),
    ),
    // As a spreadsheet program writes them: formatted pieces, and a reading that is no part of the text.
    'xl/sharedStrings.xml': strToU8(
      `<sst>${texts.map((text, at) => (at % 3 === 0 ? `<si><r><t xml:space="preserve">${escaped(text)}</t></r><rPh sb="0" eb="1"><t>ヨミ</t></rPh></si>` : `<si><t xml:space="preserve">${escaped(text)}</t></si>`)).join('')}</sst>`,
    ),
    'xl/styles.xml': strToU8(
      '<styleSheet><numFmts><numFmt numFmtId="176" formatCode="[$-411]ggge&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@"/><numFmt numFmtId="177" formatCode="0.00E+00"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="176"/><xf numFmtId="177"/></cellXfs></styleSheet>',
    ),
    ...options.parts,
  })
}

export function columnName(column: number): string {
  return column < 26
    ? String.fromCharCode(65 + column)
    : `${columnName(Math.floor(column / 26) - 1)}${columnName(column % 26)}`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
