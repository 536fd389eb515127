import { nameKeyOf } from './names.ts'
import type { OrganisationKind } from './organisation.ts'
import carried from './ror-list.json' with { type: 'json' }

/** An organisation of the list that the registry carries: ROR (CC0), Japan. `ror` is the address of the ROR id. */
export type RorRecord = {
  ror: string
  name: { ja?: string; en?: string }
  kind: OrganisationKind
  country: string
  city?: string
}

/** Those whose Japanese or English name has the same key (`nameKeyOf`); several where the list has several. */
export function rorByName(name: string): readonly RorRecord[] {
  return names().get(nameKeyOf(name)) ?? []
}

/** Whether the name is that of listed organisations, none of which has this ROR id. */
export function isNameOfAnother(name: string, ror: string | undefined): boolean {
  const listed = rorByName(name)
  return listed.length > 0 && !listed.some((one) => one.ror === ror)
}

/** By the canonical address of the ROR id. */
export function rorById(ror: string): RorRecord | undefined {
  return records().find((one) => one.ror === ror)
}

/** Those whose name holds the text, whole names first, then names that begin with it. At most `max`. */
export function rorContaining(text: string, max: number): readonly RorRecord[] {
  const wanted = plain(text.slice(0, textCharactersMax))
  if (wanted === '') return []
  const ranked = records().flatMap((record) => {
    const rank = Math.min(...[record.name.ja, record.name.en].map((name) => rankOf(name, wanted)))
    return rank < unranked ? [{ record, rank }] : []
  })
  const key = nameKeyOf(text)
  const same = new Set(key === '' ? [] : names().get(key))
  const first = [...same, ...ranked.sort((a, b) => a.rank - b.rank).map(({ record }) => record)]
  return [...new Set(first)].slice(0, max)
}

/** Longer than any name in the list. */
const textCharactersMax = 200
const unranked = 1000

/** Whole names before beginnings before the rest; among these the shorter name, as the less special. */
function rankOf(name: string | undefined, wanted: string): number {
  if (name === undefined) return unranked
  const given = plain(name)
  const at = given.indexOf(wanted)
  if (at < 0) return unranked
  return Math.min(unranked - 1, (given.length === wanted.length ? 0 : at === 0 ? 100 : 400) + given.length)
}

function plain(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s/g, '')
}

const kinds: ReadonlyMap<string, OrganisationKind> = new Map([
  ['u', 'university'],
  ['h', 'hospital'],
  ['g', 'government'],
  ['r', 'research_institute'],
  ['c', 'company'],
  ['n', 'nonprofit'],
])

/** Read at the first question and kept: reading costs some milliseconds, which a request that asks for none of it saves. */
let parsed: readonly RorRecord[] | undefined
let byKey: ReadonlyMap<string, readonly RorRecord[]> | undefined

function records(): readonly RorRecord[] {
  parsed ??= carried.rows.split('\n').map(toRecord)
  return parsed
}

function names(): ReadonlyMap<string, readonly RorRecord[]> {
  byKey ??= keyed(records())
  return byKey
}

function keyed(all: readonly RorRecord[]): Map<string, RorRecord[]> {
  const found = new Map<string, RorRecord[]>()
  for (const record of all)
    for (const key of new Set([record.name.ja, record.name.en].flatMap((name) => (name ? [nameKeyOf(name)] : []))))
      found.set(key, [...(found.get(key) ?? []), record])
  return found
}

function toRecord(row: string): RorRecord {
  const [id = '', kind = '', en = '', ja = '', city = ''] = row.split('\t')
  return {
    ror: `https://ror.org/${id}`,
    name: { ...(ja ? { ja } : {}), ...(en ? { en } : {}) },
    kind: kinds.get(kind.slice(0, 1)) ?? 'nonprofit',
    country: kind.slice(1) || 'JP',
    ...(city ? { city } : {}),
  }
}
