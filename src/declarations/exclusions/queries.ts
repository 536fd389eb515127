import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import * as schema from '../../../schema/index.ts'
import { build, type Reader, type Statement, statement } from '../../database.ts'
import { known } from '../../shapes.ts'
import { type Exclusion, exclusionRule, foldedTitle } from './exclusion.ts'

const { exclusions: table } = schema

export type ExclusionRecord = Exclusion & { keys: readonly string[] }

/** What the organisation excludes now, the newest first. */
export async function listExclusions(read: Reader, organisationId: string): Promise<ExclusionRecord[]> {
  const rows = await read
    .select()
    .from(table)
    .where(and(eq(table.organisationId, organisationId), isNull(table.removedAt)))
    .orderBy(desc(table.id))
  return rows.map((row) => ({
    id: row.id,
    rule: exclusionRule.parse(row.rule),
    value: row.value,
    ...known({ note: row.note }),
    addedAt: row.addedAt,
    keys: row.keys,
  }))
}

/** Which of these patents the organisation excludes, with the entry that says so. A few statements however many they are. */
export async function excludedAmong(
  read: Reader,
  exclusions: readonly ExclusionRecord[],
  patentIds: readonly string[],
): Promise<Map<string, ExclusionRecord>> {
  const excluded = new Map<string, ExclusionRecord>()
  if (exclusions.length === 0 || patentIds.length === 0) return excluded
  const byId = new Map(exclusions.map((one) => [one.id, one]))
  const of = (rule: ExclusionRecord['rule']) =>
    exclusions.filter((one) => one.rule === rule).flatMap(({ id, keys }) => keys.map((key) => ({ id, key })))
  const patents = JSON.stringify(patentIds)
  const asked = (['number', 'ipc', 'inventor'] as const).flatMap((rule) => {
    const entries = of(rule)
    return entries.length === 0 ? [] : [read.rows(matching[rule], [JSON.stringify(entries), patents])]
  })
  const years = exclusions
    .filter(({ rule }) => rule === 'filed')
    .map(({ id, keys: [from = '0000', to = '9999'] }) => ({ id, from, to }))
  if (years.length > 0) asked.push(read.rows(matching.filed, [JSON.stringify(years), patents]))
  for (const rows of await Promise.all(asked))
    for (const [patentId, id] of rows) {
      const entry = byId.get(String(id))
      if (entry) excluded.set(String(patentId), entry)
    }
  const words = of('title')
  if (words.length === 0) return excluded
  const titles = await read.rows(
    'select id, title_ja, title_en from patents where id in (select value from json_each(?))',
    [patents],
  )
  for (const [patentId, ja, en] of titles) {
    const title = foldedTitle(`${ja ?? ''}\n${en ?? ''}`)
    const entry = byId.get(words.find(({ key }) => title.includes(key))?.id ?? '')
    if (entry) excluded.set(String(patentId), entry)
  }
  return excluded
}

/** `?1` entries `{ id, key }`, `?2` ids of patents. */
const matching = {
  number: `select n.patent_id, e.value ->> 'id' from json_each(?1) e
    cross join patent_numbers n on n.key = e.value ->> 'key'
    where n.patent_id in (select value from json_each(?2))`,
  ipc: `select c.patent_id, e.value ->> 'id' from json_each(?2) p cross join patent_classes c on c.patent_id = p.value
    join json_each(?1) e on substr(c.symbol, 1, length(e.value ->> 'key')) = e.value ->> 'key'`,
  inventor: `select i.patent_id, e.value ->> 'id' from json_each(?2) p cross join patent_inventors i on i.patent_id = p.value
    join json_each(?1) e on e.value ->> 'key' in (i.name_key, i.romanised_key)`,
  filed: `select p.id, e.value ->> 'id' from json_each(?2) j cross join patents p on p.id = j.value
    join json_each(?1) e on p.filed_on is null
      or substr(p.filed_on, 1, 4) between e.value ->> 'from' and e.value ->> 'to'`,
}

/** The organisation excludes just what it did when it was decided. */
export function exclusionsUnchanged(organisationId: string, exclusions: readonly { id: string }[]): Statement {
  return {
    sql: `insert into guard select count(*) = ?1 and coalesce(sum(id in (select value from json_each(?2))), 0) = ?1, 'exclusions'
          from exclusions where organisation_id = ?3 and removed_at is null`,
    args: [exclusions.length, JSON.stringify(exclusions.map(({ id }) => id)), organisationId],
  }
}

export function insertExclusions(organisationId: string, entries: readonly ExclusionRecord[], by: string): Statement {
  return {
    sql: `insert into exclusions (id, organisation_id, rule, value, keys, note, added_at, added_by)
          select value ->> 'id', ?1, value ->> 'rule', value ->> 'value', value -> 'keys', value ->> 'note',
            value ->> 'addedAt', ?2 from json_each(?3)`,
    args: [organisationId, by, JSON.stringify(entries)],
  }
}

export function removeExclusion(organisationId: string, id: string, by: string, at: string): Statement {
  return statement(
    build
      .update(table)
      .set({ removedAt: at, removedBy: by })
      .where(and(eq(table.id, id), eq(table.organisationId, organisationId), sql`${table.removedAt} is null`)),
    'exclusion',
  )
}
