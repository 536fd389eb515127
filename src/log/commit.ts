import { lte } from 'drizzle-orm'
import * as schema from '../../schema/index.ts'
import { type Actor, actorId, type Context, type IdempotentRequest } from '../context.ts'
import { build, DatabaseError, insertingLines, type Statement, statement } from '../database.ts'
import { RegistryError } from '../errors.ts'
import { derivedAfter, derivedBefore } from '../projections/derived.ts'
import { type FreshPatent, mapOfFresh } from '../projections/map-fresh.ts'
import { indexAfterWrite } from '../projections/search.ts'
import { canonical, type JsonValue, sha256Hex } from './canonical.ts'
import { changesOf, recordChanges, stampPatents } from './changes.ts'
import { toHex } from './encoding.ts'
import { entryBytesMax } from './tiles.ts'
import { leafHash } from './tree.ts'

/** Legal acts. Each is one entry of the public log; the list only grows. */
export const entryTypes = [
  'organisation_applied',
  'organisation_approved',
  'organisation_suspended',
  'organisation_left',
  'organisation_returned',
  'participation_accepted',
  'mandate_given',
  'mandate_ended',
  'terms_published',
  'key_published',
  'declared',
  'consented',
  'consent_refused',
  'declaration_in_force',
  'declaration_withdrawn',
  'patent_assigned',
  'granted',
  'grant_revoked',
  'grant_suspended',
  'grant_reinstated',
  'grant_superseded',
  'grant_objected',
  'inventorship_confirmed',
  'inventorship_rejected',
  'inventorship_reversed',
  'results_reported',
  'area_published',
] as const
export type EntryType = (typeof entryTypes)[number]

/** A legal act: what was done to which record, and the record as it stood. Only a salted digest of it is public. */
export type LogEntry = { type: EntryType; subject: string; record: unknown }

/** Record keeping: what changed, and where it was taken from. */
export type HistoryEvent = {
  event: string
  subject: string
  source: string
  /** The agent that did it for another. */
  actedBy?: { organisation: string; mandate: string }
  before?: unknown
  after?: unknown
}

type Said =
  | { entries: readonly [LogEntry, ...LogEntry[]]; events?: readonly HistoryEvent[] }
  | { entries?: readonly []; events: readonly [HistoryEvent, ...HistoryEvent[]] }

export type Act<Answer> = Said & {
  write: readonly Statement[]
  /** Patents whose derived rows depend on what is written. */
  touched?: readonly string[]
  /** What is known of touched patents that were not there before; one whose holder was ever suspended is not among them. */
  fresh?: readonly FreshPatent[]
  /** Patents whose words for search change though their record does not, as with an item related to them. */
  reworded?: readonly string[]
  /** One of many acts in a row: the caller brings the search index up to them afterwards (`indexDue`). */
  indexedLater?: true
  /** What the caller gets, now and when the same Idempotency-Key comes again. */
  answer: Answer
  /** The answer holds a secret that is shown once only, so it is not kept for a repeated request. */
  secret?: true
}

/** How long an Idempotency-Key is remembered. */
const idempotencyHours = 24

/**
 * The one door for every public write: the changes, what they mean for derived rows, the log and the history go in
 * together or not at all.
 * @throws DatabaseError `stale` or `unique` when something was no longer as decided; `settle` then decides again.
 */
export async function commit<Answer>(ctx: Context, act: Act<Answer>): Promise<Answer> {
  const at = ctx.now.toISOString()
  const touched = act.touched ?? []
  const on = at.slice(0, 10)
  const ofFresh = await mapOfFresh(ctx.db, act.fresh ?? [], on)
  const statements = [
    ...stillEntitled(ctx.actor),
    ...(ctx.idempotent ? guarded(remember(ctx, ctx.idempotent, act.secret ? undefined : act.answer)) : []),
    ...derivedBefore(touched),
    ...act.write.flatMap(guarded),
    ...(await Promise.all((act.entries ?? []).map((entry) => logged(ctx, entry, at)))).flat(),
    ...remembered(ctx, act.events ?? [], at),
    ...recordChanges(changesOf(act.entries ?? [], act.events ?? []), act.entries?.length ?? 0, at),
    ...stampPatents([...touched, ...(act.reworded ?? [])], at),
    ...derivedAfter(touched, on, attending(act.entries ?? []), act.reworded ?? [], ofFresh),
  ]
  await ctx.db.write(statements)
  if (act.indexedLater) return act.answer
  if (touched.length > 0 || (act.reworded ?? []).length > 0) await indexAfterWrite(ctx.db)
  return act.answer
}

/**
 * Decides again when another write came in between, so that the second of two callers hears what is now the case. An
 * act whose outcome is not known (`unreachable`) is never repeated.
 */
export async function settle<Answer>(decideAndCommit: () => Promise<Answer>): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await decideAndCommit()
    } catch (error) {
      const lost = error instanceof DatabaseError && (error.fault === 'stale' || error.fault === 'unique')
      if (!lost && !(error instanceof DatabaseError && error.fault === 'busy')) throw error
      if (attempt < settleAttemptsMax) continue
      if (!lost) throw error
      throw new RegistryError('conflict', 'The record was changed by others at the same time. Read it and try again.')
    }
  }
}

/** Each attempt loses only to another that won, so a handful ends every race that is not an attack. */
const settleAttemptsMax = 6

/** Organisations that from now on may, or may not, take part: their patents are counted anew by scheduled work. */
function attending(entries: readonly LogEntry[]): string[] {
  return entries.filter(({ type }) => attendance.has(type)).map(({ subject }) => subject)
}

const attendance: ReadonlySet<EntryType> = new Set([
  'organisation_approved',
  'organisation_suspended',
  'organisation_left',
  'organisation_returned',
])

