import type { Reader, Statement } from '../database.ts'
import type { Bilingual } from '../shapes.ts'

/** A co-owner whose answer is missing: who asks, since when, and who was reminded of it. */
export type Waiting = {
  declarationId: string
  termsId: string
  patents: number
  asker: { id: string; name: Bilingual }
  coOwner: { id: string; name: Bilingual; state: string }
  since: string
  reminders: readonly { kind: string; sentAt: string }[]
}

const columns = `d.id, d.terms_id, d.patent_count, a.id, a.name_ja, a.name_en, o.id, o.name_ja, o.name_en, o.state,
  coalesce(c.asked_at, d.created_at),
  (select json_group_array(json(line)) from (select json_object('kind', r.kind, 'sentAt', r.sent_at) as line
     from consent_reminders r where r.declaration_id = d.id and r.organisation_id = o.id order by r.sent_at))`
const waiting = `declarations d join consents c on c.declaration_id = d.id and c.answer = 'pending'
  join organisations a on a.id = d.organisation_id join organisations o on o.id = c.organisation_id`

/** More than an officer works through in one sitting; the oldest come first. */
const waitingShownMax = 200

/** What waits for others, of what the organisation declared; or what waits for the organisation itself. The oldest first. */
export async function listWaiting(read: Reader, organisationId: string, which: 'by_me' | 'for_me'): Promise<Waiting[]> {
  const party = which === 'by_me' ? 'd.organisation_id' : 'c.organisation_id'
  const rows = await read.rows(
    `select ${columns} from ${waiting} where ${party} = ? and d.state = 'awaiting_consent'
     order by coalesce(c.asked_at, d.created_at), d.id, o.id limit ?`,
    [organisationId, waitingShownMax],
  )
  return rows.map(toWaiting)
}

/** Of one declaration, whom it waits for. */
export async function waitingOn(read: Reader, declarationId: string): Promise<Waiting[]> {
  const rows = await read.rows(
    `select ${columns} from ${waiting} where d.id = ? and d.state = 'awaiting_consent' order by o.id`,
    [declarationId],
  )
  return rows.map(toWaiting)
}

export async function countWaitingFor(read: Reader, organisationId: string): Promise<number> {
  const [row] = await read.rows(
    `select count(*) from ${waiting} where c.organisation_id = ? and d.state = 'awaiting_consent'`,
    [organisationId],
  )
  return Number(row?.[0] ?? 0)
}

/** Answers, missing or not, of which it is time to see whether somebody is to be reminded; the longest due first. */
export type DueConsent = Waiting & { due: string; pending: boolean }
export async function dueConsents(read: Reader, now: string, limit: number): Promise<DueConsent[]> {
  const rows = await read.rows(dueConsentsSql, [now, limit])
  return rows.map((row) => ({
    ...toWaiting(row),
    due: String(row.at(-2)),
    pending: Number(row.at(-1)) === 1,
  }))
}

/** By the index of due moments: what is not due costs nothing. `?1` the moment, `?2` how many. */
export const dueConsentsSql = `select ${columns}, c.next_reminder_at, c.answer = 'pending' and d.state = 'awaiting_consent'
  from consents c cross join declarations d on d.id = c.declaration_id
  cross join organisations a on a.id = d.organisation_id cross join organisations o on o.id = c.organisation_id
  where c.next_reminder_at <= ?1 order by c.next_reminder_at limit ?2`

/** They are next looked at then; null: never. Only while nobody else has moved them on. */
export function moveReminders(moved: readonly (DueConsent & { next: string | undefined })[]): Statement[] {
  const lines = JSON.stringify(
    moved.map(({ declarationId, coOwner, due, next }) => ({ declarationId, organisationId: coOwner.id, due, next })),
  )
  const these = `json_each(?1) j cross join consents c on c.declaration_id = j.value ->> 'declarationId'
    and c.organisation_id = j.value ->> 'organisationId'`
  return [
    {
      sql: `insert into guard select count(*) = ?2, 'consents' from ${these} and c.next_reminder_at = j.value ->> 'due'`,
      args: [lines, moved.length],
    },
    {
      sql: `update consents set next_reminder_at = (select j.value ->> 'next' from json_each(?1) j
              where j.value ->> 'declarationId' = declaration_id and j.value ->> 'organisationId' = organisation_id)
            where rowid in (select c.rowid from ${these})`,
      args: [lines],
    },
  ]
}

/** Each once: the same reminder by another process ends the whole act. Answers that came meanwhile end it too. */
export function insertReminders(sent: readonly { waiting: Waiting; kind: string }[], at: string): Statement[] {
  const lines = JSON.stringify(sent.map(({ waiting, kind }) => [waiting.declarationId, waiting.coOwner.id, kind]))
  return [
    {
      sql: `insert into guard select count(*) = ?1, 'consents' from json_each(?2) j
            join consents c on c.declaration_id = j.value ->> 0 and c.organisation_id = j.value ->> 1
            join declarations d on d.id = c.declaration_id
            where c.answer = 'pending' and d.state = 'awaiting_consent'`,
      args: [sent.length, lines],
    },
    {
      sql: `insert into consent_reminders (declaration_id, organisation_id, kind, sent_at)
            select value ->> 0, value ->> 1, value ->> 2, ?1 from json_each(?2)`,
      args: [at, lines],
    },
  ]
}

function toWaiting(row: readonly unknown[]): Waiting {
  const [id, terms, count, asker, askerJa, askerEn, coOwner, ja, en, state, since, reminders] = row.map(String)
  return {
    declarationId: id ?? '',
    termsId: terms ?? '',
    patents: Number(count),
    asker: { id: asker ?? '', name: { ja: askerJa ?? '', en: askerEn ?? '' } },
    coOwner: { id: coOwner ?? '', name: { ja: ja ?? '', en: en ?? '' }, state: state ?? '' },
    since: since ?? '',
    reminders: JSON.parse(reminders ?? '[]'),
  }
}
