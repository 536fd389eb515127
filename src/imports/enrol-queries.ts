import { insertingLines, type Statement } from '../database.ts'
import { nameKey } from '../patents/inventors/names.ts'
import { noDeclarationStands } from '../patents/queries.ts'
import type { Additions } from './differences.ts'
import type { Prepared } from './prepare.ts'

type Status = NonNullable<Additions['statuses']>[number]

/** A patent that goes in new. */
export type NewPatent = {
  id: string
  patent: Prepared
  holders: readonly string[]
  statuses: readonly Status[]
  source: string
  seenOn: string
}

/** A record that gets what a file adds. `version` is the one that was decided on. */
export type ChangedPatent = {
  id: string
  version: number
  put: Additions
  /** How many there are already. */
  numbers: number
  inventors: number
  statuses: number
  classes: ReadonlyMap<string, number>
}

/** Many patents in a few statements: one a table, its rows as JSON. */
export function enrolMany(fresh: readonly NewPatent[], changed: readonly ChangedPatent[], at: string): Statement[] {
  const numbers = [
    ...fresh.flatMap(({ id, patent }) => patent.numbers.map(({ key, docdb }, i) => [key, id, docdb, i])),
    ...changed.flatMap(({ id, put, numbers: first }) =>
      (put.numbers ?? []).map(({ key, docdb }, i) => [key, id, docdb, first + i]),
    ),
  ]
  const holders = [
    ...fresh.flatMap(({ id, holders: ids }) => ids.map((holder, i) => [id, holder, i])),
    ...changed.flatMap(({ id, put }) => (put.holders ?? []).map((holder, i) => [id, holder, i])),
  ]
  const inventors = [
    ...fresh.flatMap(({ id, patent }) => inventorLines(id, patent.inventors, 0)),
    ...changed.flatMap(({ id, put, inventors: first }) => inventorLines(id, put.inventors ?? [], first)),
  ]
  const classes = [
    ...fresh.flatMap(({ id, patent }) =>
      (['ipc', 'cpc', 'fi'] as const).flatMap((scheme) =>
        patent.classes[scheme].map((symbol, i) => [id, scheme, symbol, i]),
      ),
    ),
    ...changed.flatMap(({ id, put, classes: first }) =>
      (put.classes ?? []).map(({ scheme, symbol }, i) => [id, scheme, symbol, (first.get(scheme) ?? 0) + i]),
    ),
  ]
  const fields = [
    ...fresh.flatMap(({ id, patent }) => patent.fields.map((field) => [id, field])),
    ...changed.flatMap(({ id, put }) => (put.fields ?? []).map((field) => [id, field])),
  ]
  const statuses = [
    ...fresh.flatMap(({ id, statuses: lines }) => statusLines(id, lines, 0)),
    ...changed.flatMap(({ id, put, statuses: first }) => statusLines(id, put.statuses ?? [], first)),
  ]
  const passed = changed.filter(({ put }) => put.holders !== undefined).map(({ id }) => id)
  const romanised = changed.flatMap(({ id, put }) =>
    (put.romanised ?? []).map((one) => [id, one.position, one.romanised, nameKey(one.romanised)]),
  )
  return [
    ...insertPatents(fresh, at),
    ...updatePatents(changed, at),
    ...some(
      'insert into patent_numbers (key, patent_id, docdb, position) select value ->> 0, value ->> 1, value ->> 2, value ->> 3 from json_each(?)',
      numbers,
    ),
    ...(passed.length === 0
      ? []
      : [
          noDeclarationStands(passed, at.slice(0, 10)),
          {
            sql: 'delete from patent_holders where patent_id in (select value from json_each(?))',
            args: [JSON.stringify(passed)],
          },
        ]),
    ...some(
      'insert into patent_holders (patent_id, organisation_id, position) select value ->> 0, value ->> 1, value ->> 2 from json_each(?)',
      holders,
    ),
    ...some(
      `insert into patent_inventors (patent_id, position, name, romanised, name_key, romanised_key)
       select value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5 from json_each(?)`,
      inventors,
    ),
    ...some(
      `update patent_inventors set romanised = j.value ->> 2, romanised_key = j.value ->> 3 from json_each(?) j
       where patent_inventors.patent_id = j.value ->> 0 and patent_inventors.position = j.value ->> 1`,
      romanised,
    ),
    ...some(
      `insert or ignore into patent_classes (patent_id, scheme, symbol, position)
       select value ->> 0, value ->> 1, value ->> 2, value ->> 3 from json_each(?)`,
      classes,
    ),
    ...some(
      'insert or ignore into patent_fields (patent_id, field) select value ->> 0, value ->> 1 from json_each(?)',
      fields,
    ),
    ...some(
      `insert into patent_statuses (patent_id, sequence, value, valid_from, source, seen_on, recorded_at)
       select value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, ?2 from json_each(?1)`,
      statuses,
      at,
    ),
  ]
}

