import type { Statement } from '../database.ts'
import { canonical, type JsonValue } from './canonical.ts'
import type { EntryType, HistoryEvent, LogEntry } from './commit.ts'

/**
 * Acts and events that others may follow, by one word each. Acts have the word of their log entry. Left out is what only
 * those concerned may know: applications, acceptances, mandates, inventors' claims, people.
 */
export const changeKinds = [
  'organisation_named',
  'organisation_approved',
  'organisation_suspended',
  'organisation_left',
  'organisation_changed',
  'terms_published',
  'key_published',
  'patent_enrolled',
  'patent_changed',
  'patent_status_changed',
  'patent_assigned',
  'declared',
  'consented',
  'consent_refused',
  'declaration_in_force',
  'declaration_withdrawn',
  'granted',
  'grant_revoked',
  'grant_suspended',
  'grant_reinstated',
  'grant_superseded',
  'results_reported',
  'area_published',
  'area_changed',
] as const
export type ChangeKind = (typeof changeKinds)[number]

/** One change that is made public by an act; `entry` counts the act's log entries from 0. */
export type PublicChange = { kind: ChangeKind; subject: string; entry: number | null }

/** What others learn of an act, in the order in which it is said. */
export function changesOf(entries: readonly LogEntry[], events: readonly HistoryEvent[]): PublicChange[] {
  return [
    ...entries.flatMap(({ type, subject }, entry) => {
      const kind = kindOf(type)
      return kind === undefined ? [] : [{ kind, subject, entry }]
    }),
    ...events.flatMap((event) => kindsOf(event).map((kind) => ({ kind, subject: event.subject, entry: null }))),
  ]
}

/**
 * Numbers the changes behind all that went in before, in the batch of the act and behind its `entries` log entries.
 * SQLite gives the next number, and writes come one after another: so numbers have no gap and are read in their order.
 */
export function recordChanges(changes: readonly PublicChange[], entries: number, at: string): Statement[] {
  if (changes.length === 0) return []
  return [
    {
      sql: `insert into changes (at, kind, subject, log_sequence)
            select ?1, value ->> 0, value ->> 1,
              case when value ->> 2 is not null then
                (select max(sequence) from log_entries) + 1 - ?2 + (value ->> 2) end
            from json_each(?3) order by key`,
      args: [at, entries, JSON.stringify(changes.map(({ kind, subject, entry }) => [kind, subject, entry]))],
    },
  ]
}

/** Marks the patents as changed in what is shown of them. */
export function stampPatents(patentIds: readonly string[], at: string): Statement[] {
  if (patentIds.length === 0) return []
  return [
    {
      sql: `insert into patent_stamps (patent_id, at) select value, ? from json_each(?) where true
            on conflict (patent_id) do update set at = max(at, excluded.at)`,
      args: [at, JSON.stringify(patentIds)],
    },
  ]
}

function kindOf(type: EntryType): ChangeKind | undefined {
  return changeKinds.find((kind) => kind === type)
}

function kindsOf({ event, source, before, after }: HistoryEvent): ChangeKind[] {
  if (event === 'patent_changed') return patentKinds(before, after)
  if (event === 'organisation_changed') return isShown(before) ? ['organisation_changed'] : []
  if (event === 'area_changed') return members(before).state === 'published' ? ['area_changed'] : []
  // Items that a curator adds go with an area, which may be a draft yet.
  if (event === 'related_item_added' || event === 'related_item_removed')
    return source === 'curator' ? [] : ['patent_changed']
  const kind = sayings.get(event)
  return kind === undefined ? [] : [kind]
}

/** Events that say just one thing, whatever was before. */
const sayings: ReadonlyMap<string, ChangeKind> = new Map([
  ['organisation_named', 'organisation_named'],
  ['patent_registered', 'patent_enrolled'],
  ['status_recorded', 'patent_status_changed'],
  ['patent_term_ended', 'patent_status_changed'],
])

/** A status added is one change, anything else that became different another. */
function patentKinds(before: unknown, after: unknown): ChangeKind[] {
  const [was, is] = [members(before), members(after)]
  const other = (one: Record<string, unknown>) => textOf({ ...one, statuses: null })
  const kinds: ChangeKind[] = []
  if (textOf(was.statuses) !== textOf(is.statuses)) kinds.push('patent_status_changed')
  if (other(was) !== other(is)) kinds.push('patent_changed')
  return kinds
}

/** One that only asks to join is known to itself and to stewards. */
function isShown(organisation: unknown): boolean {
  return members(organisation).state !== 'applied'
}

function members(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

function textOf(value: unknown): string {
  const plain: JsonValue = JSON.parse(JSON.stringify(value ?? null))
  return canonical(plain)
}
