import type { Reader, Row, Value } from '../database.ts'
import {
  type Counted,
  cellKey,
  countedIn,
  type Dimension,
  dimensionsOf,
  inKey,
  isNumbered,
  keyBits,
  placeOf,
  profileParts,
  rankedDims,
  thirdIdMask,
  valueIdMask,
} from './cells.ts'

/** `values` in the order of `dims`; weights in millionths of a patent. */
export type Cell = {
  values: readonly string[]
  patents: number
  open: number
  weight: number
  openWeight: number
  holders: number
}

/**
 * Restricts a dimension: to values of a list (some thousand at most), to those from one text up to below another, or to
 * classes that begin with one of these symbols.
 */
export type Among = Partial<
  Record<Dimension, readonly string[] | { from: string; below: string } | { beginnings: readonly string[] }>
>

/**
 * Cells of these dimensions (`isCellDims`). Reads about as many rows as the answer has, however many patents there are:
 * values that are restricted are looked up, and those of the dimension before them, one by one.
 */
export async function readCells(read: Reader, dims: string, among: Among = {}): Promise<Cell[]> {
  const { columns, from, args, share, holders } = cellsIn(dims, among)
  const sums = ['k.patents', 'k.open', `k.weight${share ?? ''}`, `k.open_weight${share ?? ''}`]
  const summed = share === undefined ? [...sums, holders] : [...sums.map((one) => `sum(${one})`), '0']
  const groups = share === undefined || columns.length === 0 ? '' : ` group by ${varying(dims, among).join(', ')}`
  const cells = [...columns, ...summed].map((column, i) => `${column} as c${i}`)
  // One text for all: taking thousands of values out of the driver one by one costs more than finding them.
  const [row] = await read.rows(
    `select json_group_array(json_array(${cells.map((_, i) => `c${i}`).join(', ')})) from (select ${cells.join(', ')} from ${from}${groups})`,
    args,
  )
  const rows: (readonly unknown[])[] = JSON.parse(String(row?.[0] ?? '[]'))
  const values = await valuesOf(read, dimensionsOf(dims), rows)
  return rows.map((row, i) => {
    const amount = (place: number) => Number(row[columns.length + place])
    return {
      values: values[i] ?? [],
      patents: amount(0),
      open: amount(1),
      weight: amount(2),
      openWeight: amount(3),
      holders: amount(4),
    }
  })
}

/** Places of the columns that tell cells apart: what is held to one value need not be compared a thousand times. */
function varying(dims: string, among: Among): number[] {
  const places = dimensionsOf(dims).flatMap((dim, i) => {
    const only = among[dim]
    return profileParts.has(dim) && Array.isArray(only) && only.length === 1 ? [] : [i + 1]
  })
  return places.length === 0 ? [1] : places
}

/** By what values are ranked: all patents, open ones, or those not open. */
export type Measure = 'patents' | 'open' | 'closed'

const measures = { patents: 'k.patents', open: 'k.open', closed: 'k.patents - k.open' } as const

export type Strongest = { value: string; amount: number }

/** The values of one of the dimensions with the most patents, strongest first. */
export async function strongestValues(
  read: Reader,
  dims: string,
  ranked: Dimension,
  among: Among,
  limit: number,
  measure: Measure = 'patents',
): Promise<Strongest[]> {
  return (await rankValues(read, dims, ranked, among, limit, measure)).strongest
}

/**
 * The same with how many values there are. Holders of one value by all their patents come from an index, uncounted (`all`
 * is undefined); else the cells that pass are summed.
 */
