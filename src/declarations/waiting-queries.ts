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

/** Answers that are missing since before `since` and not since before `notBefore`, and of which nobody was told so yet. */
export async function dueReminders(
  read: Reader,
  due: { kind: string; since: string; notBefore?: string | undefined; membersOnly: boolean },
  limit: number,
): Promise<Waiting[]> {
  const rows = await read.rows(
    `select ${columns} from ${waiting} where d.state = 'awaiting_consent' and d.created_at <= ?1
     and coalesce(c.asked_at, d.created_at) <= ?1 and coalesce(c.asked_at, d.created_at) > ?2
     and (?3 = 0 or o.state = 'approved')
     and not exists (select 1 from consent_reminders r
       where r.declaration_id = d.id and r.organisation_id = o.id and r.kind = ?4)
     order by d.created_at, d.id, o.id limit ?5`,
    [due.since, due.notBefore ?? '', due.membersOnly ? 1 : 0, due.kind, limit],
  )
  return rows.map(toWaiting)
}

/** Each once: the same reminder by another process ends the whole act. Answers that came meanwhile end it too. */
export function insertReminders(waiting: readonly Waiting[], kind: string, at: string): Statement[] {
  const pairs = JSON.stringify(waiting.map(({ declarationId, coOwner }) => [declarationId, coOwner.id]))
  return [
    {
      sql: `insert into guard select count(*) = ?1, 'consents' from json_each(?2) j
            join consents c on c.declaration_id = j.value ->> 0 and c.organisation_id = j.value ->> 1
            join declarations d on d.id = c.declaration_id
            where c.answer = 'pending' and d.state = 'awaiting_consent'`,
      args: [waiting.length, pairs],
    },
    {
      sql: `insert into consent_reminders (declaration_id, organisation_id, kind, sent_at)
            select value ->> 0, value ->> 1, ?1, ?2 from json_each(?3)`,
      args: [kind, at, pairs],
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
