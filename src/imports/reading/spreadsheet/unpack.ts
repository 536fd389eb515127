import { headerScore } from '../guess.ts'
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

/** `sheet`: the one that was read. `sheets`: the names of all. `others`: of those that hold a list too and were not read. */
export type Unpacked =
  | {
      readonly sheet: string
      readonly sheets: readonly string[]
      readonly others?: readonly string[]
      readonly rows: number
    }
  | { readonly refusal: Refusal }

/**
 * Rows of the first visible sheet that holds a list, else of the first that holds anything, or of the named one, in batches of at most 500; each batch is awaited. Formulas
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
  // A cover or notes may come before the list.
  const lists =
    chosen.length < 2 ? [] : chosen.slice(0, sheetsLookedAtMax).filter((one) => holdsList(book, one, shared))
  for (const place of [...lists, ...chosen.filter((one) => !lists.includes(one))]) {
    const rows = await readSheet(book, place, shared, onRows)
    const others = lists.flatMap((one) => (one === place ? [] : one.name))
    if (rows > 0)
      return {
        sheet: place.name,
        sheets: visible.map(({ name }) => name),
        rows,
        ...(others.length === 0 ? {} : { others }),
      }
  }
  return { refusal: refusals.noSheet() }
}

const sheetsLookedAtMax = 50
/** A header stands among the first rows. */
const rowsLookedAt = 30
const bytesLookedAt = 1024 * 1024
const bytesPerLook = 16 * 1024

/** Whether one of the first rows of the sheet is a header: two of its cells are words for columns. */
function holdsList(book: Book, place: SheetPlace, shared: Shared): boolean {
  const entry = book.entries.get(place.path.toLowerCase())
  if (entry === undefined) return false
  let rows = 0
  let bytes = 0
  let found = false
  try {
    const reader = xmlReader(
      sheetReader(shared, ({ cells }) => {
        rows += 1
        if (rows <= rowsLookedAt && headerScore(cells) >= 2) found = true
      }),
    )
    for (const some of unpacked(book.zip, entry, [{ left: unpackedBytesMax }]))
      for (let at = 0; at < some.length; at += bytesPerLook) {
        reader.write(some.subarray(at, at + bytesPerLook))
        bytes += bytesPerLook
        if (found || rows >= rowsLookedAt || bytes >= bytesLookedAt) return found
      }
  } catch (error) {
    if (error instanceof TooManyColumns || error instanceof SpreadsheetBroken) return false
    throw error
  }
  return found
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
