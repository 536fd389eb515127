import type { LegalStatus } from '../../policies/vocabulary.ts'
import { type Database, insertingLines, type Statement } from '../database.ts'
import { daysAfter } from '../dates.ts'
import {
  type Counted,
  counted,
  countedDims,
  inKey,
  isNumbered,
  keyBits,
  placeOf,
  rankedDims,
} from '../patents/cells.ts'
import { memberColumns } from './map-members.ts'

/** A patent that goes in with this act: nothing is declared on it, nothing encumbers it, and its holders are of all time. */
export type FreshPatent = {
  id: string
  office: string
  filedOn: string | undefined
  expiresOn: string | undefined
  /** In the order in which they are recorded. */
  statuses: readonly { value: LegalStatus; on: string }[]
  classes: { ipc: readonly string[]; cpc: readonly string[]; fi: readonly string[] }
  fields: readonly number[]
  /** In their order; organisations that were never suspended. */
  holders: readonly { id: string; kind: string }[]
}

/**
 * Members and cells of patents that were not there before. Nothing has to be taken away, so what they add to each cell is
 * summed here: thousands of patents come to some thousand sums, and would else be a hundred thousand single ones. The rules
 * are those of `map-members.ts` and `map.ts`; `mapAstray` finds where the two differ. Values met for the first time get
 * their ids before, in a write of its own: an id that nothing uses hurts nobody. None of this for patents of more values
 * than fit: `mapAfter` then counts them.
 * @param on as for `mapAfter`
 */
export async function mapOfFresh(db: Database, patents: readonly FreshPatent[], on: string): Promise<Statement[]> {
  if (patents.length === 0) return []
  const judged = patents.map((patent) => ({ patent, ...judge(patent, on) }))
  const found = await sums(
    db,
    judged.map(({ values }) => values),
  )
  if (!found) return []
  const { cells, rankings, holders } = found
  return [
    holdersAreAsKnown(patents),
    ...insertingLines(
      `insert into map_members (${memberColumns})`,
      judged.map(({ patent, body, status, changesOn }) => [
        patent.id,
        body,
        0,
        status,
        patent.filedOn ?? '',
        on,
        changesOn,
      ]),
    ),
    ...addHolders(holders),
    addTo('map_rankings', rankings),
    addTo('map_cells', cells),
    {
      sql: 'delete from touched_patents where patent_id in (select value from json_each(?))',
      args: [JSON.stringify(patents.map(({ id }) => id))],
    },
  ]
}

/** Keys go as text: JSON numbers do not hold all of their 63 bits. */
function addTo(table: 'map_cells' | 'map_rankings', lines: readonly Line[]): Statement {
  const holders = table === 'map_cells' ? { column: ', holders', value: ', 0' } : { column: '', value: '' }
  return {
    sql: `insert into ${table} (key, patents, open, weight, open_weight${holders.column})
          select cast(value ->> 0 as integer), value ->> 1, 0, value ->> 2, 0${holders.value} from json_each(?) where true
          on conflict (key) do update set patents = patents + excluded.patents, weight = weight + excluded.weight`,
    args: [JSON.stringify(lines)],
  }
}

type Values = Readonly<Record<Counted, readonly (string | number)[]>>

const alive: ReadonlySet<LegalStatus> = new Set(['pending', 'granted', 'unknown'])

