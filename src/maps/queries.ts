import type { Reader, Value } from '../database.ts'
import { invalid } from '../errors.ts'
import { readCells } from '../patents/cell-queries.ts'
import { type Dimension, memberValues } from '../patents/cells.ts'
import type { Bilingual } from '../shapes.ts'
import { afterAllBelow, isWholeYears } from './axes.ts'
import { countFromCells, type Kinds } from './cells.ts'
import type { MapCounts, MapFilter, MapQuestion } from './map.ts'
import { countMembers, type Member } from './members.ts'

/** Patents that are looked at one by one where no counter answers: as many as one request may cost. */
export const membersReadMax = 20_000

/**
 * What a map shows. From counters where they hold the answer, else from the patents of the shortest list among the filters.
 * @throws invalid_input where that list is longer than `membersReadMax`
 */
export async function readMap(read: Reader, question: MapQuestion): Promise<MapCounts> {
  if (isWholeYears(question.filter)) {
    const counted = await countFromCells(read, question, await kindsFor(read, question))
    if (counted !== undefined) return counted
  }
  return readMembers(read, question)
}

/** The kinds of organisations, where the answer depends on them. */
async function kindsFor(read: Reader, { by, filter }: MapQuestion): Promise<Kinds> {
  const byHolder = by.includes('holder') || filter.holder !== undefined
  const needed = byHolder && (by.includes('kind') || filter.kind !== undefined)
  const rows = needed ? await read.rows('select id, kind from organisations', []) : []
  const kinds = new Map(rows.map(([id, kind]) => [String(id), String(kind)]))
  return {
    kindOf: (holder) => kinds.get(holder) ?? '',
    ofKind: (kind) => [...kinds].flatMap(([id, one]) => (one === kind ? [id] : [])),
  }
}

export type HolderName = { id: string; name: Bilingual; kind: string }

export async function holderNames(read: Reader, ids: readonly string[]): Promise<Map<string, HolderName>> {
  if (ids.length === 0) return new Map()
  const rows = await read.rows(
    'select id, name_ja, name_en, kind from organisations where id in (select value from json_each(?))',
    [JSON.stringify(ids)],
  )
  return new Map(
    rows.map(([id, ja, en, kind]) => [
      String(id),
      { id: String(id), name: { ja: String(ja), en: String(en) }, kind: String(kind) },
    ]),
  )
}

async function readMembers(read: Reader, question: MapQuestion): Promise<MapCounts> {
  const { sql, args } = await shortestList(read, question.filter)
  const rows = await read.rows(
    `select m.body, m.open, m.filed_on from map_members m where m.patent_id in (${sql}) limit ?`,
    [...args, membersReadMax + 1],
  )
  if (rows.length > membersReadMax) throw tooManyPatents()
  const members = rows.map(
    ([body, open, filedOn]): Member => ({
      values: memberValues(String(body)),
      open: Number(open) === 1,
      filedOn: String(filedOn),
    }),
  )
  const ids = new Set(members.flatMap(({ values }) => values.holder ?? []))
  const names = await holderNames(read, [...ids])
  return countMembers(members, question, (holder) => names.get(holder)?.kind ?? '')
}

function tooManyPatents(): Error {
  return invalid(
    '?by',
    'too_many_patents',
    `This combination is not counted in advance and there are more than ${membersReadMax} patents to look at: narrow it, or take fewer filters.`,
  )
}

/** A few patents of each of these holders, each once. */
export async function someNumbers(read: Reader, holders: readonly string[]): Promise<string[]> {
  const rows = await read.rows(
    `select p.number from json_each(?) h, patents p where p.id in
       (select patent_id from patent_holders where organisation_id = h.value order by patent_id limit ${numbersOfEach})`,
    [JSON.stringify(holders)],
  )
  return [...new Set(rows.map(([number]) => String(number)))]
}

/** Enough for an example that shows a thicket. */
const numbersOfEach = 6

type List = { sql: string; args: Value[] }

/**
 * All patents that pass are in it; it may hold others too.
 * @throws invalid_input where the counters say already that it is too long, before anything is collected
 */
async function shortestList(read: Reader, filter: MapFilter): Promise<List> {
  const lists = listsOf(filter)
  const lengths = await Promise.all(
    lists.map(async ({ dimension, among }) => {
      const cells = await readCells(read, dimension, { [dimension]: among })
      return cells.reduce((sum, { patents }) => sum + patents, 0)
    }),
  )
  const shortest = Math.min(...lengths, await countAll(read, filter))
  if (shortest > membersReadMax) throw tooManyPatents()
  const best = lists[lengths.indexOf(shortest)]
  if (best !== undefined) return best.list
  return filter.open === true
    ? { sql: 'select patent_id from map_members where open = 1', args: [] }
    : { sql: 'select patent_id from map_members', args: [] }
}

async function countAll(read: Reader, { open }: MapFilter): Promise<number> {
  const [all] = await readCells(read, '', {})
  return (open === true ? all?.open : all?.patents) ?? 0
}

type Listed = { dimension: Dimension; among: readonly string[] | { from: string; below: string }; list: List }

function listsOf({ field, ipc, holder, status, filedFrom, filedTo }: MapFilter): Listed[] {
  const lists: Listed[] = []
  const exactly = (dimension: Dimension, value: string, sql: string) =>
    lists.push({ dimension, among: [value], list: { sql, args: [value] } })
  if (field !== undefined && field !== '')
    exactly('field', field, 'select patent_id from patent_fields where field = cast(? as integer)')
  if (holder !== undefined) exactly('holder', holder, 'select patent_id from patent_holders where organisation_id = ?')
  if (status !== undefined) exactly('status', status, 'select patent_id from map_members where status = ?')
  if (ipc !== undefined && ipc !== '') {
    const level = ipc.length > 4 ? 'group' : ipc.length === 4 ? 'subclass' : ipc.length === 3 ? 'class' : 'section'
    lists.push({
      dimension: level,
      among: [ipc],
      list: {
        sql: `select patent_id from patent_classes where scheme in ('ipc', 'cpc', 'fi') and symbol >= ? and symbol < ?`,
        args: [ipc, `${ipc}~`],
      },
    })
  }
  if (filedFrom !== undefined || filedTo !== undefined) {
    const [from, to] = [filedFrom ?? '0000', filedTo ?? '9999']
    lists.push({
      dimension: 'year',
      among: { from: from.slice(0, 4), below: afterAllBelow(to.slice(0, 4)) },
      list: { sql: 'select id from patents where filed_on >= ? and filed_on <= ?', args: [from, to] },
    })
  }
  return lists
}
