import { type Bytes, fromBase64, toBase64 } from './encoding.ts'
import { noteLengthMax, openNote, parseCheckpoint, parseDecimal } from './note.ts'
import { hashBytes, leafHash, verifyInclusion } from './tree.ts'

/**
 * A C2SP tlog-proof: that the leaf at `index` is in the tree of the checkpoint, a signed note kept as it was signed.
 * `extra` travels along and is not authenticated.
 */
export type Proof = { index: number; hashes: readonly Uint8Array[]; checkpoint: string; extra?: Uint8Array }

/** The text of a `.tlog-proof` file. TypeError for an index or a hash that no proof can have. */
export function formatProof({ index, hashes, checkpoint, extra }: Proof): string {
  if (!Number.isSafeInteger(index) || index < 0) throw new TypeError(`${index} is not a leaf index`)
  if (hashes.some((hash) => hash.length !== hashBytes)) throw new TypeError(`a hash has ${hashBytes} bytes`)
  const lines = [
    firstLine,
    ...(extra ? [`${extraPrefix}${toBase64(extra)}`] : []),
    `${indexPrefix}${index}`,
    ...hashes.map(toBase64),
  ]
  return `${lines.join('\n')}\n\n${checkpoint}`
}

/** Undefined for malformed text. The checkpoint is cut out and neither read nor verified. */
export function parseProof(text: string): Proof | undefined {
  const blank = text.slice(0, proofHeadLengthMax).indexOf('\n\n')
  const checkpoint = text.slice(blank + 2)
  if (blank < 0 || checkpoint === '' || checkpoint.length > noteLengthMax) return undefined
  const [first, ...rest] = text.slice(0, blank).split('\n')
  if (first !== firstLine) return undefined
  const hasExtra = rest[0]?.startsWith(extraPrefix) ?? false
  const extra = hasExtra ? fromBase64((rest.shift() ?? '').slice(extraPrefix.length)) : undefined
  if (hasExtra && !extra) return undefined
  const index = readIndex(rest.shift())
  const hashes = rest.map(readHash)
  if (index === undefined || hashes.length > proofHashesMax) return undefined
  if (!hashes.every((hash) => hash !== undefined)) return undefined
  return { index, hashes, checkpoint, ...(extra ? { extra } : {}) }
}

/**
 * True when the log named by `vkey` has signed a checkpoint of its own (origin and key name equal) whose tree holds
 * `leaf` at the index of the proof. False for anything else; TypeError when `vkey` itself is unreadable.
 */
export async function verifyProof(proofText: string, leaf: Uint8Array, vkey: string): Promise<boolean> {
  const proof = parseProof(proofText)
  const note = await openNote(proof?.checkpoint ?? '', [vkey])
  const checkpoint = note && parseCheckpoint(note.text)
  if (!proof || !checkpoint || !note.signedBy.includes(checkpoint.origin)) return false
  return verifyInclusion({
    leafHash: await leafHash(leaf),
    index: proof.index,
    size: checkpoint.size,
    root: checkpoint.root,
    proof: proof.hashes,
  })
}

const firstLine = 'c2sp.org/tlog-proof@v1'
const extraPrefix = 'extra '
const indexPrefix = 'index '
/** One for each level of the largest tree that has indexes in 64 bits. */
const proofHashesMax = 64
/** The hashes take 2,880 characters at most; the rest is room for extra data. */
const proofHeadLengthMax = 64 * 1024

function readIndex(line: string | undefined): number | undefined {
  return line?.startsWith(indexPrefix) ? parseDecimal(line.slice(indexPrefix.length)) : undefined
}

function readHash(line: string): Bytes | undefined {
  const hash = fromBase64(line)
  return hash?.length === hashBytes ? hash : undefined
}
