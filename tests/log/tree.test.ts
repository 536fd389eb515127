import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toHex } from '../../src/log/encoding.ts'
import {
  appendLeaves,
  type Coordinate,
  consistencyProof,
  inclusionProof,
  leafHash,
  lookupIn,
  type Node,
  nodeHash,
  nodesNeededForAppend,
  nodesNeededForConsistency,
  nodesNeededForInclusion,
  nodesNeededForRoot,
  rootOf,
  verifyConsistency,
  verifyInclusion,
} from '../../src/log/tree.ts'

// The test data of the Certificate Transparency reference implementation.
const classicLeaves = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
].map((hex) => Uint8Array.from(Buffer.from(hex, 'hex')))
const classicRoots = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]
const classicInclusion = [
  {
    index: 5,
    size: 8,
    proof: [
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ],
  },
  {
    index: 0,
    size: 8,
    proof: [
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ],
  },
]
const classicConsistency = [
  { from: 1, to: 1, proof: [] },
  {
    from: 1,
    to: 8,
    proof: [
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ],
  },
  {
    from: 6,
    to: 8,
    proof: [
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ],
  },
  {
    from: 2,
    to: 5,
    proof: [
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    ],
  },
]

const raggedSizes = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 16, 17, 31, 33, 63, 64, 65, 100, 127, 128, 129]
const leafAt = (index: number) => new TextEncoder().encode(`leaf ${index}`)
const leaves = (size: number) => Array.from({ length: size }, (_, index) => leafAt(index))
const nothing = () => {
  throw new Error('an empty tree has no nodes')
}
async function stored(entries: readonly Uint8Array[]): Promise<Node[]> {
  return appendLeaves(0, await Promise.all(entries.map(leafHash)), nothing)
}
const key = ({ level, index }: Coordinate) => `${level}/${index}`
const only = (nodes: readonly Node[], needed: readonly Coordinate[]) => {
  const wanted = new Set(needed.map(key))
  return nodes.filter((node) => wanted.has(key(node)))
}

// MTH of RFC 6962 section 2.1, word for word.
function rootByDefinition(entries: readonly Uint8Array[]): Buffer {
  const [only] = entries
  if (!only) return createHash('sha256').digest()
  if (entries.length === 1) return createHash('sha256').update('\0').update(only).digest()
  let split = 1
  while (split * 2 < entries.length) split *= 2
  return createHash('sha256')
    .update('\x01')
    .update(rootByDefinition(entries.slice(0, split)))
    .update(rootByDefinition(entries.slice(split)))
    .digest()
}

describe('the classic test data', () => {
  test.each(classicRoots.map((root, size) => ({ size, root })))('size $size has root $root', async ({ size, root }) => {
    const nodes = await stored(classicLeaves.slice(0, size))
    expect(toHex(await rootOf(size, lookupIn(nodes)))).toBe(root)
  })

  test.each(classicInclusion)('inclusion of $index in $size', async ({ index, size, proof }) => {
    const nodes = await stored(classicLeaves)
    expect((await inclusionProof(index, size, lookupIn(nodes))).map(toHex)).toEqual(proof)
  })

  test.each(classicConsistency)('consistency from $from to $to', async ({ from, to, proof }) => {
    const nodes = await stored(classicLeaves)
    expect((await consistencyProof(from, to, lookupIn(nodes))).map(toHex)).toEqual(proof)
  })
})

describe('storage', () => {
  test('holds the complete subtrees and no others', async () => {
    const nodes = await stored(leaves(1000))
    expect(nodes).toHaveLength(1994)
    expect(new Set(nodes.map(key)).size).toBe(1994)
    for (const { level, index } of nodes) expect((index + 1) * 2 ** level).toBeLessThanOrEqual(1000)
  })

  test('is the same however the leaves arrive', async () => {
    const hashes = await Promise.all(leaves(150).map(leafHash))
    const atOnce = new Map((await appendLeaves(0, hashes, nothing)).map((node) => [key(node), toHex(node.hash)]))
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(40), { maxLength: 12 }), async (steps) => {
        const nodes: Node[] = []
        let size = 0
        for (const step of [...steps, hashes.length]) {
          const arriving = hashes.slice(size, size + step)
          const needed = nodesNeededForAppend(size, arriving.length)
          nodes.push(...(await appendLeaves(size, arriving, lookupIn(only(nodes, needed)))))
          size += arriving.length
        }
        expect(nodes).toHaveLength(atOnce.size)
        for (const node of nodes) expect(toHex(node.hash)).toBe(atOnce.get(key(node)))
      }),
      { numRuns: 30 },
    )
  })

  test('asks for at most one stored node of each level, and for none that is not there', () => {
    for (let size = 0; size < 200; size++) {
      for (const count of [0, 1, 2, 3, 8, 100]) {
        const needed = nodesNeededForAppend(size, count)
        expect(new Set(needed.map(({ level }) => level)).size).toBe(needed.length)
        for (const { level, index } of needed) expect((index + 1) * 2 ** level).toBeLessThanOrEqual(size)
      }
    }
    expect(nodesNeededForAppend(7, 1)).toEqual([
      { level: 0, index: 6 },
      { level: 1, index: 2 },
      { level: 2, index: 0 },
    ])
    expect(nodesNeededForAppend(7, 0)).toEqual([])
  })

  test('names a node that is missing', () => {
    expect(() => lookupIn([])(3, 4)).toThrow(new RangeError('tree node 3/4 is missing'))
  })
})

