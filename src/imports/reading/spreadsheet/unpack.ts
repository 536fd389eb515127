import { refusals } from '../refusals.ts'
import type { Refusal } from '../row.ts'
import type { SheetRow } from '../sheet-rows.ts'
import { type Book, readDateStyles, readSharedStrings, readWorkbook, type SheetPlace, workbookPath } from './parts.ts'
import { type Shared, sheetReader, TooManyColumns } from './sheet.ts'
import { xmlReader } from './xml.ts'
import { ExpandsTooFar, measure, SpreadsheetBroken, unpacked, type ZipEntry, zipEntries } from './zip.ts'

/** A file larger than this is better exported as CSV, which is read as a stream. */
export const spreadsheetBytesMax = 20 * 1024 * 1024
/** All that is unpacked of one workbook, counted while it comes out. */
const unpackedBytesMax = 200 * 1024 * 1024
const rowsMax = 200_000
const rowsPerBatch = 500

/** `sheet`: the one that was read. `sheets`: the names of all, so that a person can choose another. */
export type Unpacked =
  | { readonly sheet: string; readonly sheets: readonly string[]; readonly rows: number }
  | { readonly refusal: Refusal }

/**
 * Rows of the first sheet that holds data, or of the named one, in batches of at most 500; each batch is awaited. Formulas
 * are never evaluated. Memory stays bounded: the packed file (≤ 20 MB) and its shared strings (≤ 64 MB). After a refusal
 * the rows handed over before it are to be dropped.
 */
export async function unpackSpreadsheet(
  file: AsyncIterable<Uint8Array>,
  onRows: (rows: readonly SheetRow[]) => Promise<void>,
  options: { readonly sheet?: string } = {},
): Promise<Unpacked> {
  const zip = await collected(file)
  if (zip === undefined) return { refusal: refusals.spreadsheetTooLarge() }
  const entries = zipEntries(zip)
  if (entries === undefined) return { refusal: refusals.spreadsheetBroken() }
  const other = notWorkbook(entries)
  if (other !== undefined) return { refusal: other }
  try {
    return await readBook({ zip, entries, budget: { left: unpackedBytesMax } }, onRows, options.sheet)
  } catch (error) {
    if (error instanceof ExpandsTooFar) return { refusal: refusals.expandsTooFar() }
    if (error instanceof SpreadsheetBroken) return { refusal: refusals.spreadsheetBroken() }
    if (error instanceof TooManyColumns) return { refusal: refusals.tooManyColumns() }
    if (error instanceof TooManyRows) return { refusal: refusals.tooManyRows() }
    throw error
  }
}

class TooManyRows extends Error {}

/** The whole packed file, or undefined as soon as it is over the limit. */
async function collected(file: AsyncIterable<Uint8Array>): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of file) {
    length += chunk.length
    if (length > spreadsheetBytesMax) return undefined
    chunks.push(chunk)
  }
  const whole = new Uint8Array(length)
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.length
  }
  return whole
}

function notWorkbook(entries: ReadonlyMap<string, ZipEntry>): Refusal | undefined {
  if ([...entries.values()].some(({ encrypted }) => encrypted)) return refusals.encrypted()
  if (entries.has(workbookPath)) return undefined
  if (entries.has('xl/workbook.bin')) return refusals.binarySpreadsheet()
  if (entries.has('content.xml') && entries.has('meta-inf/manifest.xml')) return refusals.openDocument()
  return refusals.notSpreadsheet()
}

async function readBook(
  book: Book,
  onRows: (rows: readonly SheetRow[]) => Promise<void>,
  wanted: string | undefined,
): Promise<Unpacked> {
  const { sheets, days } = readWorkbook(book)
  const shared: Shared = { strings: readSharedStrings(book), dateStyles: readDateStyles(book), days }
  const visible = sheets.filter(({ hidden }) => !hidden)
  const chosen = wanted === undefined ? visible : sheets.filter(({ name }) => name === wanted)
  for (const place of chosen) {
    const rows = await readSheet(book, place, shared, onRows)
    if (rows > 0) return { sheet: place.name, sheets: visible.map(({ name }) => name), rows }
  }
  return { refusal: refusals.noSheet() }
}

async function readSheet(
  book: Book,
  place: SheetPlace,
  shared: Shared,
  onRows: (rows: readonly SheetRow[]) => Promise<void>,
): Promise<number> {
  const entry = book.entries.get(place.path.toLowerCase())
  if (entry === undefined) return 0
  measure(book.zip, entry, [book.budget])
  let batch: SheetRow[] = []
  let rows = 0
  const reader = xmlReader(
    sheetReader(shared, (row) => {
      rows += 1
      if (rows > rowsMax) throw new TooManyRows()
      batch.push(row)
    }),
  )
  for (const bytes of unpacked(book.zip, entry, [book.budget])) {
    reader.write(bytes)
    if (batch.length < rowsPerBatch) continue
    await handOver(batch, onRows)
    batch = []
  }
  reader.end()
  await handOver(batch, onRows)
  return rows
}

async function handOver(
  rows: readonly SheetRow[],
  onRows: (rows: readonly SheetRow[]) => Promise<void>,
): Promise<void> {
  for (let at = 0; at < rows.length; at += rowsPerBatch) await onRows(rows.slice(at, at + rowsPerBatch))
}
