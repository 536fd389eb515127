/**
 * The cells of the map: how many patents have these values of one, two or three dimensions. `schema/projections.ts` says
 * what the dimensions are; the table keeps one integer for the dimensions and the values, so that counting is a look-up by
 * key and cells that are read together lie side by side.
 */
export const dimensions = [
  'office',
  'status',
  'terms',
  'kind',
  'section',
  'field',
  'year',
  'class',
  'subclass',
  'group',
  'holder',
] as const
export type Dimension = (typeof dimensions)[number]

/**
 * What is counted: office, status, terms and kinds of a patent together are its `profile`, of which there are a few hundred.
 * Cells of the four are sums over profiles.
 */
export const counted = ['profile', 'section', 'field', 'year', 'class', 'subclass', 'group', 'holder'] as const
export type Counted = (typeof counted)[number]

/** Where a profile, a JSON array, holds the dimension. */
export const profileParts: ReadonlyMap<string, number> = new Map([
  ['office', 0],
  ['status', 1],
  ['terms', 2],
  ['kind', 3],
])

/**
 * What is counted together, with commas: what the pictures and their filters ask for, and what cannot be told from the
 * patents of one list because too many are on it. All else is counted from member rows, up to a bound.
 */
export const countedDims: readonly string[] = [
  '',
  ...counted,
  ...['field', 'year', 'subclass', 'holder'].map((dim) => `profile,${dim}`),
  ...['section', 'field', 'class', 'subclass', 'group', 'holder'].map((dim) => inOrder(dim, 'year')),
  ...['subclass', 'group', 'holder'].map((dim) => `field,${dim}`),
  'subclass,holder',
  'profile,field,year',
  'field,year,holder',
]

function inOrder(a: string, b: string): string {
  return counted.filter((dim) => dim === a || dim === b).join(',')
}

/** What stands in `map_rankings`, where an index has the strongest first. */
export const rankedDims: readonly string[] = ['holder', 'field,holder', 'subclass,holder']

/** The total and the threes stand where no pair and no single dimension does. */
const otherPlaces: ReadonlyMap<string, number> = new Map([
  ['', 8],
  ['profile,field,year', 16],
  ['field,year,holder', 24],
])

/**
 * The place of dimensions in keys: eight times the first and the second, by their places in `counted`; one alone is both. So
 * the key of a pair is the sum of what each of the two brings.
 */
export function placeOf(dims: string): number {
  const other = otherPlaces.get(dims)
  if (other !== undefined) return other
  const names: readonly string[] = counted
  const places = dims.split(',').map((dim) => names.indexOf(dim))
  const [first = -1, second = first] = places
  if (first < 0 || second < 0 || !countedDims.includes(dims)) throw new RangeError(`${dims} are not counted together`)
  return first * counted.length + second
}

/** Bits of the key from the right: a year as third value, the second value, the first, and the place of the dimensions. */
export const keyBits = { b: 15, a: 36, dims: 57 } as const
/** Ids of values have 21 bits. Fields and years are their own ids; others are numbered in `map_values`, from 10,000. */
export const valueIdMask = 2 ** 21 - 1
export const thirdIdMask = 2 ** 15 - 1

/** SQL for the key of a cell; each value is an expression for an id, in the order of `dims`. */
export function cellKey(dims: string, ids: readonly string[]): string {
  const [a, b, c] = inKey(dims, ids)
  return `((${placeOf(dims)} << ${keyBits.dims}) + (${a} << ${keyBits.a}) + (${b} << ${keyBits.b}) + ${c})`
}

/** A single value stands second, a year third; the holders of a field stand together with all their years. */
export function inKey<Item>(dims: string, items: readonly Item[]): readonly [Item | '0', Item | '0', Item | '0'] {
  const [first = '0', second = '0', third = '0'] = items
  if (items.length === 1) return ['0', first, '0']
  return dims === 'field,year,holder' ? [first, third, second] : [first, second, third]
}

/** Whether the ids of the dimension are its values. */
export function isNumbered(dim: string): boolean {
  return dim === 'field' || dim === 'year'
}

/** `office,field,holder` is counted as `profile,field,holder` would be: what is counted, each once, in order. */
export function countedIn(dims: string): Counted[] {
  const names = dims.split(',').map((name) => (profileParts.has(name) ? 'profile' : name))
  return counted.filter((one) => names.includes(one))
}

export function dimensionsOf(dims: string): Dimension[] {
  const names = dims.split(',')
  return dimensions.filter((dim) => names.includes(dim))
}

/** Whether cells of these dimensions can be read; in the order of `dimensions`, with commas. */
export function isCellDims(dims: string): boolean {
  return countedDims.includes(countedIn(dims).join(','))
}

/** What a member row (`map_members.body`) says of a patent: its values in every dimension, `''` where there is none. */
export function memberValues(body: string): Record<Dimension, readonly string[]> {
  // The row was written by `projections/map-members.ts` in this shape, and `mapAstray` recomputes it.
  const [[profile], section, field, year, classes, subclass, group, holder]: MemberBody = JSON.parse(body)
  const [office, status, terms, kind] = profile
  const [fields, years] = [field, year].map((numbers) => numbers.map((number) => (number === 0 ? '' : String(number))))
  return {
    office: [office],
    status: [status],
    terms,
    kind,
    section,
    field: fields ?? [],
    year: years ?? [],
    class: classes,
    subclass,
    group,
    holder,
  }
}

/** A list for each of `counted`, in its order; 0 for a field or a year that is not known. */
type MemberBody = readonly [
  readonly [readonly [office: string, status: string, terms: readonly string[], kind: readonly string[]]],
  section: readonly string[],
  field: readonly number[],
  year: readonly number[],
  classes: readonly string[],
  subclass: readonly string[],
  group: readonly string[],
  holder: readonly string[],
]
