import type { Context } from '../context.ts'
import type { Reader } from '../database.ts'
import { RegistryError } from '../errors.ts'
import { indexDue } from '../projections/search.ts'
import { advanced, behind, enrolRows } from './enrol.ts'
import type { Failure } from './import.ts'
import { noCounts, noWorld } from './import.ts'
import { keep } from './keep.ts'
import { chunkBytes, documentsPerStepMax, importRowsMax, rowsPerActMax, rowsPerStepMax } from './limits.ts'
import { keptMapping } from './map.ts'
import { prepareRow } from './prepare.ts'
import { previewAgain, previewRows } from './preview.ts'
import {
  deleteChunks,
  deleteJob,
  deleteNames,
  deleteSome,
  findChunk,
  findMapping,
  holdsAny,
  insertChunk,
  isStillEntitled,
  type Job,
  type JobChange,
  updateJob,
} from './queries.ts'
import { detect, headBytesMax, mappingThatFits, withMapping } from './reading/detect.ts'
import { mapping } from './reading/mapping.ts'
import { readChunk, startReading } from './reading/read.ts'
import type { Layout } from './reading/row.ts'
import { encodeSheetRows } from './reading/sheet-rows.ts'
import { unpackSpreadsheet } from './reading/spreadsheet/unpack.ts'
import { failures } from './reasons.ts'
import { findToEnrol, findWaiting } from './rows-queries.ts'

/**
 * Does the next bounded piece of work on an import: what it writes and where it then stands go in together, so a crash
 * loses nothing and repeats nothing. @returns the import as it is then; `phase` `rest` when there is nothing more to do
 * @throws DatabaseError stale when another process did it
 */
export async function stepImport(ctx: Context, job: Job): Promise<Job> {
  switch (job.phase) {
    case 'open':
      return open(ctx, job)
    case 'unpack':
      return unpack(ctx, job)
    case 'clear':
      return clear(ctx, job)
    case 'read':
      return readOn(ctx, job)
    case 'decide':
      return decideOn(ctx, job)
    case 'enrol':
      return enrolOn(ctx, job)
    case 'free':
      return free(ctx, job)
    default:
      return job
  }
}

/** What the bytes are: a table of a known format, a spreadsheet to unpack, columns to be confirmed, or nothing of ours. */
async function open(ctx: Context, job: Job): Promise<Job> {
  const { sniffed } = job
  if (sniffed?.kind === 'refusal') return fail(ctx, job, plain(sniffed.refusal))
  if (sniffed?.kind === 'spreadsheet' && job.part === 'file') return move(ctx, job, { phase: 'unpack' })
  if (job.chunks === 0) return fail(ctx, job, failures.empty())
  const head = await headOf(ctx.db.read, job)
  const detected = detect(head.bytes, sniffed?.kind === 'text' && job.part === 'file' ? sniffed.encoding : 'utf-8', {
    complete: head.complete,
    ...(job.part === 'sheet' ? { sheet: true } : {}),
  })
  if (detected.kind === 'refusal') return fail(ctx, job, plain(detected.refusal))
  if (detected.kind === 'layout' && !job.mapping) {
    const { layout } = detected
    if (job.askedFormat !== undefined && job.askedFormat !== layout.format)
      return fail(ctx, job, failures.otherFormat(job.askedFormat, layout.format))
    return startOver(ctx, job, layout)
  }
  const kept = (await findMapping(ctx.db.read, job.organisationId)).map((text) => mapping.parse(JSON.parse(text)))
  const chosen = job.mapping ?? mappingThatFits(detected.layout.header, kept)
  if (!chosen && detected.kind === 'needs_mapping')
    return move(ctx, job, {
      state: 'needs_mapping',
      phase: 'rest',
      layout: detected.layout,
      guess: { guess: detected.guess, samples: detected.samples },
    })
  if (!chosen) return startOver(ctx, job, detected.layout)
  const mapped = withMapping(detected.layout, chosen)
  if ('refusal' in mapped) return fail(ctx, job, plain(mapped.refusal))
  // What was given with the file is confirmed as well as what was said afterwards.
  return startOver(ctx, job, mapped.layout, [
    await keptMapping(job.organisationId, mapped.layout.header, chosen, ctx.now),
  ])
}

