import type { Reader, Statement } from '../database.ts'
import type { Bilingual } from '../shapes.ts'

/** Statuses that a patent still has when its term ends by itself; every other one says already how it ended. */
const outlivable = "('pending', 'granted', 'unknown')"

/** The status that holds on the day `?1`. */
const statusThen = `coalesce((select s.value from patent_statuses s where s.patent_id = p.id and s.valid_from <= ?1
  order by s.valid_from desc, s.sequence desc limit 1), 'unknown')`

export type Ended = { id: string; version: number; on: string; source: string; status: string }

/** Patents whose recorded end has passed by that day and that upkeep has not dealt with, the first to end first. */
export async function endedBy(read: Reader, today: string, limit: number): Promise<Ended[]> {
  const rows = await read.rows(
    `select p.id, p.version, p.expires_on, coalesce(p.expires_source, ''), ${statusThen} from patents p
     where p.end_settled_on is not p.expires_on and p.expires_on < ?1 order by p.expires_on, p.id limit ?2`,
    [today, limit],
  )
  return rows.map(([id, version, on, source, status]) => ({
    id: String(id),
    version: Number(version),
    on: String(on),
    source: String(source),
    status: String(status),
  }))
}

/**
 * Records `expired` where nothing else has ended the right before, from the day after the last one of the term, with the
 * source of the recorded end. What held on any day stays as the record already had it.
 */
export function settleEnds(ended: readonly Ended[], today: string, at: string): Statement[] {
  const relied = JSON.stringify(ended.map(({ id, version }) => ({ id, version })))
  const ids = JSON.stringify(ended.map(({ id }) => id))
  return [
    {
      sql: `insert into guard select count(*) = ?1, 'patents' from json_each(?2) j
            join patents p on p.id = j.value ->> 'id' and p.version = j.value ->> 'version'
            where p.end_settled_on is not p.expires_on`,
      args: [ended.length, relied],
    },
    {
      sql: `insert into patent_statuses (patent_id, sequence, value, valid_from, source, seen_on, recorded_at)
            select p.id, coalesce((select max(sequence) + 1 from patent_statuses where patent_id = p.id), 0), 'expired',
              date(p.expires_on, '+1 day'), p.expires_source, p.expires_seen_on, ?3
            from patents p where p.id in (select value from json_each(?2)) and ${statusThen} in ${outlivable}`,
      args: [today, ids, at],
    },
    {
      sql: `update patents set version = version + 1, end_settled_on = expires_on, updated_at = ?1
            where id in (select value from json_each(?2))`,
      args: [at, ids],
    },
  ]
}

export type Expiring = {
  number: string
  title: { ja?: string; en?: string }
  endsOn: string
  estimated: boolean
  source: string
  declarations: number
}

/** The last day of the term: recorded, else the same estimate as the facts make. */
const endOf = `coalesce(p.expires_on, date(p.filed_on, '+20 years'))`

/**
 * Live patents that the organisation holds on that day and whose term ends, as recorded or as estimated, from then until
 * the last day given; the first to end first, from behind `after` on.
 */
export async function listExpiring(
  read: Reader,
  organisationId: string,
  today: string,
  until: string,
  after: readonly [string, string] | undefined,
  limit: number,
): Promise<Expiring[]> {
  const rows = await read.rows(
    `select p.number, p.title_ja, p.title_en, ${endOf} as ends, p.expires_on is null, p.expires_source,
       (select count(*) from declaration_patents dp join declarations d on d.id = dp.declaration_id
        where dp.patent_id = p.id and d.state in ('in_force', 'awaiting_consent'))
     from patent_holders h join patents p on p.id = h.patent_id
     where h.organisation_id = ?3 and (h.from_on is null or h.from_on <= ?1) and (h.until_on is null or h.until_on >= ?1)
     and ${endOf} >= ?1 and ${endOf} <= ?2 and ${statusThen} in ${outlivable}
     and (${endOf}, p.number) > (?4, ?5) group by p.id order by ends, p.number limit ?6`,
    [today, until, organisationId, after?.[0] ?? '', after?.[1] ?? '', limit],
  )
  return rows.map(([number, ja, en, ends, estimated, source, declarations]) => ({
    number: String(number),
    title: { ...(ja === null ? {} : { ja: String(ja) }), ...(en === null ? {} : { en: String(en) }) },
    endsOn: String(ends),
    estimated: Number(estimated) === 1,
    source: source === null ? '' : String(source),
    declarations: Number(declarations),
  }))
}

/** Approved organisations that hold patents which end in that time, and have had no notice of it since then. */
export async function untoldOfEnds(
  read: Reader,
  today: string,
  until: string,
  since: string,
  limit: number,
): Promise<{ organisationId: string; patents: number; estimated: number; name: Bilingual }[]> {
  const rows = await read.rows(
    `select o.id, count(distinct p.id), count(distinct iif(p.expires_on is null, p.id, null)), o.name_ja, o.name_en
     from patents p join patent_holders h on h.patent_id = p.id
       and (h.from_on is null or h.from_on <= ?1) and (h.until_on is null or h.until_on >= ?1)
     join organisations o on o.id = h.organisation_id and o.state = 'approved'
     where ((p.expires_on >= ?1 and p.expires_on <= ?2)
       or (p.expires_on is null and p.filed_on >= date(?1, '-20 years') and p.filed_on <= date(?2, '-20 years')))
     and ${statusThen} in ${outlivable}
     and not exists (select 1 from notices n where n.organisation_id = o.id and n.kind = 'patents_expiring'
       and n.created_at >= ?3)
     group by o.id order by o.id limit ?4`,
    [today, until, since, limit],
  )
  return rows.map(([id, patents, estimated, ja, en]) => ({
    organisationId: String(id),
    patents: Number(patents),
    estimated: Number(estimated),
    name: { ja: String(ja), en: String(en) },
  }))
}

/** None of them has been told since then: settles two processes that tell at once. */
export function untoldStill(organisationIds: readonly string[], since: string): Statement {
  return {
    sql: `insert into guard select count(*) = 0, 'notices' from notices where kind = 'patents_expiring'
          and created_at >= ? and organisation_id in (select value from json_each(?))`,
    args: [since, JSON.stringify(organisationIds)],
  }
}

const toldMonth = 'expiring_told'

/** The month for which everybody has been told, `YYYY-MM`. */
export async function monthTold(read: Reader): Promise<string | undefined> {
  const [row] = await read.rows('select value from registry_facts where name = ?', [toldMonth])
  return row && String(row[0])
}

export function setMonthTold(month: string): Statement {
  return {
    sql: `insert into registry_facts (name, value) values (?1, ?2)
          on conflict (name) do update set value = excluded.value where value <> excluded.value`,
    args: [toldMonth, month],
    expects: 'month',
  }
}
