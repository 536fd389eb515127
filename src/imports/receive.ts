import { sha256 } from '@noble/hashes/sha2.js'
import { type Actor, actorId, type Context, today } from '../context.ts'
import { DatabaseError, type Statement } from '../database.ts'
import { invalid, RegistryError } from '../errors.ts'
import { sha256Hex } from '../log/canonical.ts'
import { toHex } from '../log/encoding.ts'
import { requireActingForNamed } from '../mandates/acting.ts'
import { requireOfficer } from '../organisations/rights.ts'
import { type ImportFields, importFields } from './import.ts'
import { keep } from './keep.ts'
import { chunkBytes, chunksPerWriteMax, importFileBytesMax, openImportsMax } from './limits.ts'
import {
  abandonJob,
  countOpenImports,
  findJob,
  findJobByKey,
  insertChunk,
  insertJob,
  type Job,
  updateJob,
} from './queries.ts'
import { encodingOf, nothingSniffed, sniffEncoding } from './reading/encoding.ts'

/** What arrives: the file piece by piece, and the fields, which are complete when the file is. */
export type Arriving = {
  fileName: string
  /** Hands on each piece; resolves when the whole request is read. */
  read(onFile: (bytes: Uint8Array) => Promise<void>): Promise<{ fields: unknown; fileName?: string }>
  idempotencyKey?: string | undefined
  /** Where it is known before the file comes: who may not act for it is refused at once. */
  organisation?: string | undefined
}

/**
 * Takes a file in, in chunks, without holding it: memory does not grow with it. What becomes of it is for `stepImport`.
 * A request that breaks off leaves nothing. `replayed`: the same key brought the same file before.
 */
export async function receiveImport(ctx: Context, arriving: Arriving): Promise<{ job: Job; replayed: boolean }> {
  const own = requireOfficer(ctx.actor, 'patents:write')
  await requireActingForNamed(ctx, arriving.organisation, 'enrol')
  if ((await countOpenImports(ctx.db.read, own.organisationId)) >= openImportsMax) throw tooMany()
  const id = ctx.newId()
  const at = ctx.now.toISOString()
  const by = { kind: kindOf(ctx.actor), id: own.id, organisationId: own.organisationId }
  try {
    const fileName = arriving.fileName.slice(0, 255)
    const seenOn = today(ctx)
    await keep(
      ctx.db,
      insertJob({ id, organisationId: own.organisationId, by, fileName, seenOn, createdAt: at }, openImportsMax),
    )
  } catch (error) {
    if (error instanceof DatabaseError && error.fault === 'stale') throw tooMany()
    throw error
  }
  try {
    return await receive(ctx, arriving, id)
  } catch (error) {
    await keep(ctx.db, abandonJob(id))
    throw error
  }
}

async function receive(ctx: Context, arriving: Arriving, id: string): Promise<{ job: Job; replayed: boolean }> {
  const chunks = chunkWriter(ctx, id)
  const { fields, fileName } = await arriving.read(chunks.take)
  const file = await chunks.end()
  const given = fieldsOf(fields)
  const acting = await requireActingForNamed(ctx, given.organisation, 'enrol')
  const seenOn = given.seenOn ?? today(ctx)
  if (seenOn > today(ctx)) throw invalid('/seenOn', 'in_the_future', 'Nothing is seen on a day to come.')
  const job = await findJob(ctx.db.read, id)
  if (!job) throw new RegistryError('not_found', 'The upload took too long and was dropped.')
  const requestSha256 = await sha256Hex(`${file.sha256}\n${JSON.stringify(given)}`)
  const before = await replay(ctx, arriving.idempotencyKey, requestSha256)
  if (before) {
    await keep(ctx.db, abandonJob(id))
    return { job: before, replayed: true }
  }
  const change = {
    state: 'reading' as const,
    phase: 'open' as const,
    organisationId: acting.organisationId,
    mandateId: acting.agent?.mandateId,
    fileName: (fileName ?? arriving.fileName).slice(0, 255),
    fileBytes: file.bytes,
    fileSha256: file.sha256,
    sniffed: file.sniffed,
    askedFormat: given.format === 'auto' ? undefined : given.format,
    seenOn,
    mapping: given.mapping,
    chunks: file.chunks,
    requestSha256,
    startedAt: ctx.now.toISOString(),
    ...(arriving.idempotencyKey === undefined
      ? {}
      : { idempotencyPrincipal: actorId(ctx.actor), idempotencyKey: arriving.idempotencyKey }),
  }
  try {
    await keep(ctx.db, [...acting.guards, updateJob(job, change, ctx.now.toISOString())])
  } catch (error) {
    if (!(error instanceof DatabaseError) || (error.fault !== 'unique' && error.fault !== 'stale')) throw error
    await requireActingForNamed(ctx, given.organisation, 'enrol')
    // The same key twice at once: the other one won.
    const other = await replay(ctx, arriving.idempotencyKey, requestSha256)
    if (!other) throw new RegistryError('conflict', 'Another request came in between. Send it again.')
    await keep(ctx.db, abandonJob(id))
    return { job: other, replayed: true }
  }
  const made = await findJob(ctx.db.read, id)
  if (!made) throw new RegistryError('not_found', 'The import is gone.')
  return { job: made, replayed: false }
}

