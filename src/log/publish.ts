import type { Context } from '../context.ts'
import { DatabaseError } from '../database.ts'
import { fromBase64url } from './encoding.ts'
import {
  type Checkpoint,
  formatCheckpoint,
  type NoteKey,
  openNote,
  parseCheckpoint,
  signNote,
  verifierKey,
} from './note.ts'
import {
  findNodes,
  type Head,
  insertCheckpoint,
  insertNodes,
  leafHashes,
  readHead,
  type StoredCheckpoint,
} from './queries.ts'
import { appendLeaves, lookupIn, nodesNeededForAppend, nodesNeededForRoot, rootOf } from './tree.ts'

/** A checkpoint with the signed note (C2SP signed-note) that proves it. */
export type PublishedCheckpoint = Checkpoint & { note: string; signedAt: string }

/** Leaves hashed with one write: some 80 kB of node rows, well below what one HTTP request to the database may carry. */
export const leavesPerBatchMax = 512

/**
 * Stores the tree nodes that are missing and signs the tree of all entries, in as many writes as that takes. Callers at
 * the same time do each batch once: the first to insert a node has it, the others go on from there.
 * @param covering is content with a checkpoint already signed over that many entries
 */
export async function publishCheckpoint(ctx: Context, covering?: number): Promise<PublishedCheckpoint> {
  let head = await readHead(ctx.db.read)
  const wanted = Math.min(covering ?? head.entries, head.entries)
  while (!head.checkpoint || head.checkpoint.size < wanted) head = await advance(ctx, head)
  return asPublished(ctx, head.checkpoint)
}

/** The log's name: its URL without scheme, as C2SP tlog-checkpoint wants the origin and the key name. */
export function logOrigin({ registryUrl }: { registryUrl: string }): string {
  return `${registryUrl.replace(/^https?:\/\//, '')}/log`
}

/** The log's public key in the form that C2SP tools read, `<name>+<id>+<key>`. */
export async function logVerifierKey(ctx: Context): Promise<string> {
  const { name, publicKey } = logKey(ctx)
  return verifierKey(name, publicKey)
}

/** Any Ed25519 key of the log, active or retired, in that form; undefined for a JWK of another kind. */
export async function verifierKeyOf(ctx: Context, jwk: { crv?: string; x?: string }): Promise<string | undefined> {
  const publicKey = jwk.crv === 'Ed25519' ? fromBase64url(jwk.x ?? '') : undefined
  return publicKey && verifierKey(logOrigin(ctx), publicKey)
}

async function advance(ctx: Context, head: Head): Promise<Head> {
  const size = Math.min(head.entries, head.hashed + leavesPerBatchMax)
  const isLast = size === head.entries
  const needed = nodesNeededForAppend(head.hashed, size - head.hashed)
  const [leaves, stored] = await Promise.all([
    leafHashes(ctx.db.read, head.hashed, size),
    findNodes(ctx.db.read, isLast ? [...needed, ...nodesNeededForRoot(size)] : needed),
  ])
  const added = await appendLeaves(head.hashed, leaves, lookupIn(stored))
  const signed = isLast ? await sign(ctx, size, await rootOf(size, lookupIn([...stored, ...added]))) : undefined
  try {
    await ctx.db.write([insertNodes(added), ...(signed ? [insertCheckpoint(signed)] : [])])
    return { entries: head.entries, hashed: size, checkpoint: signed ?? head.checkpoint }
  } catch (error) {
    if (!(error instanceof DatabaseError) || error.fault !== 'unique') throw error
    const moved = await readHead(ctx.db.read)
    // Nobody was faster, so trying again would not end.
    if (moved.hashed === head.hashed && moved.checkpoint?.size === head.checkpoint?.size) throw error
    return moved
  }
}

/** A tree signed under a former address or key is signed again, from its nodes, so that what is served verifies. */
async function asPublished(ctx: Context, stored: StoredCheckpoint): Promise<PublishedCheckpoint> {
  const opened = await open(stored.note, await logVerifierKey(ctx))
  if (opened?.size === stored.size) return { ...opened, note: stored.note, signedAt: stored.signedAt }
  const root = await rootOf(stored.size, lookupIn(await findNodes(ctx.db.read, nodesNeededForRoot(stored.size))))
  const { note, signedAt } = await sign(ctx, stored.size, root)
  return { origin: logOrigin(ctx), size: stored.size, root, note, signedAt }
}

async function open(note: string, vkey: string): Promise<Checkpoint | undefined> {
  const opened = await openNote(note, [vkey])
  return opened && parseCheckpoint(opened.text)
}

async function sign(ctx: Context, size: number, root: Uint8Array): Promise<StoredCheckpoint> {
  const note = await signNote(formatCheckpoint({ origin: logOrigin(ctx), size, root }), logKey(ctx))
  return { size, note, signedAt: ctx.now.toISOString() }
}

function logKey(ctx: Context): NoteKey {
  const { kid, privateKey } = ctx.keys.signing('log', ctx.now)
  const publicKey = fromBase64url(ctx.keys.verifying(kid)?.record.publicJwk.x ?? '')
  if (!publicKey) throw new Error('the key of the log has no public half')
  return { name: logOrigin(ctx), privateKey, publicKey }
}