function startOver(ctx: Context, job: Job, layout: Layout, statements: Parameters<typeof keep>[1] = []): Promise<Job> {
  const change: JobChange = {
    state: 'reading',
    phase: 'read',
    layout,
    readState: startReading(layout),
    chunksRead: 0,
    rowsRead: 0,
    counts: noCounts,
    world: noWorld,
    startedAt: ctx.now.toISOString(),
  }
  return move(ctx, job, change, statements)
}

async function headOf(read: Reader, job: Job): Promise<{ bytes: Uint8Array; complete: boolean }> {
  const parts: Uint8Array[] = []
  let length = 0
  let position = 0
  for (; position < job.chunks && length < headBytesMax; position++) {
    const bytes = await findChunk(read, job.id, job.part, position)
    if (!bytes) break
    parts.push(bytes)
    length += bytes.length
  }
  const whole = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return { bytes: whole.subarray(0, headBytesMax), complete: position >= job.chunks && length <= headBytesMax }
}

/** Rows of a spreadsheet become text once, in chunks as those of any other file. Begun again, it begins from nothing. */
async function unpack(ctx: Context, job: Job): Promise<Job> {
  await keep(ctx.db, [deleteChunks(job.id, 'sheet')])
  let held: Uint8Array[] = []
  let length = 0
  let position = 0
  let rows = 0
  const flush = async () => {
    if (length === 0) return
    const bytes = new Uint8Array(length)
    let at = 0
    for (const part of held) {
      bytes.set(part, at)
      at += part.length
    }
    await keep(ctx.db, [insertChunk(job.id, 'sheet', position, bytes)])
    position += 1
    held = []
    length = 0
  }
  const unpacked = await unpackSpreadsheet(chunksOf(ctx.db.read, job), async (some) => {
    rows += some.length
    if (rows > importRowsMax + 1) throw new RegistryError('too_large', 'too many rows')
    const bytes = encodeSheetRows(some)
    held.push(bytes)
    length += bytes.length
    if (length >= chunkBytes) await flush()
  }).catch((error: unknown) => {
    if (error instanceof RegistryError) return { refusal: failures.tooManyRows(importRowsMax) }
    throw error
  })
  if ('refusal' in unpacked) return fail(ctx, job, plain(unpacked.refusal))
  await flush()
  const { sheet, others = [] } = unpacked
  const sniffed = { kind: 'spreadsheet' as const, sheet, others }
  return move(ctx, job, { phase: 'open', part: 'sheet', chunks: position, sniffed })
}

async function* chunksOf(read: Reader, job: Job): AsyncGenerator<Uint8Array> {
  for (let position = 0; position < job.chunks; position++) {
    const bytes = await findChunk(read, job.id, 'file', position)
    if (bytes) yield bytes
  }
}

/** One chunk: its rows, and where the reading then stands. */
async function readOn(ctx: Context, job: Job): Promise<Job> {
  const { readState, chunksRead, chunks } = job
  const bytes = await findChunk(ctx.db.read, job.id, job.part, chunksRead)
  if (!readState || !bytes) return fail(ctx, job, failures.empty())
  const last = chunksRead + 1 >= chunks
  const { rows, state, refusal } = readChunk(readState, bytes, last)
  if (job.rowsRead + rows.length > importRowsMax) return fail(ctx, job, failures.tooManyRows(importRowsMax))
  if (refusal) return fail(ctx, job, plain(refusal))
  if (last && job.rowsRead + rows.length === 0) return fail(ctx, job, failures.empty())
  const { statements, counts, world } = await previewRows(ctx, job, rows.map(prepareRow), job.rowsRead)
  const rowsRead = job.rowsRead + rows.length
  const change: JobChange = { readState: state, chunksRead: chunksRead + 1, rowsRead, counts, world }
  return move(ctx, job, last ? { ...change, phase: 'decide' } : change, statements)
}

