import { and, asc, eq } from 'drizzle-orm'
import * as schema from '../../schema/index.ts'
import { build, type Reader, type Statement, statement } from '../database.ts'
import { matchFilter, matchWords } from '../patents/search/match.ts'
import { type AreaRecord, type AreaRule, areaState, patentsPerAreaMax } from './area.ts'

const { areas: table } = schema

export type AreaFound = { area: AreaRecord; version: number }

export async function findArea(read: Reader, slug: string): Promise<AreaFound | undefined> {
  const [row] = await read.select().from(table).where(eq(table.slug, slug))
  return row && toArea(read, row)
}

export async function listAreas(read: Reader): Promise<AreaFound[]> {
  const rows = await read.select().from(table).orderBy(asc(table.slug))
  return Promise.all(rows.map((row) => toArea(read, row)))
}

/** Ids of the patents of an area, the newest by filing first. */
export async function patentsOf(read: Reader, area: AreaRecord, limit = patentsPerAreaMax): Promise<string[]> {
  const expression = expressionOf(area.rules)
  const hits =
    expression === undefined
      ? { sql: 'select null as id where false', args: [] }
      : {
          sql: `select d.patent_id as id from search_text t cross join search_documents d on d.id = t.rowid
                where t.search_text match ? limit ${patentsPerAreaMax + 1}`,
          args: [expression],
        }
  const rows = await read.rows(
    `select p.id from patents p where p.id in (
       select id from (${hits.sql})
       union select patent_id from area_patents where area_id = ? and belongs = 1)
     and p.id not in (select patent_id from area_patents where area_id = ? and belongs = 0)
     order by p.filed_on desc, p.id desc limit ?`,
    [...hits.args, area.id, area.id, limit],
  )
  return rows.map(([id]) => String(id))
}

/** How many of these are open, as they were counted last. */
export async function countOpen(read: Reader, patentIds: readonly string[]): Promise<number> {
  const [row] = await read.rows(
    'select count(*) from json_each(?) j join map_members m on m.patent_id = j.value where m.open = 1',
    [JSON.stringify(patentIds)],
  )
  return Number(row?.[0] ?? 0)
}

export type AreaCell = { year: number | undefined; holder: string; patents: number; open: number }

/** Patents by holder and year of filing. One with two holders stands in the cells of both. */
export async function countHolders(read: Reader, patentIds: readonly string[], on: string): Promise<AreaCell[]> {
  const rows = await read.rows(
    `select substr(m.filed_on, 1, 4), h.organisation_id, count(*), sum(m.open)
     from json_each(?) j cross join map_members m on m.patent_id = j.value
     cross join patent_holders h on h.patent_id = m.patent_id
     where (h.from_on is null or h.from_on <= ?) and (h.until_on is null or h.until_on >= ?)
     group by 1, 2`,
    [JSON.stringify(patentIds), on, on],
  )
  return rows.map(([year, holder, patents, open]) => ({
    year: year === '' ? undefined : Number(year),
    holder: String(holder),
    patents: Number(patents),
    open: Number(open),
  }))
}

/** Patents by year of filing, each once. */
export async function countYears(
  read: Reader,
  patentIds: readonly string[],
): Promise<{ year: number; patents: number; open: number }[]> {
  const rows = await read.rows(
    `select substr(m.filed_on, 1, 4), count(*), sum(m.open) from json_each(?) j
     cross join map_members m on m.patent_id = j.value where m.filed_on <> '' group by 1 order by 1`,
    [JSON.stringify(patentIds)],
  )
  return rows.map(([year, patents, open]) => ({ year: Number(year), patents: Number(patents), open: Number(open) }))
}

/** Whether the organisation is named as a holder on any of these. */
export async function holdsAny(read: Reader, organisationId: string, patentIds: readonly string[]): Promise<boolean> {
  const [row] = await read.rows(
    `select 1 from json_each(?) j cross join patent_holders h on h.patent_id = j.value
     where h.organisation_id = ? limit 1`,
    [JSON.stringify(patentIds), organisationId],
  )
  return row !== undefined
}

/** Areas that stewards or an organisation keep, in which a patent stands by hand or by rule. */
export async function areasOfPatent(read: Reader, patentId: string): Promise<AreaFound[]> {
  const all = (await listAreas(read)).filter(({ area }) => area.state === 'published')
  const belongs = await Promise.all(all.map(({ area }) => belongsTo(read, area, patentId)))
  return all.filter((_, i) => belongs[i])
}