/** Its values, in the order of the indexes that SQL finds them by, the status and until when both hold. */
function judge({ office, filedOn = '', expiresOn, statuses, classes, fields, holders }: FreshPatent, on: string) {
  const last = statuses.reduce<{ value: LegalStatus; on: string } | undefined>(
    (best, one) => (one.on <= on && (best === undefined || one.on >= best.on) ? one : best),
    undefined,
  )
  const said = last?.value ?? 'unknown'
  const status = expiresOn !== undefined && expiresOn < on && alive.has(said) ? 'expired' : said
  const scheme = (['ipc', 'fi'] as const).find((one) => classes[one].length > 0) ?? 'cpc'
  const symbols = [...new Set(classes[scheme])].sort()
  const cut = (length: number) => distinct(symbols.map((symbol) => symbol.slice(0, length)))
  const profile = JSON.stringify([office, status, [''], distinct(holders.map(({ kind }) => kind))])
  const others = {
    section: cut(1),
    field: fields.length === 0 ? [0] : [...fields].sort((a, b) => a - b),
    year: [filedOn >= '1000' ? Number(filedOn.slice(0, 4)) : 0],
    class: cut(3),
    subclass: cut(4),
    group: distinct(symbols.map((symbol) => symbol.slice(0, Math.max(symbol.indexOf('/'), 0)))),
    holder: distinct(holders.map(({ id }) => id)),
  }
  const body = `[[${profile}],${Object.values(others)
    .map((values) => JSON.stringify(values))
    .join(',')}]`
  const days = statuses.flatMap((one) => (one.on > on ? one.on : []))
  if (expiresOn !== undefined && expiresOn >= on) days.push(daysAfter(expiresOn, 1))
  const changesOn = days.length === 0 ? null : days.reduce((first, day) => (day < first ? day : first))
  return { values: { profile: [profile], ...others } satisfies Values, body, status, changesOn }
}

/** What stands for none is the empty text. */
function distinct(values: readonly string[]): readonly string[] {
  const found = new Set(values)
  found.delete('')
  return found.size === 0 ? [''] : [...found]
}

/** A patent's share in a cell, in millionths. */
const whole = 1_000_000

/** What is added to a cell. */
type Line = readonly [key: string, patents: number, weight: number]

const kinds = countedDims.map((dims) => ({
  dims,
  place: placeOf(dims),
  names: counted.filter((dim) => dims.split(',').includes(dim)),
  isRanked: rankedDims.includes(dims),
}))

/** All that these patents add, each cell once; `holders`: the keys of rankings, each with the cell whose holders they count. */
async function sums(db: Database, patents: readonly Values[]) {
  const met = forEach(() => new Map<string | number, number>())
  const sums = kinds.map((kind) => ({ ...kind, found: new Map<number, { patents: number; weight: number }>() }))
  for (const values of patents) {
    const places = forEach((dim) => values[dim].map((value) => placeIn(met[dim], value)))
    const share = forEach((dim) => Math.floor(whole / values[dim].length))
    for (const { names, found } of sums) {
      const [first, second, third] = names
      const weights = names.reduce((weight, name) => Math.floor((weight * share[name]) / whole), whole)
      for (const a of first ? places[first] : one)
        for (const b of second ? places[second] : one)
          for (const c of third ? places[third] : one) {
            const key = (a * placesMax + b) * placesMax + c
            const known = found.get(key)
            if (known) {
              known.patents += 1
              known.weight += weights
            } else found.set(key, { patents: 1, weight: weights })
          }
    }
  }
  if (counted.some((dim) => met[dim].size > placesMax)) return undefined
  const ids = await idsOf(db, met)
  const lines = (ranked: boolean) =>
    sums
      .filter(({ isRanked }) => isRanked === ranked)
      .flatMap(({ dims, place, names, found }) =>
        [...found].map(([key, { patents, weight }]) => {
          const at = [Math.floor(key / placesMax ** 2), Math.floor(key / placesMax) % placesMax, key % placesMax]
          const parts = names.map((name, i) => ids[name][at[i] ?? 0] ?? 0)
          return { dims, parts, line: [String(keyOf(dims, place, parts)), patents, weight] satisfies Line }
        }),
      )
  const rankings = lines(true)
  return {
    cells: lines(false).map(({ line }) => line),
    rankings: rankings.map(({ line }) => line),
    // A holder not known is none.
    holders: rankings.flatMap(({ dims, parts, line: [key] }) =>
      parts.at(-1) === 0 ? [] : [[key, String(parentOf(dims, parts))] as const],
    ),
  }
}

