import type { Context } from '../context.ts'
import type { EntryType } from './commit.ts'
import type { LoggedEntry } from './entry.ts'
import { formatProof } from './proof.ts'
import { publishCheckpoint } from './publish.ts'
import { findEntry, findNodes, listEntries } from './queries.ts'
import {
  consistencyProof,
  inclusionProof,
  lookupIn,
  nodesNeededForConsistency,
  nodesNeededForInclusion,
} from './tree.ts'

/**
 * The C2SP tlog-proof of the latest entry of that type about a record, its leaf in `extra`; undefined when there is
 * none. Publishes a checkpoint when the latest does not cover the entry yet.
 */
export async function proofOfSubject(ctx: Context, type: EntryType, subject: string): Promise<string | undefined> {
  const [entry] = await listEntries(ctx.db.read, { type, subject }, undefined, 1)
  return entry && proofOf(ctx, entry)
}

/** The same for any one entry. */
export async function proofOfEntry(ctx: Context, sequence: number): Promise<string | undefined> {
  const entry = await findEntry(ctx.db.read, sequence)
  return entry && proofOf(ctx, entry)
}

/** That the tree of `to` leaves begins with the tree of `from` leaves. RangeError unless 0 <= from <= to <= published. */
export async function proveConsistency(ctx: Context, from: number, to: number): Promise<Uint8Array[]> {
  const nodes = await findNodes(ctx.db.read, nodesNeededForConsistency(from, to))
  return consistencyProof(from, to, lookupIn(nodes))
}

async function proofOf(ctx: Context, { sequence, leaf }: LoggedEntry): Promise<string> {
  const { size, note } = await publishCheckpoint(ctx, sequence + 1)
  const nodes = await findNodes(ctx.db.read, nodesNeededForInclusion(sequence, size))
  const hashes = await inclusionProof(sequence, size, lookupIn(nodes))
  return formatProof({ index: sequence, hashes, checkpoint: note, extra: new TextEncoder().encode(leaf) })
}
