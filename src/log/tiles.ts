import { concatBytes } from './encoding.ts'
import { parseDecimal } from './note.ts'

// Static resources of C2SP tlog-tiles: hash tiles and entry bundles, each 256 wide unless the path says `.p/<width>`.

/** `width` is 256 for a full tile, 1 to 255 for a partial one. `level` counts in tiles: eight tree levels each. */
export type HashTile = { kind: 'hashes'; level: number; index: number; width: number }
export type EntryTile = { kind: 'entries'; index: number; width: number }
export type Tile = HashTile | EntryTile

export const tileWidth = 256
/** An entry bundle writes each length in 16 bits. */
export const entryBytesMax = 65_535

/** Reads `/log/tile/<L>/<N>[.p/<W>]` and `/log/tile/entries/<N>[.p/<W>]`; undefined for any other spelling. */
export function parseTilePath(path: string): Tile | undefined {
  if (path.length > tilePathLengthMax || !path.startsWith(tilePathPrefix)) return undefined
  const [place = '', partial] = path.slice(tilePathPrefix.length).split('.p/')
  const width = partial === undefined ? tileWidth : parseDecimal(partial)
  const [level = '', ...groups] = place.split('/')
  const index = Number(groups.join('').replaceAll('x', ''))
  if (width === undefined || !Number.isSafeInteger(index) || index < 0) return undefined
  const tile = tileAt(level, index, width)
  // There is one spelling for each tile, so writing it again settles grouping, padding and leftovers.
  return tile && formatTilePath(tile) === path ? tile : undefined
}

export function formatTilePath(tile: Tile): string {
  const place = tile.kind === 'entries' ? 'entries' : tile.level
  const partial = tile.width === tileWidth ? '' : `.p/${tile.width}`
  return `${tilePathPrefix}${place}/${groupsOfThree(tile.index)}${partial}`
}

/** False when a tree of `size` leaves does not fill the tile to its width. */
export function tileExists(tile: Tile, size: number): boolean {
  const { level, first, count } = tileNodes(tile)
  return first + count <= Math.floor(size / 2 ** level)
}

/** The tree nodes whose hashes, in order, are a hash tile; for an entry tile, the leaves whose entries it bundles. */
export function tileNodes(tile: Tile): { level: number; first: number; count: number } {
  const level = tile.kind === 'entries' ? 0 : tile.level * treeLevelsPerTile
  return { level, first: tile.index * tileWidth, count: tile.width }
}

/** Each entry after its length as a big-endian uint16. RangeError for an entry over `entryBytesMax`. */
export function encodeEntryBundle(entries: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return concatBytes(
    entries.flatMap((entry) => {
      if (entry.length > entryBytesMax) throw new RangeError(`a log entry has at most ${entryBytesMax} bytes`)
      return [Uint8Array.of(entry.length >> 8, entry.length & 0xff), entry]
    }),
  )
}

/** The entries of a bundle, at most 256; undefined when the bytes do not end with an entry. */
export function decodeEntryBundle(bundle: Uint8Array): Uint8Array[] | undefined {
  const entries: Uint8Array[] = []
  for (let at = 0; at < bundle.length; ) {
    const [high, low] = bundle.subarray(at, at + 2)
    if (high === undefined || low === undefined || entries.length === tileWidth) return undefined
    const end = at + 2 + (high << 8) + low
    if (end > bundle.length) return undefined
    entries.push(bundle.slice(at + 2, end))
    at = end
  }
  return entries
}

const tilePathPrefix = '/log/tile/'
/** Level 63, six groups of three digits and a width fit well. */
const tilePathLengthMax = 64
const tileLevelMax = 63
const treeLevelsPerTile = 8

function tileAt(place: string, index: number, width: number): Tile | undefined {
  if (width < 1 || width > tileWidth) return undefined
  if (place === 'entries') return { kind: 'entries', index, width }
  const level = parseDecimal(place)
  if (level === undefined || level > tileLevelMax) return undefined
  return { kind: 'hashes', level, index, width }
}

// 1234067 is written x001/x234/067.
function groupsOfThree(index: number): string {
  const groups: string[] = []
  let rest = index
  do {
    const group = String(rest % 1000).padStart(3, '0')
    groups.unshift(groups.length === 0 ? group : `x${group}`)
    rest = Math.floor(rest / 1000)
  } while (rest > 0)
  return groups.join('/')
}