async function belongsTo(read: Reader, area: AreaRecord, patentId: string): Promise<boolean> {
  const expression = expressionOf(area.rules)
  const [row] = await read.rows(
    `select coalesce((select belongs from area_patents where area_id = ?1 and patent_id = ?2),
       ${expression === undefined ? '0' : 'exists (select 1 from search_documents d join search_text t on t.rowid = d.id where d.patent_id = ?2 and t.search_text match ?3)'})`,
    expression === undefined ? [area.id, patentId] : [area.id, patentId, expression],
  )
  return Number(row?.[0]) === 1
}

/** What happened to an area, newest first. */
export async function historyOf(read: Reader, areaId: string): Promise<{ at: string; event: string }[]> {
  const rows = await read.rows(
    `select at, event from history where subject = ?
     union all select at, type from log_entries where subject = ? order by 1 desc limit ${historyShownMax}`,
    [areaId, areaId],
  )
  return rows.map(([at, event]) => ({ at: String(at), event: String(event) }))
}

const historyShownMax = 50

export function insertArea(area: AreaRecord, ids: PickedIds, at: string): Statement[] {
  return [
    statement(build.insert(table).values({ ...columns(area), id: area.id, version: 1, createdAt: at, updatedAt: at })),
    ...insertPicks(area.id, ids),
  ]
}

/** Writes what follows `version`. */
export function updateArea(area: AreaRecord, ids: PickedIds, version: number, at: string): Statement[] {
  return [
    statement(
      build
        .update(table)
        .set({ ...columns(area), version: version + 1, updatedAt: at })
        .where(and(eq(table.id, area.id), eq(table.version, version))),
      'area',
    ),
    { sql: 'delete from area_patents where area_id = ?', args: [area.id] },
    ...insertPicks(area.id, ids),
  ]
}

export type PickedIds = { picked: readonly string[]; leftOut: readonly string[] }

function insertPicks(areaId: string, { picked, leftOut }: PickedIds): Statement[] {
  const insert = (ids: readonly string[], belongs: number): Statement[] =>
    ids.length === 0
      ? []
      : [
          {
            sql: 'insert into area_patents (area_id, patent_id, belongs) select ?, value, ? from json_each(?)',
            args: [areaId, belongs, JSON.stringify(ids)],
          },
        ]
  return [...insert(picked, 1), ...insert(leftOut, 0)]
}

function columns(area: AreaRecord) {
  return {
    slug: area.slug,
    titleJa: area.title.ja,
    titleEn: area.title.en,
    summaryJa: area.summary.ja,
    summaryEn: area.summary.en,
    rules: area.rules.map((rule) => ({ ...rule })),
    curatorId: area.curatorId ?? null,
    state: area.state,
    publishedOn: area.publishedOn ?? null,
  }
}

/** An FTS5 expression for the rules, undefined when none of them can find anything. */
function expressionOf(rules: readonly AreaRule[]): string | undefined {
  const parts = rules.flatMap(({ ipc, words, holders }) => {
    const conditions = [
      ipc && anyOf(ipc.map((symbol) => matchFilter({ ipc: symbol }))),
      words && anyOf(words.map(matchWords)),
      holders && anyOf(holders.map((holder) => matchFilter({ holder }))),
    ].filter((condition) => condition !== undefined)
    return conditions.includes(nothing) || conditions.length === 0 ? [] : [`(${conditions.join(' AND ')})`]
  })
  return parts.length === 0 ? undefined : parts.join(' OR ')
}

const nothing = ''

function anyOf(parts: readonly (string | undefined)[]): string {
  const some = parts.filter((part) => part !== undefined)
  return some.length === 0 ? nothing : `(${some.map((part) => `(${part})`).join(' OR ')})`
}

async function toArea(read: Reader, row: typeof table.$inferSelect): Promise<AreaFound> {
  const picks = await read.rows(
    `select p.number, a.belongs from area_patents a join patents p on p.id = a.patent_id where a.area_id = ? order by p.number`,
    [row.id],
  )
  const numbers = (belongs: number) =>
    picks.filter(([, one]) => Number(one) === belongs).map(([number]) => String(number))
  return {
    version: row.version,
    area: {
      id: row.id,
      slug: row.slug,
      title: { ja: row.titleJa, en: row.titleEn },
      summary: { ja: row.summaryJa, en: row.summaryEn },
      rules: row.rules,
      curatorId: row.curatorId ?? undefined,
      state: areaState.parse(row.state),
      publishedOn: row.publishedOn ?? undefined,
      picked: numbers(1),
      leftOut: numbers(0),
      updatedAt: row.updatedAt,
    },
  }
}
