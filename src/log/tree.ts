import { sha256 } from './canonical.ts'
import { type Bytes, concatBytes, equalBytes } from './encoding.ts'

// The Merkle tree of RFC 6962 section 2.1 over SHA-256. Only complete subtrees are stored: they never change.
// Node (level, index) covers the leaves from index * 2^level up to (index + 1) * 2^level. Level 0 is leaf hashes.

export type Coordinate = { level: number; index: number }
export type Node = { level: number; index: number; hash: Uint8Array }
export type NodeLookup = (level: number, index: number) => Promise<Uint8Array> | Uint8Array

export const hashBytes = 32

export function leafHash(leaf: Uint8Array): Promise<Bytes> {
  return sha256(concatBytes([leafPrefix, leaf]))
}

export function nodeHash(left: Uint8Array, right: Uint8Array): Promise<Bytes> {
  return sha256(concatBytes([nodePrefix, left, right]))
}

/**
 * The complete nodes that new leaves bring, leaf hashes included, lowest level first.
 * Asks `getNode` only for the nodes of `nodesNeededForAppend`.
 */
export async function appendLeaves(
  oldSize: number,
  newLeafHashes: readonly Uint8Array[],
  getNode: NodeLookup,
): Promise<Node[]> {
  requireSize(oldSize)
  const newSize = oldSize + newLeafHashes.length
  requireSize(newSize)
  const nodes: Node[] = []
  let children: readonly Uint8Array[] = newLeafHashes
  for (let level = 0; children.length > 0; level++) {
    const first = nodesAtLevel(oldSize, level)
    nodes.push(...children.map((hash, offset) => ({ level, index: first + offset, hash })))
    // An odd first child has its left sibling in the old tree.
    const pairable = isOdd(first) ? [await getNode(level, first - 1), ...children] : children
    children = await hashPairs(pairable)
  }
  return nodes
}

/** The root of the first `size` leaves. */
export async function rootOf(size: number, getNode: NodeLookup): Promise<Bytes> {
  requireSize(size)
  return size === 0 ? sha256('') : new Uint8Array(await hashOfRange({ start: 0, end: size }, getNode))
}

/** PATH(index, D[size]) of RFC 6962 section 2.1.1, from the leaf's sibling up. RangeError for an index beyond. */
export async function inclusionProof(index: number, size: number, getNode: NodeLookup): Promise<Uint8Array[]> {
  return Promise.all(inclusionRanges(index, size).map((range) => hashOfRange(range, getNode)))
}

/** PROOF(from, D[to]) of RFC 6962 section 2.1.2. Empty when `from` is 0 or `to`. RangeError when `from` is larger. */
export async function consistencyProof(from: number, to: number, getNode: NodeLookup): Promise<Uint8Array[]> {
  return Promise.all(consistencyRanges(from, to).map((range) => hashOfRange(range, getNode)))
}

/** Stored nodes that `appendLeaves` reads, at most one of each level. */
export function nodesNeededForAppend(oldSize: number, newLeaves: number): Coordinate[] {
  requireSize(oldSize)
  requireSize(oldSize + newLeaves)
  const needed: Coordinate[] = []
  for (let level = 0; nodesAtLevel(oldSize + newLeaves, level) > nodesAtLevel(oldSize, level); level++) {
    const first = nodesAtLevel(oldSize, level)
    if (isOdd(first)) needed.push({ level, index: first - 1 })
  }
  return needed
}

/** Stored nodes that `rootOf` reads: one for each bit of the size. */
export function nodesNeededForRoot(size: number): Coordinate[] {
  requireSize(size)
  return completeSubtrees({ start: 0, end: size })
}

/** Stored nodes that `inclusionProof` reads. */
export function nodesNeededForInclusion(index: number, size: number): Coordinate[] {
  return inclusionRanges(index, size).flatMap(completeSubtrees)
}

/** Stored nodes that `consistencyProof` reads. */
export function nodesNeededForConsistency(from: number, to: number): Coordinate[] {
  return consistencyRanges(from, to).flatMap(completeSubtrees)
}

/** A lookup over nodes already loaded. It throws RangeError for a node that is not among them. */
export function lookupIn(nodes: readonly Node[]): (level: number, index: number) => Uint8Array {
  const hashes = new Map(nodes.map((node) => [`${node.level}/${node.index}`, node.hash]))
  return (level, index) => {
    const hash = hashes.get(`${level}/${index}`)
    if (!hash) throw new RangeError(`tree node ${level}/${index} is missing`)
    return hash
  }
}

export type Inclusion = {
  leafHash: Uint8Array
  index: number
  size: number
  root: Uint8Array
  proof: readonly Uint8Array[]
}

/** RFC 9162 section 2.1.3.2. False for any malformed part. */
export async function verifyInclusion({ leafHash, index, size, root, proof }: Inclusion): Promise<boolean> {
  if (!isSize(index) || !isSize(size) || index >= size) return false
  if (![leafHash, root, ...proof].every(isHash)) return false
  let node = index
  let last = size - 1
  let hash = leafHash
  for (const sibling of proof) {
    if (last === 0) return false
    if (isOdd(node) || node === last) {
      hash = await nodeHash(sibling, hash)
      while (!isOdd(node) && node !== 0) [node, last] = [half(node), half(last)]
    } else {
      hash = await nodeHash(hash, sibling)
    }
    node = half(node)
    last = half(last)
  }
  return last === 0 && equalBytes(hash, root)
}

