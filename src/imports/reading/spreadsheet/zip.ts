import { Inflate } from 'fflate'

/** One file within a zip (APPNOTE 4.3.12), not unpacked yet. */
export type ZipEntry = {
  readonly name: string
  readonly method: number
  readonly encrypted: boolean
  readonly at: number
  readonly packedBytes: number
}

/** Bytes that may still be unpacked; counted down while they come out, whatever the zip says of its sizes. */
export type Budget = { left: number }

/** A workbook has a few dozen; hundreds come from pictures. */
const entriesMax = 5000

/** The entries by name, from the directory at the end. Undefined when this is no whole zip of the plain kind. */
export function zipEntries(zip: Uint8Array): ReadonlyMap<string, ZipEntry> | undefined {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength)
  const end = endOfDirectory(view)
  if (end === undefined) return undefined
  const count = view.getUint16(end + 10, true)
  const entries = new Map<string, ZipEntry>()
  let at = view.getUint32(end + 16, true)
  if (count > entriesMax) return undefined
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > zip.length || view.getUint32(at, true) !== 0x02014b50) return undefined
    const nameLength = view.getUint16(at + 28, true)
    const name = new TextDecoder().decode(zip.subarray(at + 46, at + 46 + nameLength)).replaceAll('\\', '/')
    const entry: ZipEntry = {
      name,
      method: view.getUint16(at + 10, true),
      encrypted: (view.getUint16(at + 8, true) & 1) === 1,
      at: view.getUint32(at + 42, true),
      packedBytes: view.getUint32(at + 20, true),
    }
    if (!entries.has(name.toLowerCase())) entries.set(name.toLowerCase(), entry)
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return entries
}

// The record is 22 bytes and a comment of at most 65,535.
function endOfDirectory(view: DataView): number | undefined {
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - 22 - 65_535); at -= 1) {
    if (view.getUint32(at, true) === 0x06054b50) return at
  }
  return undefined
}

export class SpreadsheetBroken extends Error {}
export class ExpandsTooFar extends Error {}

/** Small enough that what comes out of one piece (at most 1,032 times as much) is bounded as well. */
const pieceBytes = 8 * 1024

/**
 * The unpacked bytes of an entry, piece by piece. Throws `ExpandsTooFar` as soon as the budget is used up and
 * `SpreadsheetBroken` for what is no zip data.
 */
export function* unpacked(zip: Uint8Array, entry: ZipEntry, budgets: readonly Budget[]): Generator<Uint8Array> {
  const packed = packedBytes(zip, entry)
  if (entry.method === 0) {
    for (let at = 0; at < packed.length; at += pieceBytes) yield counted(packed.subarray(at, at + pieceBytes), budgets)
    return
  }
  if (entry.method !== 8) throw new SpreadsheetBroken()
  let out: Uint8Array[] = []
  const inflate = new Inflate((data) => out.push(data))
  for (let at = 0; at < packed.length; at += pieceBytes) {
    out = []
    try {
      inflate.push(packed.subarray(at, at + pieceBytes), at + pieceBytes >= packed.length)
    } catch {
      throw new SpreadsheetBroken()
    }
    for (const data of out) yield counted(data, budgets)
  }
}

/** Unpacks an entry into nothing, so that a bomb is met before its contents are looked at. Throws as `unpacked` does. */
export function measure(zip: Uint8Array, entry: ZipEntry, budgets: readonly Budget[]): void {
  const spare = budgets.map(({ left }) => ({ left }))
  for (const _ of unpacked(zip, entry, spare));
}

function counted(data: Uint8Array, budgets: readonly Budget[]): Uint8Array {
  for (const budget of budgets) {
    budget.left -= data.length
    if (budget.left < 0) throw new ExpandsTooFar()
  }
  return data
}

function packedBytes(zip: Uint8Array, entry: ZipEntry): Uint8Array {
  const { at, packedBytes: length } = entry
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength)
  if (at + 30 > zip.length || view.getUint32(at, true) !== 0x04034b50) throw new SpreadsheetBroken()
  const from = at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true)
  if (from + length > zip.length) throw new SpreadsheetBroken()
  return zip.subarray(from, from + length)
}
