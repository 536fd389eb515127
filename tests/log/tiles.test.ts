import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { concatBytes, toHex } from '../../src/log/encoding.ts'
import {
  decodeEntryBundle,
  encodeEntryBundle,
  entryBytesMax,
  formatTilePath,
  parseTilePath,
  type Tile,
  tileExists,
  tileNodes,
} from '../../src/log/tiles.ts'
import { appendLeaves, leafHash, lookupIn, nodeHash, rootOf } from '../../src/log/tree.ts'

describe('a tile path', () => {
  test.each([
    ['/log/tile/0/000', { kind: 'hashes', level: 0, index: 0, width: 256 }],
    ['/log/tile/0/000.p/1', { kind: 'hashes', level: 0, index: 0, width: 1 }],
    ['/log/tile/1/999.p/255', { kind: 'hashes', level: 1, index: 999, width: 255 }],
    ['/log/tile/0/x001/000', { kind: 'hashes', level: 0, index: 1000, width: 256 }],
    ['/log/tile/63/x001/x234/067', { kind: 'hashes', level: 63, index: 1234067, width: 256 }],
    ['/log/tile/entries/x001/x234/067.p/8', { kind: 'entries', index: 1234067, width: 8 }],
    ['/log/tile/entries/010', { kind: 'entries', index: 10, width: 256 }],
  ] as const)('%s reads, and is written back', (path, tile) => {
    expect(parseTilePath(path)).toEqual(tile)
    expect(formatTilePath(tile)).toBe(path)
  })

  test('is the only spelling of any tile', () => {
    const width = fc.integer({ min: 1, max: 256 })
    const index = fc.maxSafeNat()
    const tile: fc.Arbitrary<Tile> = fc.oneof(
      fc.record({ kind: fc.constant('hashes'), level: fc.nat(63), index, width }),
      fc.record({ kind: fc.constant('entries'), index, width }),
    )
    fc.assert(
      fc.property(tile, (each) => {
        expect(parseTilePath(formatTilePath(each))).toEqual(each)
      }),
    )
  })

  test.each([
    '',
    '/log/tile/',
    '/log/tile/0',
    '/log/tile/0/',
    '/log/tile/0/0',
    '/log/tile/0/00',
    '/log/tile/0/0000',
    '/log/tile/0/x000/001',
    '/log/tile/0/x000',
    '/log/tile/0/001/234',
    '/log/tile/0/x001/x234',
    '/log/tile/0/1234',
    '/log/tile/0/-01',
    '/log/tile/0/1e2',
    '/log/tile/0/Infinity',
    '/log/tile/0/00x1',
    '/log/tile/0/000/',
    '/log/tile/0//000',
    '/log/tile/00/000',
    '/log/tile/64/000',
    '/log/tile/-1/000',
    '/log/tile/Entries/000',
    '/log/tile//000',
    '/log/tile/0/000.p',
    '/log/tile/0/000.p/',
    '/log/tile/0/000.p/0',
    '/log/tile/0/000.p/01',
    '/log/tile/0/000.p/256',
    '/log/tile/0/000.p/257',
    '/log/tile/0/000.p/1.p/1',
    '/log/tile/0/000.p/1/',
    '/tile/0/000',
    'log/tile/0/000',
    '/log/tile/0/x009/x007/x199/x254/x740/992',
    `/log/tile/0/${'x001/'.repeat(1000)}000`,
  ])('%j is refused', (path) => {
    expect(parseTilePath(path)).toBeUndefined()
  })
})

