// The data set: a seed and a count give the same NDJSON on every machine, and a smaller set is the beginning of a larger.
import { createHash } from 'node:crypto'

export const organisationCount = 40
/** Classes with their weight: a few fields hold most patents, as in the real world. */
const symbols = [
  ['H01M10/0562', 30],
  ['H01L21/02', 20],
  ['A61K39/395', 14],
  ['G06F17/10', 12],
  ['C12N15/09', 8],
  ['G02B5/20', 6],
  ['B01J23/42', 4],
  ['C07D401/12', 3],
  ['G01N33/53', 2],
  ['B60L50/60', 1],
]
const nouns = [
  ['固体電解質', 'solid electrolyte'],
  ['半導体装置', 'semiconductor device'],
  ['抗体', 'antibody'],
  ['画像処理装置', 'image processor'],
  ['触媒', 'catalyst'],
  ['光学部材', 'optical element'],
  ['測定方法', 'measuring method'],
]
const terms = [
  ['RPC-OPEN-1.0', 60],
  ['RPC-ACADEMIC-1.0', 28],
  ['RPC-RECIPROCAL-1.0', 12],
]
const offices = [
  ['JP', 60],
  ['US', 25],
  ['EP', 15],
]

/** Small, fast and the same everywhere (mulberry32). */
export function random(seed) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** The patent number `i`; beyond the count these are good numbers that nobody has enrolled. */
export function numberAt(i, office) {
  if (office === 'US') return `US-${7_500_000 + i}-B2`
  if (office === 'EP') return `EP-${1_500_000 + i}-B1`
  return `JP-${3_000_000 + i}-B2`
}

export function generate(count, seed) {
  const organisations = Array.from({ length: organisationCount }, (_, i) => ({
    id: `org-${String(i).padStart(3, '0')}`,
    name: { ja: `第${i}研究機構`, en: `Institution ${i}` },
    kind: i % 3 === 0 ? 'university' : 'company',
  }))
  const patents = Array.from({ length: count }, (_, i) => patentAt(i, seed))
  const hash = createHash('sha256')
  for (const line of [...organisations, ...patents]) hash.update(`${JSON.stringify(line)}\n`)
  return { organisations, patents, sha256: hash.digest('hex') }
}

function patentAt(i, seed) {
  const next = random(Math.imul(seed, 0x9e3779b1) + i)
  for (let warm = 0; warm < 3; warm++) next()
  const office = weighted(next, offices)
  const year = 2004 + Math.floor(next() * 20)
  const month = 1 + Math.floor(next() * 12)
  const noun = nouns[Math.floor(next() * nouns.length)]
  const holder = Math.floor(next() ** 2 * organisationCount)
  const shared = next() < 0.12
  const declared = next() < 0.7
  return {
    id: `pat-${String(i).padStart(8, '0')}`,
    number: numberAt(i, office),
    office,
    title: { ja: `${noun[0]} ${i % 97}`, en: `${noun[1]} ${i % 97}` },
    filedOn: day(year, month),
    grantedOn: day(year + 3, month),
    symbol: weighted(next, symbols),
    family: next() < 0.3 ? `fam-${Math.floor(i / 3)}` : null,
    holders: shared ? [holder, (holder + 1) % organisationCount] : [holder],
    ended: next() < 0.08,
    licence: next() < 0.03 ? 'exclusive_licence' : null,
    declared: declared ? weighted(next, terms) : null,
    awaiting: shared && next() < 0.4,
  }
}

function weighted(next, choices) {
  let left = next() * choices.reduce((sum, [, weight]) => sum + weight, 0)
  for (const [value, weight] of choices) {
    left -= weight
    if (left < 0) return value
  }
  return choices[0][0]
}

function day(year, month) {
  return `${year}-${String(month).padStart(2, '0')}-15`
}

const rowsPerStatement = 5000
const at = '2026-01-05T00:00:00.000Z'

