import { catalogue } from '../../policies/terms.ts'
import type { Context } from '../context.ts'
import type { KeyRecord } from '../keys.ts'
import { known } from '../shapes.ts'
import { commit, type EntryType, type LogEntry, recordText, settle } from './commit.ts'
import { entriesUnchanged, loggedRecords } from './queries.ts'

/**
 * Puts into the log what this process serves and the log does not know yet: terms versions, and keys in each of their
 * states. Idempotent; of processes that start at once, one writes and the others find it written.
 * @returns how many entries were added
 */
export function announce(ctx: Context): Promise<number> {
  const terms = [...catalogue.values()].map(({ id, sha256, publishedOn }) =>
    entry('terms_published', id, { id, sha256, publishedOn }),
  )
  const keys = ctx.keys.records.map((record) => entry('key_published', record.kid, toRecord(record)))
  return settle(async () => {
    const [newTerms, newKeys] = await Promise.all([
      notYetLogged(ctx, 'terms_published', terms),
      notYetLogged(ctx, 'key_published', keys),
    ])
    const [first, ...rest] = [...newTerms.entries, ...newKeys.entries]
    if (!first) return 0
    return commit(ctx, {
      write: [newTerms.unchanged, newKeys.unchanged],
      entries: [first, ...rest],
      answer: 1 + rest.length,
    })
  })
}

async function notYetLogged(ctx: Context, type: EntryType, wanted: readonly LogEntry[]) {
  const subjects = wanted.map(({ subject }) => subject)
  const logged = await loggedRecords(ctx.db.read, type, subjects)
  const entries = wanted.filter(
    ({ subject, record }) => !logged.some((one) => one.subject === subject && one.record === recordText(record)),
  )
  return { entries, unchanged: entriesUnchanged(type, subjects, logged.length) }
}

function entry(type: EntryType, subject: string, record: unknown): LogEntry {
  return { type, subject, record }
}

function toRecord({ kid, use, state, activeFrom, retiredAt, compromisedSince, publicJwk }: KeyRecord) {
  return known({ kid, use, state, activeFrom, retiredAt, compromisedSince, publicJwk })
}