describe('a tile exists', () => {
  const at = (path: string, size: number) => {
    const tile = parseTilePath(path)
    if (!tile) throw new Error(`${path} is no tile path`)
    return tileExists(tile, size)
  }

  // The example of C2SP tlog-tiles.
  test('in a tree of 70,000 as the specification counts', () => {
    for (const path of ['0/272', '0/273.p/112', '1/000', '1/001.p/17', '2/000.p/1', 'entries/273.p/112']) {
      expect(at(`/log/tile/${path}`, 70_000), path).toBe(true)
    }
    for (const path of ['0/273', '0/273.p/113', '0/274.p/1', '1/001', '1/001.p/18', '2/000.p/2', '2/001.p/1']) {
      expect(at(`/log/tile/${path}`, 70_000), path).toBe(false)
    }
    for (const path of ['entries/273', 'entries/273.p/113', '3/000.p/1', '63/000.p/1']) {
      expect(at(`/log/tile/${path}`, 70_000), path).toBe(false)
    }
  })

  test('in a tree of 256 in full, and once in the level above', () => {
    expect(at('/log/tile/0/000', 256)).toBe(true)
    expect(at('/log/tile/0/000', 255)).toBe(false)
    expect(at('/log/tile/1/000.p/1', 256)).toBe(true)
    expect(at('/log/tile/1/000.p/1', 255)).toBe(false)
    expect(at('/log/tile/0/001.p/1', 256)).toBe(false)
  })

  test('at every width that an earlier tree had', () => {
    expect(at('/log/tile/0/000.p/3', 3)).toBe(true)
    expect(at('/log/tile/0/000.p/3', 200)).toBe(true)
    expect(at('/log/tile/0/000.p/3', 300)).toBe(true)
    expect(at('/log/tile/0/000.p/3', 2)).toBe(false)
    expect(at('/log/tile/entries/000.p/1', 0)).toBe(false)
  })
})

describe('the nodes of tiles', () => {
  test('are eight tree levels apart', () => {
    expect(tileNodes({ kind: 'hashes', level: 2, index: 3, width: 5 })).toEqual({ level: 16, first: 768, count: 5 })
    expect(tileNodes({ kind: 'entries', index: 3, width: 256 })).toEqual({ level: 0, first: 768, count: 256 })
  })

  test('are enough to compute the root', async () => {
    const size = 600
    const hashes = await Promise.all(
      Array.from({ length: size }, (_, index) => leafHash(Uint8Array.of(index >> 8, index))),
    )
    const getNode = lookupIn(
      await appendLeaves(0, hashes, () => {
        throw new Error('an empty tree has no nodes')
      }),
    )
    const hashesOf = (path: string) => {
      const tile = parseTilePath(path)
      if (!tile || !tileExists(tile, size)) throw new Error(`${path} does not exist`)
      const { level, first, count } = tileNodes(tile)
      return Array.from({ length: count }, (_, offset) => getNode(level, first + offset))
    }
    const [left, right] = hashesOf('/log/tile/1/000.p/2')
    const ragged = hashesOf('/log/tile/0/002.p/88')
    const raggedNodes = await appendLeaves(0, ragged, () => new Uint8Array())
    if (!left || !right) throw new Error('two full tiles')
    const root = await nodeHash(await nodeHash(left, right), await rootOf(88, lookupIn(raggedNodes)))
    expect(toHex(root)).toBe(toHex(await rootOf(size, getNode)))
  })
})

describe('an entry bundle', () => {
  test('is each entry after its length, high byte first', () => {
    const entries = [Uint8Array.of(7, 8), new Uint8Array(), new Uint8Array(258)]
    const bundle = encodeEntryBundle(entries)
    expect([...bundle.subarray(0, 8)]).toEqual([0, 2, 7, 8, 0, 0, 1, 2])
    expect(bundle).toHaveLength(2 + 2 + 2 + 2 + 258)
    expect(decodeEntryBundle(bundle)).toEqual(entries)
  })

  test('takes entries up to 65,535 bytes', () => {
    expect(decodeEntryBundle(encodeEntryBundle([new Uint8Array(entryBytesMax)]))?.[0]).toHaveLength(65_535)
    expect(() => encodeEntryBundle([new Uint8Array(entryBytesMax + 1)])).toThrow(RangeError)
  })

  test('reads back what was written', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 20 }), (entries) => {
        expect(decodeEntryBundle(encodeEntryBundle(entries))?.map(toHex)).toEqual(entries.map(toHex))
      }),
    )
  })

  test('is refused when it ends within an entry or holds more than 256', () => {
    const bundle = encodeEntryBundle([Uint8Array.of(1, 2, 3)])
    expect(decodeEntryBundle(bundle.slice(0, -1))).toBeUndefined()
    expect(decodeEntryBundle(concatBytes([bundle, Uint8Array.of(0)]))).toBeUndefined()
    const many = (count: number) => encodeEntryBundle(Array.from({ length: count }, () => Uint8Array.of(1)))
    expect(decodeEntryBundle(many(256))).toHaveLength(256)
    expect(decodeEntryBundle(many(257))).toBeUndefined()
  })
})