const one = [0] as const
/** Three places make one number: so many values of one dimension fit. */
const placesMax = 2 ** 17

/** The values met so far stand in the order in which they came. */
function placeIn(met: Map<string | number, number>, value: string | number): number {
  const known = met.get(value)
  if (known !== undefined) return known
  met.set(value, met.size)
  return met.size - 1
}

function keyOf(dims: string, place: number, parts: readonly number[]): bigint {
  const [a, b, c] = inKey(dims, parts).map(BigInt)
  const { dims: dimBits, a: aBits, b: bBits } = keyBits
  return (BigInt(place) << BigInt(dimBits)) + ((a ?? 0n) << BigInt(aBits)) + ((b ?? 0n) << BigInt(bBits)) + (c ?? 0n)
}

/** Of the holders of a value, the value's own cell; of all holders, the total. */
function parentOf(dims: string, [first = 0, second]: readonly number[]): bigint {
  const [own = ''] = dims.split(',')
  return second === undefined ? keyOf('', placeOf(''), []) : keyOf(own, placeOf(own), [first])
}

/** The ids of values in the order in which they were met; fields and years are their own, and nothing is 0. */
async function idsOf(db: Database, met: Record<Counted, ReadonlyMap<string | number, number>>) {
  const named = counted.flatMap((dim) =>
    isNumbered(dim) ? [] : [...met[dim].keys()].filter((value) => value !== '').map((value) => [dim, value]),
  )
  const find = async () => {
    const rows = await db.read.rows(
      `select n.dim, n.value, n.id from json_each(?) j cross join map_values n
       on n.dim = j.value ->> 0 and n.value = j.value ->> 1`,
      [JSON.stringify(named)],
    )
    return new Map(rows.map(([dim, value, id]) => [`${dim} ${value}`, Number(id)]))
  }
  let ids = await find()
  if (ids.size < named.length) {
    const missing = named.filter(([dim, value]) => !ids.has(`${dim} ${value}`))
    await db.write([
      {
        sql: 'insert or ignore into map_values (dim, value) select value ->> 0, value ->> 1 from json_each(?)',
        args: [JSON.stringify(missing)],
      },
    ])
    ids = await find()
  }
  return forEach((dim) =>
    [...met[dim].keys()].map((value) =>
      typeof value === 'number' ? value : value === '' ? 0 : (ids.get(`${dim} ${value}`) ?? 0),
    ),
  )
}

function forEach<Made>(make: (dim: Counted) => Made): Record<Counted, Made> {
  return {
    profile: make('profile'),
    section: make('section'),
    field: make('field'),
    year: make('year'),
    class: make('class'),
    subclass: make('subclass'),
    group: make('group'),
    holder: make('holder'),
  }
}

/** What was decided on holds still: the kinds are those known, and nobody was suspended meanwhile. */
function holdersAreAsKnown(patents: readonly FreshPatent[]): Statement {
  const kindOf = new Map(patents.flatMap(({ holders }) => holders.map(({ id, kind }) => [id, kind])))
  return {
    sql: `insert into guard select count(*) = ?, 'holders' from json_each(?) j
          join organisations o on o.id = j.value ->> 0 and o.kind = j.value ->> 1
          where not exists (select 1 from organisation_suspensions u where u.organisation_id = o.id)`,
    args: [kindOf.size, JSON.stringify([...kindOf])],
  }
}

/** As `addHolders` of `map.ts`: a holder that is ranked from now on is one more for the cell whose holders are counted. */
function addHolders(holders: readonly (readonly [ranking: string, cell: string])[]): Statement[] {
  return [
    {
      sql: `insert into map_cells (key, patents, open, weight, open_weight, holders)
            select cast(value ->> 1 as integer), 0, 0, 0, 0, count(*) from json_each(?) j
            where not exists (select 1 from map_rankings k where k.key = cast(j.value ->> 0 as integer)) group by 1
            on conflict (key) do update set holders = holders + excluded.holders`,
      args: [JSON.stringify(holders)],
    },
  ]
}