function insertPatents(fresh: readonly NewPatent[], at: string): Statement[] {
  const lines = fresh.map(({ id, patent: p, source, seenOn }) => [
    id,
    p.number,
    p.office,
    p.title.ja ?? null,
    p.title.en ?? null,
    p.priorityOn ?? null,
    p.filedOn ?? null,
    p.publishedOn ?? null,
    p.grantedOn ?? null,
    p.expiresOn ?? null,
    p.expiresOn === undefined ? null : source,
    p.expiresOn === undefined ? null : seenOn,
    p.family ?? null,
    1,
    at,
    at,
  ])
  return insertingLines(
    `insert into patents (id, number, office, title_ja, title_en, priority_on, filed_on, published_on, granted_on,
       expires_on, expires_source, expires_seen_on, family, version, created_at, updated_at)`,
    lines,
  )
}

function updatePatents(changed: readonly ChangedPatent[], at: string): Statement[] {
  if (changed.length === 0) return []
  const lines = changed.map(({ id, version, put }) => [
    id,
    version,
    put.number ?? null,
    put.title?.ja ?? null,
    put.title?.en ?? null,
    put.priorityOn ?? null,
    put.filedOn ?? null,
    put.publishedOn ?? null,
    put.grantedOn ?? null,
    put.expires?.on ?? null,
    put.expires?.source ?? null,
    put.expires?.seenOn ?? null,
    put.family ?? null,
  ])
  return [
    {
      sql: `update patents set version = version + 1, updated_at = ?2,
              number = coalesce(j.value ->> 2, number), title_ja = coalesce(j.value ->> 3, title_ja),
              title_en = coalesce(j.value ->> 4, title_en), priority_on = coalesce(j.value ->> 5, priority_on),
              filed_on = coalesce(j.value ->> 6, filed_on), published_on = coalesce(j.value ->> 7, published_on),
              granted_on = coalesce(j.value ->> 8, granted_on), expires_on = coalesce(j.value ->> 9, expires_on),
              expires_source = coalesce(j.value ->> 10, expires_source),
              expires_seen_on = coalesce(j.value ->> 11, expires_seen_on), family = coalesce(j.value ->> 12, family)
            from json_each(?1) j where patents.id = j.value ->> 0 and patents.version = j.value ->> 1`,
      args: [JSON.stringify(lines), at],
    },
    { sql: `insert into guard select changes() = ?, 'patents'`, args: [changed.length] },
  ]
}

function some(sql: string, lines: readonly unknown[], ...more: readonly string[]): Statement[] {
  return lines.length === 0 ? [] : [{ sql, args: [JSON.stringify(lines), ...more] }]
}

function inventorLines(id: string, inventors: Prepared['inventors'], first: number) {
  return inventors.map(({ name, romanised }, i) => [
    id,
    first + i,
    name,
    romanised ?? null,
    nameKey(name),
    romanised === undefined ? null : nameKey(romanised),
  ])
}

function statusLines(id: string, statuses: readonly Status[], first: number) {
  return statuses.map(({ value, on, source, seenOn }, i) => [id, first + i, value, on, source, seenOn])
}