/** A record as the log keeps it: the canonical JSON (RFC 8785) whose salted digest is public. */
export function recordText(record: unknown): string {
  return canonical(plain(record))
}

/** The rights on which the use case decided: the client is not revoked, and its organisation takes part as it did. */
function stillEntitled(actor: Actor): Statement[] {
  if (actor.kind === 'anonymous' || actor.kind === 'registry') return []
  if (actor.kind === 'steward')
    return [
      {
        sql: `insert into guard select count(*) = 1, 'client' from clients where id = ? and revoked_at is null`,
        args: [actor.id],
      },
    ]
  if (actor.kind === 'person') return personEntitled(actor)
  return [
    {
      sql: `insert into guard select count(*) = 1, 'client' from clients c join organisations o on o.id = c.organisation_id
            where c.id = ? and c.revoked_at is null and (o.state = 'approved') = ?`,
      args: [actor.id, actor.organisationApproved ? 1 : 0],
    },
  ]
}

/** The person is still here, and still has the post in which the session acts. */
function personEntitled({ id, memberships, actingFor, steward }: Extract<Actor, { kind: 'person' }>): Statement[] {
  const here: Statement = {
    sql: `insert into guard select count(*) = 1, 'person' from people where id = ? and erased_at is null`,
    args: [id],
  }
  if (steward)
    return [
      here,
      { sql: `insert into guard select count(*) = 1, 'steward' from stewards where person_id = ?`, args: [id] },
    ]
  const post = memberships.find(({ organisationId }) => organisationId === actingFor)
  if (!post) return [here]
  return [
    here,
    {
      sql: `insert into guard select count(*) = 1, 'membership' from memberships m
            join organisations o on o.id = m.organisation_id
            where m.person_id = ? and m.organisation_id = ? and m.role = ? and (o.state = 'approved') = ?`,
      args: [id, post.organisationId, post.role, post.organisationApproved ? 1 : 0],
    },
  ]
}

/** `changes()` speaks of the statement just before, so the guard stands right behind what it guards. */
function guarded(change: Statement): Statement[] {
  if (change.expects === undefined) return [change]
  return [change, { sql: 'insert into guard select changes() = 1, ?', args: [change.expects] }]
}

async function logged(ctx: Context, entry: LogEntry, at: string): Promise<Statement[]> {
  const salt = toHex(ctx.randomBytes(16))
  const record = recordText(entry.record)
  const digest = await sha256Hex(salt + record)
  const leaf = canonical({ v: 1, type: entry.type, subject: entry.subject, at, digest })
  const bytes = new TextEncoder().encode(leaf)
  if (bytes.length > entryBytesMax) throw new RangeError(`a log entry has at most ${entryBytesMax} bytes`)
  const hash = toHex(await leafHash(bytes))
  return [
    {
      sql: `insert into log_entries (sequence, type, subject, at, leaf, leaf_hash)
            select coalesce(max(sequence) + 1, 0), ?, ?, ?, ?, ? from log_entries`,
      args: [entry.type, entry.subject, at, leaf, hash],
    },
    {
      sql: 'insert into log_records (sequence, salt, record) select max(sequence), ?, ? from log_entries',
      args: [salt, record],
    },
  ]
}

/** Few statements however many events: an import has thousands. */
function remembered(ctx: Context, events: readonly HistoryEvent[], at: string): Statement[] {
  if (events.length === 0) return []
  const by = actorId(ctx.actor)
  const lines = events.map((event) => [
    ctx.newId(),
    at,
    by,
    event.actedBy === undefined ? null : canonical(event.actedBy),
    event.source,
    event.event,
    event.subject,
    event.before === undefined ? null : historyText(event.before),
    event.after === undefined ? null : historyText(event.after),
    ctx.requestId,
  ])
  return insertingLines(
    'insert into history (id, at, by, acted_by, source, event, subject, before, after, request_id)',
    lines,
  )
}

/** As JSON carries it: the history is read as JSON and never hashed, so the order of members does not matter. */
function historyText(value: unknown): string {
  return JSON.stringify(value ?? null)
}

/** Takes the key, or fails as `stale` when it is taken and still remembered. */
function remember(ctx: Context, request: IdempotentRequest, answer: unknown): Statement {
  const { idempotentRequests } = schema
  const kept = {
    requestSha256: request.requestSha256,
    answer: answer === undefined ? null : JSON.stringify(answer),
    expiresAt: new Date(ctx.now.getTime() + idempotencyHours * 3_600_000).toISOString(),
  }
  const query = build
    .insert(idempotentRequests)
    .values({ principal: request.principal, key: request.key, ...kept })
    .onConflictDoUpdate({
      target: [idempotentRequests.principal, idempotentRequests.key],
      set: kept,
      setWhere: lte(idempotentRequests.expiresAt, ctx.now.toISOString()),
    })
  return statement(query, 'idempotency key')
}

/**
 * Takes away answers whose key may mean another request by now: some hold what a person wrote.
 * @returns how many; no more than one run does with ease
 */
export async function forgetAnswers(ctx: Context): Promise<number> {
  const due = 'select rowid from idempotent_requests where expires_at <= ? limit ?'
  const args = [ctx.now.toISOString(), answersForgottenMax]
  const [row] = await ctx.db.read.rows(`select count(*) from (${due})`, args)
  const count = Number(row?.[0] ?? 0)
  if (count > 0) await ctx.db.write([{ sql: `delete from idempotent_requests where rowid in (${due})`, args }])
  return count
}

const answersForgottenMax = 5000

/** As JSON carries it: what is stored and hashed is what a reader of the JSON sees. */
function plain(value: unknown): JsonValue {
  return JSON.parse(JSON.stringify(value ?? null))
}
