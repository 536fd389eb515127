import { sha256 } from '@noble/hashes/sha2.js'
import { catalogue } from '../../../policies/terms.ts'
import type { Context } from '../../context.ts'
import type { Reader, Snapshot } from '../../database.ts'
import { toHex } from '../../log/encoding.ts'
import { logVerifierKey, publishCheckpoint } from '../../log/publish.ts'
import { readHead } from '../../log/queries.ts'
import { documentText } from '../../terms/terms.ts'
import { lastChange } from '../changes/queries.ts'
import { type DumpHead, dumpFormat, withheldText } from './format.ts'
import { type Part, parts } from './parts.ts'
import { isSample, readPart } from './queries.ts'

/** How often a moment is looked for in which the signed log and the records are at one, while others write. */
const attemptsMax = 8

/**
 * The whole public registry, a line a record, each with its line end: first what it is, then terms, organisations,
 * mandates, patents, declarations, grants, areas, related items, the log, changes, last counts and digest. On an embedded file all of one
 * moment; over HTTP one page after another, and the last line says whether anything changed meanwhile.
 * @param resumeAt writes a number of a change as the cursor of `/v1/changes`
 */
export async function* dumpLines(
  ctx: Context,
  version: string,
  resumeAt: (sequence: number) => string,
): AsyncGenerator<string> {
  const moment = await readMoment(ctx)
  try {
    const { read } = moment
    const encoder = new TextEncoder()
    const digest = sha256.create()
    const counts: Record<string, number> = {}
    const counted = (kind: string, text: string) => {
      const line = `${text}\n`
      digest.update(encoder.encode(line))
      counts[kind] = (counts[kind] ?? 0) + 1
      return line
    }
    const last = await lastChange(read)
    const head: DumpHead = {
      kind: 'dump',
      format: dumpFormat,
      registry: ctx.registryUrl,
      version,
      madeAt: ctx.now.toISOString(),
      checkpoint: moment.note,
      logKey: await logVerifierKey(ctx),
      entries: moment.entries,
      reading: moment.reading,
      resume: resumeAt(last.sequence),
      withheld: withheldText,
      sample: await isSample(read),
    }
    yield counted('dump', JSON.stringify(head))
    for (const terms of catalogue.values()) {
      const { id, sha256 } = terms
      yield counted('terms', JSON.stringify({ kind: 'terms', id, sha256, document: documentText(terms) }))
    }
    for (const part of parts) {
      // The log only grows, so what the checkpoint covers may be read at any later moment.
      const from = part.kind === 'log' ? ctx.db.read : read
      const end = part.kind === 'log' ? moment.size : part.kind === 'change' ? last.sequence + 1 : undefined
      for await (const text of recordsOf(from, part, end)) yield counted(part.kind, text)
    }
    const steady = moment.reading === 'one_moment' || (await lastChange(ctx.db.read)).sequence === last.sequence
    yield `${JSON.stringify({ kind: 'end', counts, steady, sha256: toHex(digest.digest()) })}\n`
  } finally {
    moment.close()
  }
}

async function* recordsOf(read: Reader, part: Part, end: number | undefined): AsyncGenerator<string> {
  let after: string | number | undefined
  for (;;) {
    const page = await readPart(read, part, after)
    for (const { key, text } of page) {
      if (end !== undefined && typeof key === 'number' && key >= end) return
      yield text
    }
    after = page.at(-1)?.key
    if (page.length < part.rowsPerRead) return
  }
}

type Moment = {
  read: Reader
  note: string
  size: number
  entries: number
  reading: DumpHead['reading']
  close(): void
}

/** A checkpoint and a moment that agree; if others write all the time, a checkpoint that covers more than the moment. */
async function readMoment(ctx: Context): Promise<Moment> {
  for (let attempt = 1; ; attempt++) {
    const before = await publishCheckpoint(ctx)
    const snapshot = ctx.db.snapshot()
    if (!snapshot) return openMoment(ctx, before)
    const { entries } = await readHead(snapshot.read).catch((error: unknown) => {
      snapshot.close()
      throw error
    })
    if (entries === before.size) return momentOf(snapshot, before, entries)
    if (attempt >= attemptsMax) return momentOf(snapshot, await publishCheckpoint(ctx, entries), entries)
    snapshot.close()
  }
}

function momentOf(snapshot: Snapshot, { note, size }: { note: string; size: number }, entries: number): Moment {
  return { read: snapshot.read, note, size, entries, reading: 'one_moment', close: () => snapshot.close() }
}

function openMoment({ db }: Context, { note, size }: { note: string; size: number }): Moment {
  return { read: db.read, note, size, entries: size, reading: 'while_open', close: () => undefined }
}
