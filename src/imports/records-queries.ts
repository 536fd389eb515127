import type { LegalStatus } from '../../policies/vocabulary.ts'
import type { Reader } from '../database.ts'
import type { Bilingual } from '../shapes.ts'
import type { KeptNumber } from './prepare.ts'

/** An enrolled patent, as far as a file can say something about it. */
export type KnownRecord = {
  id: string
  version: number
  number: string
  office: string
  numbers: readonly KeptNumber[]
  title: { ja?: string; en?: string }
  /** On the day of the question. */
  holders: readonly { id: string; name: Bilingual; member: boolean }[]
  inventors: readonly { name: string; romanised?: string }[]
  classes: readonly { scheme: 'ipc' | 'cpc' | 'fi'; symbol: string }[]
  fields: readonly number[]
  statuses: readonly { value: LegalStatus; on: string; source: string; seenOn: string }[]
  priorityOn?: string
  filedOn?: string
  publishedOn?: string
  grantedOn?: string
  expires?: { on: string; source: string; seenOn: string }
  family?: string
  /** A declaration opens it, be it withdrawn with its notice not over, or waits for a consent. */
  declared: boolean
}

const body = `json_patch('{}', json_object(
  'id', p.id, 'version', p.version, 'number', p.number, 'office', p.office,
  'title', json_patch('{}', json_object('ja', p.title_ja, 'en', p.title_en)),
  'priorityOn', p.priority_on, 'filedOn', p.filed_on, 'publishedOn', p.published_on, 'grantedOn', p.granted_on,
  'family', p.family,
  'expires', case when p.expires_on is not null then
    json_object('on', p.expires_on, 'source', p.expires_source, 'seenOn', p.expires_seen_on) end,
  'numbers', ${listOf(`select json_object('key', n.key, 'docdb', n.docdb) as line
    from patent_numbers n where n.patent_id = p.id order by n.position`)},
  'holders', ${listOf(`select json_object('id', o.id, 'name', json_object('ja', o.name_ja, 'en', o.name_en),
    'member', json(iif(o.state in ('approved', 'suspended'), 'true', 'false'))) as line
    from patent_holders h join organisations o on o.id = h.organisation_id where h.patent_id = p.id
    and (h.from_on is null or h.from_on <= ?2) and (h.until_on is null or h.until_on >= ?2) order by h.position`)},
  'inventors', ${listOf(`select json_patch('{}', json_object('name', i.name, 'romanised', i.romanised)) as line
    from patent_inventors i where i.patent_id = p.id order by i.position`)},
  'classes', ${listOf(`select json_object('scheme', c.scheme, 'symbol', c.symbol) as line
    from patent_classes c where c.patent_id = p.id order by c.scheme, c.position`)},
  'fields', json((select coalesce(json_group_array(field), '[]') from
    (select field from patent_fields where patent_id = p.id order by field))),
  'statuses', ${listOf(`select json_object('value', s.value, 'on', s.valid_from, 'source', s.source, 'seenOn', s.seen_on)
    as line from patent_statuses s where s.patent_id = p.id order by s.sequence`)},
  'declared', json(iif(exists (select 1 from declaration_patents dp join declarations d on d.id = dp.declaration_id
    where dp.patent_id = p.id and (d.state in ('awaiting_consent', 'in_force')
      or (d.state = 'withdrawn' and d.closed_on > ?2))), 'true', 'false'))))`

function listOf(lines: string): string {
  return `json((select coalesce(json_group_array(json(line)), '[]') from (${lines})))`
}

/** Which enrolled patent each of these numbers leads to. */
export async function findKeys(read: Reader, keys: readonly string[]): Promise<Map<string, string>> {
  if (keys.length === 0) return new Map()
  const rows = await read.rows(
    'select n.key, n.patent_id from json_each(?) k cross join patent_numbers n on n.key = k.value',
    [JSON.stringify(keys)],
  )
  return new Map(rows.map(([key, id]) => [String(key), String(id)]))
}

/** The records themselves, in one question however many. `on` is the day for which "holder" is meant. */
export async function findKnownRecords(
  read: Reader,
  ids: readonly string[],
  on: string,
): Promise<Map<string, KnownRecord>> {
  if (ids.length === 0) return new Map()
  const rows = await read.rows(`select ${body} from patents p where p.id in (select value from json_each(?1))`, [
    JSON.stringify(ids),
    on,
  ])
  return new Map(
    rows.map(([text]) => {
      const record: KnownRecord = JSON.parse(String(text))
      return [record.id, record]
    }),
  )
}

/** The kinds of those organisations that were never suspended. */
export async function findHolderKinds(read: Reader, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await read.rows(
    `select o.id, o.kind from json_each(?) j cross join organisations o on o.id = j.value
     where not exists (select 1 from organisation_suspensions u where u.organisation_id = o.id)`,
    [JSON.stringify(ids)],
  )
  return new Map(rows.map(([id, kind]) => [String(id), String(kind)]))
}

/** Patents of that office, filing date and title: perhaps the same right under other numbers. */
export async function findAlike(
  read: Reader,
  wanted: readonly { office: string; filedOn: string; title: { ja?: string; en?: string } }[],
): Promise<string[]> {
  if (wanted.length === 0) return []
  const rows = await read.rows(
    `select distinct p.id from json_each(?) j
     cross join patents p on p.filed_on = j.value ->> 0 and p.office = j.value ->> 1
     and (p.title_ja = j.value ->> 2 or p.title_en = j.value ->> 3)`,
    [JSON.stringify(wanted.map(({ office, filedOn, title }) => [filedOn, office, title.ja ?? null, title.en ?? null]))],
  )
  return rows.map(([id]) => String(id))
}

/** Names of organisations, and each by the ROR ids asked for. */
export async function findOrganisationNames(
  read: Reader,
  ids: readonly string[],
  rors: readonly string[],
): Promise<{ names: Map<string, Bilingual>; ofRor: Map<string, string> }> {
  const rows = await read.rows(
    `select id, ror, name_ja, name_en from organisations
     where id in (select value from json_each(?)) or ror in (select value from json_each(?))`,
    [JSON.stringify(ids), JSON.stringify(rors)],
  )
  return {
    names: new Map(rows.map(([id, , ja, en]) => [String(id), { ja: String(ja), en: String(en) }])),
    ofRor: new Map(rows.flatMap(([id, ror]) => (ror === null ? [] : [[String(ror), String(id)] as const]))),
  }
}

/** Every name under which the organisation is found. */
export async function findOwnNames(read: Reader, id: string): Promise<{ name: Bilingual; names: string[] }> {
  const rows = await read.rows(
    `select o.name_ja, o.name_en, n.name from organisations o left join organisation_names n on n.organisation_id = o.id
     where o.id = ?`,
    [id],
  )
  const [first] = rows
  const name = { ja: String(first?.[0] ?? ''), en: String(first?.[1] ?? '') }
  const names = rows.flatMap(([, , one]) => (one === null ? [] : [String(one)]))
  return { name, names: [...new Set([name.ja, name.en, ...names])] }
}

/** What officers of the organisation decided about owners. null: an organisation of its own. */
export async function findNameDecisions(
  read: Reader,
  organisationId: string,
  keys: readonly string[],
): Promise<Map<string, string | null>> {
  const rows = await read.rows(
    `select key, holder_id from holder_name_decisions
     where organisation_id = ? and key in (select value from json_each(?))`,
    [organisationId, JSON.stringify(keys)],
  )
  return new Map(rows.map(([key, id]) => [String(key), id === null ? null : String(id)]))
}