async function replay(ctx: Context, key: string | undefined, requestSha256: string): Promise<Job | undefined> {
  if (key === undefined) return undefined
  const known = await findJobByKey(ctx.db.read, actorId(ctx.actor), key)
  if (!known) return undefined
  if (known.requestSha256 !== requestSha256)
    throw new RegistryError('idempotency_mismatch', 'This Idempotency-Key came with another file before.')
  return known
}

/** Cuts what arrives into chunks and writes them in groups; counts, hashes and sniffs on the way. */
function chunkWriter(ctx: Context, id: string) {
  // WebCrypto hashes only what is whole in memory.
  const hash = sha256.create()
  let sniff = nothingSniffed
  let bytes = 0
  let position = 0
  let held = new Uint8Array(chunkBytes)
  let filled = 0
  let waiting: Statement[] = []
  const cut = async (size: number) => {
    waiting.push(insertChunk(id, 'file', position, held.subarray(0, size)))
    position += 1
    held = new Uint8Array(chunkBytes)
    filled = 0
    if (waiting.length >= chunksPerWriteMax) await write()
  }
  const write = async () => {
    const some = waiting
    waiting = []
    if (some.length > 0) await keep(ctx.db, some)
  }
  return {
    async take(piece: Uint8Array) {
      bytes += piece.length
      if (bytes > importFileBytesMax) throw tooLarge()
      hash.update(piece)
      sniff = sniffEncoding(sniff, piece)
      for (let at = 0; at < piece.length; ) {
        const taken = Math.min(chunkBytes - filled, piece.length - at)
        held.set(piece.subarray(at, at + taken), filled)
        filled += taken
        at += taken
        if (filled === chunkBytes) await cut(filled)
      }
    },
    async end() {
      if (filled > 0) await cut(filled)
      await write()
      if (bytes === 0) throw invalid('/file', 'empty', 'The file is empty.')
      return { bytes, chunks: position, sha256: toHex(hash.digest()), sniffed: encodingOf(sniff) }
    },
  }
}

function fieldsOf(fields: unknown): ImportFields {
  const parsed = importFields.safeParse(fields)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw invalid(
    `/${issue?.path.map(String).join('/') ?? ''}`,
    issue?.code ?? 'invalid',
    issue?.message ?? 'is not as documented',
  )
}

function kindOf(actor: Actor): Job['by']['kind'] {
  return actor.kind === 'person' ? 'person' : 'member'
}

export function tooLarge(): RegistryError {
  const detail = `A file may have up to ${importFileBytesMax} bytes.`
  return new RegistryError('too_large', detail, { faults: [{ pointer: '/file', code: 'file_too_large', detail }] })
}

function tooMany(): RegistryError {
  return new RegistryError(
    'not_allowed_now',
    `Up to ${openImportsMax} imports of an organisation may be open. Finish or drop one.`,
  )
}