/** Loads the set into an empty registry, straight into its tables, and makes the derived rows. */
export async function load(product, db, { organisations, patents }) {
  await insert(db, organisations, [
    `insert into organisations (id, name_ja, name_en, kind, country, state, version, created_at, updated_at)
     select j.value ->> 'id', j.value ->> '$.name.ja', j.value ->> '$.name.en', j.value ->> 'kind', 'JP', 'approved', 1, '${at}', '${at}'
     from json_each(?) j`,
  ])
  const declarations = new Map()
  const rows = patents.map((patent) => {
    const [number] = product.parseNumber(patent.number).candidates
    const declaration = patent.declared && declarationOf(product, declarations, patent)
    return {
      ...patent,
      key: number.key,
      holders: patent.holders.map((holder) => organisations[holder].id),
      declaration: declaration?.id ?? null,
    }
  })
  await insert(
    db,
    [...declarations.values()].map((one) => ({
      ...one,
      organisation: organisations[one.holder].id,
      other: organisations[(one.holder + 1) % organisationCount].id,
    })),
    [
      `insert into declarations (id, organisation_id, terms_id, terms_sha256, state, from_on, in_force_on, patent_count,
         patents_sha256, version, created_at, updated_at)
       select j.value ->> 'id', j.value ->> 'organisation', j.value ->> 'terms', j.value ->> 'sha256', j.value ->> 'state', '2026-01-05',
         iif(j.value ->> 'state' = 'in_force', '2026-01-05', null), j.value ->> 'count', '', 1, '${at}', '${at}' from json_each(?) j`,
      `insert into consents (declaration_id, organisation_id, answer)
       select j.value ->> 'id', j.value ->> 'other', iif(j.value ->> 'state' = 'in_force', 'given', 'pending') from json_each(?) j`,
    ],
  )
  await insert(db, rows, [
    `insert into patents (id, number, office, title_ja, title_en, filed_on, published_on, granted_on, family, version, created_at, updated_at)
     select j.value ->> 'id', j.value ->> 'number', j.value ->> 'office', j.value ->> '$.title.ja', j.value ->> '$.title.en',
       j.value ->> 'filedOn', j.value ->> 'grantedOn', j.value ->> 'grantedOn', j.value ->> 'family', 1, '${at}', '${at}' from json_each(?) j`,
    `insert into patent_numbers (key, patent_id, docdb, position)
     select j.value ->> 'key', j.value ->> 'id', j.value ->> 'number', 0 from json_each(?) j`,
    `insert into patent_holders (patent_id, organisation_id, position)
     select j.value ->> 'id', h.value, h.key from json_each(?) j, json_each(j.value, '$.holders') h`,
    `insert into patent_inventors (patent_id, position, name)
     select j.value ->> 'id', 0, 'Inventor ' || j.key from json_each(?) j`,
    `insert into patent_classes (patent_id, scheme, symbol, position)
     select j.value ->> 'id', 'ipc', j.value ->> 'symbol', 0 from json_each(?) j`,
    `insert into patent_statuses (patent_id, sequence, value, valid_from, source, seen_on, recorded_at)
     select j.value ->> 'id', 0, 'granted', j.value ->> 'grantedOn', 'register', '2026-01-05', '${at}' from json_each(?) j`,
    `insert into patent_statuses (patent_id, sequence, value, valid_from, source, seen_on, recorded_at)
     select j.value ->> 'id', 1, 'lapsed', '2025-06-01', 'register', '2026-01-05', '${at}' from json_each(?) j where j.value ->> 'ended'`,
    `insert into patent_encumbrances (patent_id, position, kind, research_reserved)
     select j.value ->> 'id', 0, j.value ->> 'licence', 0 from json_each(?) j where j.value ->> 'licence' is not null`,
    `insert into declaration_patents (declaration_id, patent_id)
     select j.value ->> 'declaration', j.value ->> 'id' from json_each(?) j where j.value ->> 'declaration' is not null`,
  ])
  await db.write(product.rebuildFacts())
  await db.write([...product.rebuildMap(new Date().toISOString().slice(0, 10)), ...product.rebuildSearch()])
  while ((await product.indexDue(db, rowsPerStatement)) > 0);
}

function declarationOf(product, declarations, { declared, awaiting, holders: [holder] }) {
  const state = awaiting ? 'awaiting_consent' : 'in_force'
  const id = `decl-${holder}-${declared}-${state}`
  const known = declarations.get(id) ?? {
    id,
    holder,
    state,
    terms: declared,
    sha256: product.catalogue.get(declared).sha256,
    count: 0,
  }
  known.count += 1
  declarations.set(id, known)
  return known
}

async function insert(db, rows, statements) {
  for (let from = 0; from < rows.length; from += rowsPerStatement) {
    const chunk = JSON.stringify(rows.slice(from, from + rowsPerStatement))
    await db.write(statements.map((sql) => ({ sql, args: [chunk] })))
  }
}