describe('roots', () => {
  test('are those of the definition, from the needed nodes alone', async () => {
    const nodes = await stored(leaves(130))
    for (let size = 0; size <= 130; size++) {
      const needed = nodesNeededForRoot(size)
      const few = only(nodes, needed)
      expect(few).toHaveLength(needed.length)
      expect(toHex(await rootOf(size, lookupIn(few)))).toBe(rootByDefinition(leaves(size)).toString('hex'))
    }
  })

  test('work beyond 32 bits', async () => {
    const hash = new Uint8Array(32)
    const asked: string[] = []
    await rootOf(2 ** 52 + 2 ** 33 + 1, (level, index) => {
      asked.push(key({ level, index }))
      return hash
    })
    expect(asked).toEqual(['52/0', `33/${2 ** 19}`, `0/${2 ** 52 + 2 ** 33}`])
    expect(nodesNeededForRoot(Number.MAX_SAFE_INTEGER)).toHaveLength(53)
  })

  test('leaves and nodes hash apart', async () => {
    const [left, right] = [await leafHash(leafAt(0)), await leafHash(leafAt(1))]
    const joined = Uint8Array.from([...left, ...right])
    expect(await leafHash(joined)).not.toEqual(await nodeHash(left, right))
  })
})

describe('inclusion', () => {
  test('is proved from the needed nodes alone for every leaf of every size', async () => {
    const nodes = await stored(leaves(130))
    for (let size = 1; size <= 130; size++) {
      const root = await rootOf(size, lookupIn(nodes))
      for (let index = 0; index < size; index++) {
        const few = only(nodes, nodesNeededForInclusion(index, size))
        const proof = await inclusionProof(index, size, lookupIn(few))
        const claim = { leafHash: await leafHash(leafAt(index)), index, size, root, proof }
        if (!(await verifyInclusion(claim))) expect.fail(`leaf ${index} of ${size}`)
      }
    }
  })

  test('is refused when any part is changed', async () => {
    const nodes = await stored(leaves(129))
    const other = await leafHash(leafAt(1_000))
    for (const size of raggedSizes.filter((each) => each > 1)) {
      const root = await rootOf(size, lookupIn(nodes))
      for (const index of new Set([0, Math.floor(size / 2), size - 1])) {
        const proof = await inclusionProof(index, size, lookupIn(nodes))
        const claim = { leafHash: await leafHash(leafAt(index)), index, size, root, proof }
        const changed = [
          { ...claim, leafHash: other },
          { ...claim, index: index === 0 ? 1 : index - 1 },
          { ...claim, root: other },
          { ...claim, proof: proof.slice(1) },
          { ...claim, proof: proof.slice(0, -1) },
          { ...claim, proof: [...proof, other] },
          ...proof.map((_, at) => ({ ...claim, proof: proof.with(at, other) })),
          { ...claim, proof: proof.map((hash) => hash.slice(1)) },
        ]
        for (const [at, each] of changed.entries()) {
          if (await verifyInclusion(each)) expect.fail(`change ${at} of leaf ${index} of ${size}`)
        }
      }
    }
  })

  test('is false, not an error, for numbers that are no index', async () => {
    const hash = await leafHash(leafAt(0))
    expect(await verifyInclusion({ leafHash: hash, index: 0, size: 1, root: hash, proof: [] })).toBe(true)
    for (const [index, size] of [
      [1, 1],
      [0, 0],
      [-1, 1],
      [0.5, 1],
      [0, Number.NaN],
      [0, 2 ** 60],
    ] as const) {
      expect(await verifyInclusion({ leafHash: hash, index, size, root: hash, proof: [] })).toBe(false)
    }
  })

  test('is refused when the bytes of two hashes are divided elsewhere', async () => {
    const [left, right] = [await leafHash(leafAt(0)), await leafHash(leafAt(1))]
    const root = await nodeHash(left, right)
    const claim = { leafHash: left, index: 0, size: 2, root, proof: [right] }
    expect(await verifyInclusion(claim)).toBe(true)
    const longer = Uint8Array.from([...left.subarray(31), ...right])
    expect(await verifyInclusion({ ...claim, leafHash: left.slice(0, 31), proof: [longer] })).toBe(false)
  })

  test('cannot be asked for a leaf beyond the tree', async () => {
    for (const index of [5, -1, 1.5]) {
      await expect(inclusionProof(index, 5, nothing)).rejects.toThrow(RangeError)
      expect(() => nodesNeededForInclusion(index, 5)).toThrow(RangeError)
    }
  })
})

