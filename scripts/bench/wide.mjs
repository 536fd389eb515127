// A wide data set for maps, lists and search: as many holders, classes and words as a national portfolio has, skewed as
// they are. A seed and a count give the same rows everywhere, and a smaller set is the beginning of a larger.
import { random } from './data.mjs'

const holderCount = 30_000
const letters = ['H01L', 'G06F', 'A61K', 'H04L', 'H04N', 'G01N', 'C12N', 'H01M', 'B60L', 'C07D', 'G02B', 'B01J']
const nouns = [
  '電池', '電解質', '半導体装置', '抗体', '画像処理', '触媒', '光学部材', '測定方法', '樹脂組成物', '合金', '通信端末', '医薬組成物',
  '表示装置', '燃料電池', '正極活物質', '負極', '記録媒体', '細胞培養', '核酸増幅', '制御装置', '蓄電装置', '固体電池', '薄膜', '基板',
  '量子計算機', '光触媒', '太陽電池', '水素製造', '膜分離', '遺伝子編集', 'ゲノム', 'たんぱく質', '鋼板', '繊維', '接着剤', '塗料',
] // biome-ignore format: a list
const modifiers = [
  '全固体', 'リチウムイオン', '硫化物系', '酸化物', '有機', '無機', '多孔質', '透明', '高分子', '複合', '超伝導', '低温', '高周波', '非水系',
  '車載用', '携帯', '耐熱性', '生分解性', '導電性', '磁性', '立体', '自律', '分散型', 'ナノ', 'プラズマ', 'レーザー', 'CRISPR', 'LED', '3次元', 'ＡＩ',
] // biome-ignore format: a list
const english = ['battery', 'electrolyte', 'semiconductor device', 'antibody', 'image processing', 'catalyst', 'optical member', 'method for measuring', 'resin composition', 'alloy', 'terminal', 'pharmaceutical composition'] // biome-ignore format: a list
const kinds = ['company', 'company', 'company', 'university', 'research_institute', 'tlo']
const terms = ['RPC-OPEN-1.0', 'RPC-ACADEMIC-1.0', 'RPC-RECIPROCAL-1.0']
const offices = ['JP', 'JP', 'JP', 'JP', 'JP', 'JP', 'US', 'US', 'EP', 'CN']
const at = '2026-01-05T00:00:00.000Z'
const declaredOn = '2026-01-05'
const lapsedOn = '2025-06-01'
const inventorCount = 200_000
/** The strongest holders declare, under each of the terms. */
const declaring = 500

/** The 640 subclasses that the set uses, most frequent first. */
const subclasses = [
  ...letters,
  ...[...'ABCDEFGH'].flatMap((section) =>
    Array.from({ length: 79 }, (_, i) => `${section}${String(1 + (i % 47)).padStart(2, '0')}${'BCDFGHJKMN'[i % 10]}`),
  ),
].slice(0, 640)

export function wideHolders() {
  return Array.from({ length: holderCount }, (_, i) => ({
    id: `0000${String(i).padStart(4, '0').slice(0, 4)}-0000-7000-8000-${String(i).padStart(12, '0')}`,
    ja: `第${i}${i % 4 === 0 ? '大学' : '製作所株式会社'}`,
    en: `Holder ${i} ${i % 4 === 0 ? 'University' : 'Corporation'}`,
    kind: kinds[i % kinds.length],
  }))
}

/** Of a heavy-tailed choice among `count`: index 0 is the most frequent. */
function skewed(next, count) {
  return Math.min(count - 1, Math.floor(count ** next()) - 1)
}