export async function rankValues(
  read: Reader,
  dims: string,
  ranked: Dimension,
  among: Among,
  limit: number,
  measure: Measure = 'patents',
): Promise<{ strongest: Strongest[]; all: number | undefined }> {
  const range = ranked === 'holder' && measure === 'patents' ? rankedHolders(dims, among) : undefined
  const rows = range === undefined ? await summed() : await inRange(range)
  const values = await valuesOf(read, [ranked], rows)
  return {
    strongest: rows.map((row, i) => ({ value: values[i]?.[0] ?? '', amount: Number(row[1]) })),
    all: range === undefined ? Number(rows[0]?.[2] ?? 0) : undefined,
  }

  async function summed(): Promise<readonly Row[]> {
    const { columns, from, args, share } = cellsIn(dims, among)
    const id = columns[dimensionsOf(dims).indexOf(ranked)]
    // One dimension alone has one cell a value.
    const isAlone = dimensionsOf(dims).length === 1 && share === undefined
    const amounts = isAlone
      ? `select ${id} as id, ${measures[measure]} as amount from ${from}`
      : `select ${id} as id, sum(${measures[measure]}) as amount from ${from} group by 1`
    // A window keeps all rows until the last; what needs no sums is rather gone through twice.
    const all = isAlone ? `(select count(*) from (${amounts}) where amount > 0)` : 'count(*) over ()'
    return read.rows(
      `select id, amount, ${all} from (${amounts}) where amount > 0 order by amount desc, id limit ?${args.length + 1}`,
      [...args, limit],
    )
  }

  /** The index holds those of more than one patent, strongest first; where they are too few, those of one follow. */
  async function inRange({ start, args }: Range): Promise<readonly Row[]> {
    const max = `limit ?${args.length + 1}`
    const many = await read.rows(
      `select id, patents from (select ${second} as id, k.patents from map_rankings k
         where (k.key >> ${keyBits.a}) = (${start}) and k.patents > 1 order by k.patents desc ${max})
       order by patents desc, id`,
      [...args, limit],
    )
    if (many.length >= limit) return many
    const single = await read.rows(
      `select ${second}, k.patents from (${start}) x cross join map_rankings k
       where k.key between (x.start << ${keyBits.a}) and (x.start << ${keyBits.a}) + ((1 << ${keyBits.a}) - 1) and k.patents = 1 ${max}`,
      [...args, limit - many.length],
    )
    return [...many, ...single]
  }
}

/** What stands behind `select … from`; `share`: cells are to be summed, weights times this. */
type Selection = { columns: readonly string[]; from: string; args: Value[]; holders: string; share?: string }

/** All cells whose key without its second value is `start`. */
type Range = { start: string; args: Value[] }

/** All holders, or those of one value of another dimension. */
function rankedHolders(dims: string, among: Among): Range | undefined {
  const [first] = dimensionsOf(dims)
  if (!rankedDims.includes(dims) || first === undefined || among.holder !== undefined) return undefined
  const only = among[first]
  const args: Value[] = []
  if (first !== 'holder' && !(Array.isArray(only) && only.length === 1)) return undefined
  const within = first === 'holder' ? 'select 0 as id' : idsAmong(first, only, args)
  return { start: `select (${placeOf(dims)} << ${keyBits.dims - keyBits.a}) + id as start from (${within})`, args }
}

const first = `(k.key >> ${keyBits.a}) & ${valueIdMask}`
const second = `(k.key >> ${keyBits.b}) & ${valueIdMask}`
const third = `k.key & ${thirdIdMask}`

function cellsIn(dims: string, among: Among): Selection {
  const names = dimensionsOf(dims)
  const held = countedIn(dims)
  const place = placeOf(held.join(','))
  const args: Value[] = []
  const [a, b, c] = inKey<Counted | '0'>(held.join(','), held)
  const restricted = (one: Counted | '0') => one === 'profile' || (one !== '0' && among[one] !== undefined)
  const listed = (one: Counted | '0') => {
    if (one === '0') return 'select 0 as id'
    if (one === 'profile') return profiles(names, among, args)
    return among[one] === undefined ? everyId(one) : idsAmong(one, among[one], args)
  }
  const key = (x: string, y: string) =>
    `((${place} << ${keyBits.dims}) + (${x} << ${keyBits.a}) + (${y} << ${keyBits.b}))`
  const range = (start: string, bits: number) => `k.key between ${start} and ${start} + ((1 << ${bits}) - 1)`
  const table = rankedDims.includes(held.join(',')) ? 'map_rankings' : 'map_cells'
  let from = `${table} k where ${range(key('0', '0'), keyBits.dims)}`
  if (restricted(b))
    from = `(${listed(a)}) x cross join (${listed(b)}) y cross join ${table} k where ${range(key('x.id', 'y.id'), keyBits.b)}`
  else if (restricted(a)) from = `(${listed(a)}) x cross join ${table} k where ${range(key('x.id', '0'), keyBits.a)}`
  if (c !== '0' && restricted(c)) from += ` and (${third}) in (select id from (${listed(c)}))`
  const profile = a === 'profile' ? 'x' : 'y'
  const idOf = new Map<string, string>([
    [String(a), first],
    [String(b), second],
    [String(c), third],
  ])
  const columns = names.map((dim) => (profileParts.has(dim) ? `${profile}."${dim}"` : (idOf.get(dim) ?? '0')))
  const holders = table === 'map_cells' ? 'k.holders' : '0'
  return { columns, from, args, holders, ...(held.includes('profile') ? { share: ` * ${profile}.share` } : {}) }
}