describe('consistency', () => {
  test('is proved from the needed nodes alone for every pair of sizes', async () => {
    const nodes = await stored(leaves(70))
    const roots = await Promise.all(Array.from({ length: 71 }, (_, size) => rootOf(size, lookupIn(nodes))))
    for (const [to, toRoot] of roots.entries()) {
      for (const [from, fromRoot] of roots.slice(0, to + 1).entries()) {
        const few = only(nodes, nodesNeededForConsistency(from, to))
        const proof = await consistencyProof(from, to, lookupIn(few))
        if (!(await verifyConsistency({ from, fromRoot, to, toRoot, proof }))) expect.fail(`from ${from} to ${to}`)
      }
    }
  })

  test('is refused when any part is changed', async () => {
    const nodes = await stored(leaves(129))
    const other = await leafHash(leafAt(1_000))
    for (const to of raggedSizes.filter((each) => each > 1)) {
      for (const from of new Set([1, Math.floor(to / 2), to - 1])) {
        const [fromRoot, toRoot] = [await rootOf(from, lookupIn(nodes)), await rootOf(to, lookupIn(nodes))]
        const proof = await consistencyProof(from, to, lookupIn(nodes))
        const claim = { from, fromRoot, to, toRoot, proof }
        const changed = [
          { ...claim, fromRoot: other },
          { ...claim, toRoot: other },
          { ...claim, fromRoot: toRoot, toRoot: fromRoot },
          { ...claim, from: to, to: from },
          { ...claim, from: from + 1 },
          { ...claim, proof: [] },
          { ...claim, proof: proof.slice(1) },
          { ...claim, proof: [...proof, other] },
          ...proof.map((_, at) => ({ ...claim, proof: proof.with(at, other) })),
          { ...claim, proof: proof.map((hash) => hash.slice(1)) },
        ]
        for (const [at, each] of changed.entries()) {
          if (await verifyConsistency(each)) expect.fail(`change ${at} from ${from} to ${to}`)
        }
      }
    }
  })

  test('is refused for one root at two sizes', async () => {
    const root = await rootOf(4, lookupIn(await stored(leaves(4))))
    const claim = { from: 4, fromRoot: root, to: 4, toRoot: root, proof: [] }
    expect(await verifyConsistency(claim)).toBe(true)
    for (const to of [5, 7, 8]) expect(await verifyConsistency({ ...claim, to })).toBe(false)
  })

  test('shows a log that was rewritten', async () => {
    const honest = await stored(leaves(9))
    const rewritten = await stored(leaves(13).with(4, leafAt(1_000)))
    const claim = {
      from: 9,
      fromRoot: await rootOf(9, lookupIn(honest)),
      to: 13,
      toRoot: await rootOf(13, lookupIn(rewritten)),
      proof: await consistencyProof(9, 13, lookupIn(rewritten)),
    }
    expect(await verifyConsistency(claim)).toBe(false)
    expect(await verifyConsistency({ ...claim, fromRoot: await rootOf(9, lookupIn(rewritten)) })).toBe(true)
  })

  test('with the empty tree holds only for its own root and no proof', async () => {
    const nodes = await stored(leaves(3))
    const [fromRoot, toRoot] = [await rootOf(0, nothing), await rootOf(3, lookupIn(nodes))]
    expect(await consistencyProof(0, 3, nothing)).toEqual([])
    expect(await verifyConsistency({ from: 0, fromRoot, to: 3, toRoot, proof: [] })).toBe(true)
    expect(await verifyConsistency({ from: 0, fromRoot: toRoot, to: 3, toRoot, proof: [] })).toBe(false)
    expect(await verifyConsistency({ from: 0, fromRoot, to: 3, toRoot, proof: [toRoot] })).toBe(false)
  })

  test('cannot be asked for backwards', async () => {
    await expect(consistencyProof(4, 3, nothing)).rejects.toThrow(RangeError)
    expect(() => nodesNeededForConsistency(-1, 3)).toThrow(RangeError)
  })
})
