import type { Reader, Value } from '../database.ts'
import { parseOrcid } from '../people/orcid.ts'
import { readCells, strongestValues } from './cell-queries.ts'
import { memberValues } from './cells.ts'
import { countFacets, type Facets, strongestFirst } from './facets.ts'
import { documentsIn, laterConditions, matchOf, type PatentFilter } from './list-queries.ts'

/** Patents are told apart among so many of the newest; beyond, the count says "1,000+". */
export const facetPatentsMax = 1000

/** The commonest values of what passes: from the counters where nothing is filtered, else among the newest that pass. */
export async function readFacets(read: Reader, filter: PatentFilter, on: string): Promise<Facets> {
  const { sort: _sort, ...given } = filter
  if (Object.values(given).every((value) => value === undefined)) return facetsOfAll(read)
  const { sql, args } = newest(filter, on)
  const [row] = await read.rows(
    `select json_group_array(json_array(body, open)) from (select body, open from (${sql}) limit ${facetPatentsMax + 1})`,
    args,
  )
  const rows: [string, number][] = JSON.parse(String(row?.[0] ?? '[]'))
  const members = rows
    .slice(0, facetPatentsMax)
    .map(([body, open]) => ({ values: memberValues(body), open: open === 1 }))
  return countFacets(members, rows.length > facetPatentsMax)
}

async function facetsOfAll(read: Reader): Promise<Facets> {
  const single = async (dim: string) =>
    strongestFirst(
      (await readCells(read, dim)).flatMap(({ values: [value = ''], patents }) =>
        value === '' ? [] : [[value, patents] as const],
      ),
    )
  const [[total], field, holder, year, terms, status, office] = await Promise.all([
    readCells(read, ''),
    single('field'),
    strongestValues(read, 'holder', 'holder', {}, 20),
    readCells(read, 'year'),
    single('terms'),
    single('status'),
    single('office'),
  ])
  const { patents = 0, open = 0 } = total ?? {}
  return {
    patents,
    more: false,
    field,
    holder: holder.filter(({ value }) => value !== '').map(({ value, amount }) => ({ value, patents: amount })),
    year: year
      .flatMap(({ values: [value = ''], patents: filed }) => (value === '' ? [] : [{ value, patents: filed }]))
      .sort((a, b) => (a.value < b.value ? 1 : -1))
      .slice(0, 20),
    terms,
    status,
    office,
    open: [
      { value: 'false', patents: patents - open },
      { value: 'true', patents: open },
    ].filter((one) => one.patents > 0),
  }
}

/** Member rows of what passes, newest first, however the list is sorted. */
function newest(filter: PatentFilter, on: string): { sql: string; args: Value[] } {
  const rest = laterConditions(filter, on)
  const expression = matchOf(filter)
  const limit = facetPatentsMax + 1
  const scan = facetPatentsMax * 5
  const { ids, inventor, filedFrom, filedTo } = filter
  const these =
    ids !== undefined
      ? { sql: 'm.patent_id in (select value from json_each(?))', args: [JSON.stringify(ids)] }
      : inventor !== undefined
        ? {
            sql: 'm.patent_id in (select patent_id from patent_inventors where orcid = ? or name = ? or romanised = ?)',
            args: [parseOrcid(inventor) ?? inventor, inventor, inventor],
          }
        : undefined
  if (these !== undefined)
    return {
      sql: `select m.body, m.open from map_members m where ${these.sql} and ${rest.where}`,
      args: [...these.args, ...rest.args],
    }
  if (expression !== undefined) {
    const documents = documentsIn(filter, undefined)
    return {
      sql: `select m.body, m.open from (select rowid as id from search_text where ${documents.where} order by rowid desc limit ${scan}) h
        cross join search_documents d on d.id = h.id cross join map_members m on m.patent_id = d.patent_id
        where ${rest.where} limit ${limit}`,
      args: [expression, ...documents.args, ...rest.args],
    }
  }
  const open = filter.open ?? (filter.terms === undefined ? undefined : true)
  const conditions: { sql: string; arg: Value }[] = [
    ...(open === undefined ? [] : [{ sql: 'm.open = ?', arg: open ? 1 : 0 }]),
    ...(open === undefined && filter.status !== undefined ? [{ sql: 'm.status = ?', arg: filter.status }] : []),
    ...(filedFrom === undefined ? [] : [{ sql: 'm.filed_on >= ?', arg: filedFrom }]),
    ...(filedTo === undefined ? [] : [{ sql: `m.filed_on > '' and m.filed_on <= ?`, arg: filedTo }]),
  ]
  const where = conditions.length === 0 ? '' : `where ${conditions.map(({ sql }) => sql).join(' and ')}`
  return {
    sql: `select m.body, m.open from (
        select patent_id from map_members m ${where} order by m.filed_on desc, m.patent_id desc limit ${scan}) h
      cross join map_members m on m.patent_id = h.patent_id where ${rest.where} limit ${limit}`,
    args: [...conditions.map(({ arg }) => arg), ...rest.args],
  }
}