/**
 * The profiles that pass, with the parts that are asked for; one with two kinds is two, each with half the share. The limit
 * keeps SQLite from reading the JSON anew for each cell.
 */
function profiles(names: readonly Dimension[], among: Among, args: Value[]): string {
  const parts = names.filter((name) => profileParts.has(name))
  const many: readonly Dimension[] = parts.filter((name) => name === 'terms' || name === 'kind')
  const joins = many.map((name) => `, json_each(v.value, '$[${profileParts.get(name)}]') "j_${name}"`)
  const shares = many.map((name) => ` / json_array_length(v.value, '$[${profileParts.get(name)}]')`)
  const of = (name: Dimension) =>
    many.includes(name) ? `"j_${name}".value` : `(v.value ->> ${profileParts.get(name)})`
  const conditions = parts.flatMap((name) => {
    const only = among[name]
    if (only === undefined) return []
    if ('from' in only) {
      args.push(only.from, only.below)
      return [` and ${of(name)} >= ?${args.length - 1} and ${of(name)} < ?${args.length}`]
    }
    args.push(JSON.stringify('beginnings' in only ? only.beginnings : only))
    return [` and ${of(name)} in (select value from json_each(?${args.length}))`]
  })
  return `select v.id, 1.0${shares.join('')} as share, ${parts.map((name) => `${of(name)} as "${name}"`).join(', ')}
    from map_values v${joins.join('')} where v.dim = 'profile'${conditions.join('')} limit -1`
}

/** The ids of the values to which the dimension is restricted. */
function idsAmong(dim: string, only: Among[Dimension], args: Value[]): string {
  if (only !== undefined && 'from' in only) {
    args.push(only.from, only.below)
    const [from, below] = [`?${args.length - 1}`, `?${args.length}`]
    if (isNumbered(dim))
      return `select id from (${everyId(dim)}) where cast(id as text) >= ${from} and cast(id as text) < ${below} and id > 0`
    return `select id from map_values where dim = '${dim}' and value >= ${from} and value < ${below}`
  }
  if (only !== undefined && 'beginnings' in only) {
    args.push(JSON.stringify(only.beginnings))
    return `select v.id from json_each(?${args.length}) j cross join map_values v
      on v.dim = '${dim}' and v.value >= j.value and v.value < j.value || '~'`
  }
  args.push(JSON.stringify(only ?? []))
  const list = `json_each(?${args.length})`
  if (isNumbered(dim)) return `select cast(value as integer) as id from ${list}`
  return `select 0 as id from ${list} where value = '' union all
    select v.id from ${list} j cross join map_values v on v.dim = '${dim}' and v.value = j.value`
}

function everyId(dim: string): string {
  if (!isNumbered(dim)) return `select 0 as id union all select id from map_values where dim = '${dim}'`
  const key = cellKey(dim, ['0'])
  return `select (s.key >> ${keyBits.b}) & ${valueIdMask} as id from map_cells s
    where s.key >= ${key} and s.key < ${key} + (1 << ${keyBits.dims})`
}

/** The values in the first columns of the rows, where they are ids: one more read. */
async function valuesOf(read: Reader, names: readonly Dimension[], rows: readonly Row[]): Promise<string[][]> {
  const named = names.flatMap((dim, i) => (isNamed(dim) ? [i] : []))
  const asked = new Set<number>()
  for (const row of rows) for (const i of named) asked.add(Number(row[i]))
  asked.delete(0)
  const found =
    asked.size === 0
      ? []
      : await read.rows('select id, value from map_values where id in (select value from json_each(?))', [
          JSON.stringify([...asked]),
        ])
  const values = new Map(found.map(([id, value]) => [Number(id), String(value)]))
  const reads = names.map((dim) => {
    if (isNamed(dim)) return (id: unknown) => values.get(Number(id)) ?? ''
    return isNumbered(dim) ? (id: unknown) => (Number(id) === 0 ? '' : String(id)) : String
  })
  return rows.map((row) => reads.map((read, i) => read(row[i])))
}

/** Whether its values come as ids that have to be looked up. */
function isNamed(dim: Dimension): boolean {
  return !isNumbered(dim) && !profileParts.has(dim)
}
