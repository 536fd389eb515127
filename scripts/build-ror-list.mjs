// Makes src/organisations/ror-list.json from a table of ROR records (CC0, https://ror.org) with the columns ror_id,
// name_en, name_ja, country, city, types, status: `node scripts/build-ror-list.mjs records.tsv`. Withdrawn ones are left
// out; organisations of the sample that the table lacks are added.
import { readFileSync, writeFileSync } from 'node:fs'

const kinds = [
  ['education', 'u'],
  ['healthcare', 'h'],
  ['government', 'g'],
  ['facility', 'r'],
  ['company', 'c'],
]

const [header = '', ...lines] = readFileSync(process.argv[2] ?? 0, 'utf8')
  .trimEnd()
  .split('\n')
const columns = header.split('\t')
const rows = lines
  .map((line) => Object.fromEntries(line.split('\t').map((cell, at) => [columns[at], cell.trim()])))
  .filter(({ status, name_en, name_ja }) => status !== 'withdrawn' && (name_en || name_ja))
  .map(({ ror_id, name_en, name_ja, country, city, types }) => {
    const kind = kinds.find(([type]) => types.split('|').includes(type))?.[1] ?? 'n'
    return row(ror_id, kind, country, name_en, name_ja, city)
  })
const listed = new Set(rows.map((one) => one.slice(0, 9)))
const sample = JSON.parse(readFileSync(new URL('../src/sample/organisations.json', import.meta.url), 'utf8'))
const letters = { university: 'u', hospital: 'h', government: 'g', research_institute: 'r', company: 'c', tlo: 'c' }
for (const { ror, kind, country, name } of sample)
  if (ror && !listed.has(ror.slice(-9))) rows.push(row(ror, letters[kind] ?? 'n', country, name.en, name.ja, ''))
const list = { source: 'ROR (https://ror.org), CC0; organisations in Japan', rows: rows.sort().join('\n') }
writeFileSync(new URL('../src/organisations/ror-list.json', import.meta.url), `${JSON.stringify(list, null, 2)}\n`)

/** `id, kind, country unless Japan, English, Japanese, city`, between tabs. */
function row(ror, kind, country, en, ja, city) {
  return [ror.slice(-9), kind + (country === 'JP' ? '' : country), en, ja, city].join('\t')
}