export type Consistency = {
  from: number
  fromRoot: Uint8Array
  to: number
  toRoot: Uint8Array
  proof: readonly Uint8Array[]
}

/** RFC 9162 section 2.1.4.2; every tree extends the empty one, with an empty proof. False for any malformed part. */
export async function verifyConsistency({ from, fromRoot, to, toRoot, proof }: Consistency): Promise<boolean> {
  if (!isSize(from) || !isSize(to) || from > to) return false
  if (![fromRoot, toRoot, ...proof].every(isHash)) return false
  if (from === to) return proof.length === 0 && equalBytes(fromRoot, toRoot)
  if (from === 0) return proof.length === 0 && equalBytes(fromRoot, await sha256(''))
  const [seed, ...rest] = isPowerOfTwo(from) ? [fromRoot, ...proof] : proof
  if (!seed) return false
  let node = from - 1
  let last = to - 1
  while (isOdd(node)) [node, last] = [half(node), half(last)]
  let older = seed
  let newer = seed
  for (const sibling of rest) {
    if (last === 0) return false
    if (isOdd(node) || node === last) {
      older = await nodeHash(sibling, older)
      newer = await nodeHash(sibling, newer)
      while (!isOdd(node) && node !== 0) [node, last] = [half(node), half(last)]
    } else {
      newer = await nodeHash(newer, sibling)
    }
    node = half(node)
    last = half(last)
  }
  return last === 0 && equalBytes(older, fromRoot) && equalBytes(newer, toRoot)
}

const leafPrefix = Uint8Array.of(0)
const nodePrefix = Uint8Array.of(1)

// Leaves `start` up to `end`, where `start` is a multiple of a power of two that is not less than the length.
type Range = { start: number; end: number }

function inclusionRanges(index: number, size: number): Range[] {
  requireSize(size)
  if (!isSize(index) || index >= size) throw new RangeError(`leaf ${index} is not in a tree of ${size}`)
  const fromRootDown: Range[] = []
  let [start, end] = [0, size]
  while (end - start > 1) {
    const middle = start + largestPowerBelow(end - start)
    if (index < middle) {
      fromRootDown.push({ start: middle, end })
      end = middle
    } else {
      fromRootDown.push({ start, end: middle })
      start = middle
    }
  }
  return fromRootDown.reverse()
}

function consistencyRanges(from: number, to: number): Range[] {
  requireSize(from)
  requireSize(to)
  if (from > to) throw new RangeError(`a tree of ${from} is not within a tree of ${to}`)
  if (from === 0) return []
  const fromRootDown: Range[] = []
  let [start, end] = [0, to]
  while (end !== from) {
    const middle = start + largestPowerBelow(end - start)
    if (from <= middle) {
      fromRootDown.push({ start: middle, end })
      end = middle
    } else {
      fromRootDown.push({ start, end: middle })
      start = middle
    }
  }
  // The verifier knows the old root; any other subtree that ends the old tree must be told.
  if (start > 0) fromRootDown.push({ start, end })
  return fromRootDown.reverse()
}

async function hashOfRange(range: Range, getNode: NodeLookup): Promise<Uint8Array> {
  const hashes = await Promise.all(completeSubtrees(range).map(({ level, index }) => getNode(level, index)))
  const [lowest, ...higher] = hashes.reverse()
  if (!lowest) throw new RangeError('an empty range has no hash')
  let hash = lowest
  for (const left of higher) hash = await nodeHash(left, hash)
  return hash
}

// From left to right, so from the largest to the smallest.
function completeSubtrees({ start, end }: Range): Coordinate[] {
  const subtrees: Coordinate[] = []
  for (let at = start; at < end; ) {
    const level = log2(end - at)
    subtrees.push({ level, index: at / 2 ** level })
    at += 2 ** level
  }
  return subtrees
}

// An odd one out at the end waits for its sibling.
function hashPairs(hashes: readonly Uint8Array[]): Promise<Bytes[]> {
  const pairs: Promise<Bytes>[] = []
  for (let at = 0; at + 1 < hashes.length; at += 2) {
    const [left, right] = hashes.slice(at, at + 2)
    if (left && right) pairs.push(nodeHash(left, right))
  }
  return Promise.all(pairs)
}

function nodesAtLevel(size: number, level: number): number {
  return Math.floor(size / 2 ** level)
}

function largestPowerBelow(count: number): number {
  return 2 ** log2(count - 1)
}

// Whole part only, exact for every safe integer: Math.log2 rounds up just below a large power of two.
function log2(count: number): number {
  return count.toString(2).length - 1
}

function isPowerOfTwo(count: number): boolean {
  return count === 2 ** log2(count)
}

// Sizes go beyond 32 bits, where the bit operators of JavaScript stop.
function isOdd(number: number): boolean {
  return number % 2 === 1
}

function half(number: number): number {
  return Math.floor(number / 2)
}

function isHash(bytes: Uint8Array): boolean {
  return bytes.length === hashBytes
}

function isSize(size: number): boolean {
  return Number.isSafeInteger(size) && size >= 0
}

function requireSize(size: number): void {
  if (!isSize(size)) throw new RangeError(`${size} is not a tree size`)
}