/** Rows that depend on what was decided or read since; none left: the preview stands. */
async function decideOn(ctx: Context, job: Job): Promise<Job> {
  const waiting = await findWaiting(ctx.db.read, job.id, rowsPerStepMax)
  if (waiting.length === 0) return move(ctx, job, { state: 'previewed', phase: 'rest' })
  const { statements, counts, world } = await previewAgain(ctx, job, waiting)
  return move(ctx, job, { counts, world }, statements)
}

async function enrolOn(ctx: Context, job: Job): Promise<Job> {
  const rows = await findToEnrol(ctx.db.read, job.id, job.cursor, rowsPerActMax)
  if (rows.length === 0)
    return move(ctx, job, { state: 'committed', phase: 'free', cursor: job.rowsRead, readState: undefined })
  if (!(await isStillEntitled(ctx.db.read, job))) return withoutRights(ctx, job)
  try {
    return await enrolRows(ctx, job, rows, { cursor: behind(rows, job) })
  } catch (error) {
    if (error instanceof RegistryError && error.code === 'forbidden') return withoutRights(ctx, job)
    throw error
  }
}

/** What is enrolled stays; the rest waits for an officer who may. */
function withoutRights(ctx: Context, job: Job): Promise<Job> {
  return move(ctx, job, { state: 'previewed', phase: 'rest', failure: failures.noRights() })
}

/** Rows of a reading that is begun again go first. */
async function clear(ctx: Context, job: Job): Promise<Job> {
  if (await holdsAny(ctx.db.read, ['import_rows', 'import_row_keys', 'import_names'], job.id))
    return move(ctx, job, {}, [
      deleteSome('import_rows', job.id, freedPerStep),
      deleteSome('import_row_keys', job.id, freedPerStep),
      deleteNames(job.id),
    ])
  return move(ctx, job, { phase: 'open' })
}

/**
 * What was enrolled is made findable by its words; until then a search finds what was there before. A finished import keeps
 * its rows for the officer to look at; a dropped one keeps nothing.
 */
async function free(ctx: Context, job: Job): Promise<Job> {
  if (job.state === 'committed' && (await indexDue(ctx.db, documentsPerStepMax, documentsPerStepMax)) > 0) return job
  const all = job.state === 'dropped' || job.state === 'failed'
  const tables = ['import_chunks', 'import_row_keys', ...(all ? (['import_rows'] as const) : [])] as const
  if (!(await holdsAny(ctx.db.read, tables, job.id)))
    return move(
      ctx,
      job,
      { phase: 'rest' },
      all ? [deleteNames(job.id), ...(arrived(job) ? [] : deleteJob(job.id))] : [],
    )
  return move(ctx, job, {}, [
    deleteSome('import_chunks', job.id, chunksFreedPerStep),
    deleteSome('import_row_keys', job.id, freedPerStep),
    ...(all ? [deleteSome('import_rows', job.id, freedPerStep)] : []),
  ])
}

/** Nobody has heard of an import whose file did not come to its end. */
function arrived({ fileSha256 }: Job): boolean {
  return fileSha256 !== undefined
}

/** What is overwritten with zeros in one batch without holding the file for long. */
const freedPerStep = 2000
const chunksFreedPerStep = 16

function fail(ctx: Context, job: Job, failure: Failure): Promise<Job> {
  return move(ctx, job, { state: 'failed', phase: 'free', failure, guess: undefined, readState: undefined })
}

async function move(
  ctx: Context,
  job: Job,
  change: JobChange,
  statements: Parameters<typeof keep>[1] = [],
): Promise<Job> {
  await keep(ctx.db, [updateJob(job, change, ctx.now.toISOString()), ...statements])
  return advanced(job, change)
}

function plain({ code, text }: { code: string; text: { ja: string; en: string } }): Failure {
  return { code, text: { ja: text.ja, en: text.en } }
}