export function wideAt(i, seed, holders) {
  const next = random(Math.imul(seed, 0x9e3779b1) + i)
  for (let warm = 0; warm < 3; warm++) next()
  const first = skewed(next, subclasses.length)
  const symbols = Array.from({ length: 1 + Math.floor(next() * 3) }, (_, k) => {
    const subclass = subclasses[k === 0 ? first : next() < 0.6 ? first : skewed(next, subclasses.length)]
    return `${subclass}${1 + skewed(next, 40)}/${String(skewed(next, 90)).padStart(2, '0')}`
  })
  const holder = skewed(next, holders.length)
  const year = 2001 + Math.floor(25 * Math.sqrt(next()))
  const filedOn = `${year}-${pad(1 + Math.floor(next() * 12))}-${pad(1 + Math.floor(next() * 28))}`
  const noun = nouns[skewed(next, nouns.length)]
  const office = offices[Math.floor(next() * offices.length)]
  return {
    // In the order of enrolment, as UUIDs of version 7 are.
    id: `01900000-0000-7000-8000-${String(i).padStart(12, '0')}`,
    number: office === 'JP' ? `JP-${3_000_000 + i}-B2` : `${office}-${7_500_000 + i}-B2`,
    key: `${office}:${office === 'EP' ? 'publication' : 'grant'}:${office === 'JP' ? 3_000_000 + i : 7_500_000 + i}`,
    office,
    ja: `${modifiers[skewed(next, modifiers.length)]}${modifiers[skewed(next, modifiers.length)]}${noun}${next() < 0.4 ? 'の製造方法' : '及びその用途'} ${i % 977}`,
    en: `${english[nouns.indexOf(noun) % english.length]} ${i % 977}`,
    filedOn,
    symbols: [...new Set(symbols)],
    holders: next() < 0.1 ? [...new Set([holder, skewed(next, holders.length)])] : [holder],
    ended: next() < 0.15,
    declared: next() < 0.3 ? `decl-${holder % declaring}-${terms[holder % 3]}` : null,
    family: next() < 0.3 ? `family-${Math.floor(i / 3)}` : null,
  }
}

/** Plain inserts of the records; derived rows are made by the caller. @param connection one of `libsql`, in whose way nothing stands */
export function insertWide(product, connection, count, seed) {
  const holders = wideHolders()
  const into = (table, columns) => {
    const statement = connection.prepare(
      `insert into ${table} (${columns}) values (${columns.split(',').map(() => '?')})`,
    )
    return (...values) => statement.run(values)
  }
  connection.exec('begin')
  const organisation = into(
    'organisations',
    'id, name_ja, name_en, kind, country, state, version, created_at, updated_at',
  )
  for (const { id, ja, en, kind } of holders) organisation(id, ja, en, kind, 'JP', 'approved', 1n, at, at)
  const declaration = into(
    'declarations',
    'id, organisation_id, terms_id, terms_sha256, state, from_on, in_force_on, patent_count, patents_sha256, version, created_at, updated_at',
  )
  for (let i = 0; i < declaring * terms.length; i++) {
    const [by, term] = [Math.floor(i / terms.length), terms[i % terms.length]]
    const { sha256 } = product.catalogue.get(term)
    declaration(
      `decl-${by}-${term}`,
      holders[by].id,
      term,
      sha256,
      'in_force',
      declaredOn,
      declaredOn,
      1n,
      '',
      1n,
      at,
      at,
    )
  }
  const patent = into(
    'patents',
    'id, number, office, title_ja, title_en, filed_on, granted_on, family, version, created_at, updated_at',
  )
  const number = into('patent_numbers', 'key, patent_id, docdb, position')
  const holder = into('patent_holders', 'patent_id, organisation_id, position')
  const inventor = into('patent_inventors', 'patent_id, position, name')
  const classified = into('patent_classes', 'patent_id, scheme, symbol, position')
  const field = into('patent_fields', 'patent_id, field')
  const status = into('patent_statuses', 'patent_id, sequence, value, valid_from, source, seen_on, recorded_at')
  const declared = into('declaration_patents', 'declaration_id, patent_id')
  for (let i = 0; i < count; i++) {
    const one = wideAt(i, seed, holders)
    patent(one.id, one.number, one.office, one.ja, one.en, one.filedOn, one.filedOn, one.family, 1n, at, at)
    number(one.key, one.id, one.number, 0n)
    for (const [place, held] of one.holders.entries()) holder(one.id, holders[held].id, BigInt(place))
    inventor(one.id, 0n, `Inventor ${i % inventorCount}`)
    for (const [place, symbol] of one.symbols.entries()) classified(one.id, 'ipc', symbol, BigInt(place))
    for (const found of product.fieldsOf(one.symbols)) field(one.id, BigInt(found))
    status(one.id, 0n, 'granted', one.filedOn, 'register', declaredOn, at)
    if (one.ended)
      status(one.id, 1n, 'lapsed', one.filedOn > lapsedOn ? one.filedOn : lapsedOn, 'register', declaredOn, at)
    if (one.declared !== null) declared(one.declared, one.id)
  }
  connection.exec('commit')
}

function pad(n) {
  return String(n).padStart(2, '0')
}
