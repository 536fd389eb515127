import { z } from 'zod'
import { officeFrom } from '../countries.ts'
import { addDate, addInventors, addNumbers, addOwners, type Draft, newDraft, setMark, setTitle } from '../draft.ts'
import { faults } from '../faults.ts'
import type { ReadHolder, ReadInventor } from '../row.ts'

/**
 * `industrial_property_rights` of researchmap API v2 (JSON-LD), as a researcher or an institution exports them. The names
 * mislead: `patent_announcement_*` is 公開, `patent_publication_*` is 公表 or 公告. Designs and trade marks are refused.
 */
export function readResearchmap(given: Readonly<Record<string, unknown>>): Draft {
  const draft = newDraft()
  const value = unwrapped(given)
  const read = record.safeParse(value)
  draft.numberColumn = 'application_number'
  if (!read.success) {
    const name = String(read.error.issues[0]?.path[0] ?? '')
    draft.faults.push(faults.memberUnreadable(name, JSON.stringify(value[name]) ?? ''))
    return draft
  }
  const right = read.data
  const kind = right.industrial_property_right_type ?? ''
  if (/design|trademark|意匠|商標/i.test(kind)) {
    draft.faults.push(faults.notAPatent('industrial_property_right_type', kind))
    return draft
  }
  const office = officeFrom(right.acquisition_country ?? right.application_country ?? '') ?? 'JP'
  for (const [name, type] of numberMembers) {
    // 特願 2019-123456: the word and the number stand apart.
    const text = (right[name] ?? '').replace(/^(\D{1,6}) +(?=[\d平昭令第])/, '$1')
    addNumbers(draft, { text, column: name }, { office, type })
  }
  setTitle(draft, 'ja', {
    text: right.industrial_property_right_title?.ja ?? '',
    column: 'industrial_property_right_title',
  })
  setTitle(draft, 'en', {
    text: right.industrial_property_right_title?.en ?? '',
    column: 'industrial_property_right_title',
  })
  addInventors(draft, { text: '', column: 'inventors' }, inventorsOf(right.inventors))
  addOwners(draft, { text: '', column: 'right_holder' }, { holders: holdersOf(right), unpairedHolders: [] })
  if (draft.holders.length === 0) draft.warnings.push(faults.holdersMissing('right_holder'))
  addDate(draft, 'filedOn', { text: right.application_date ?? '', column: 'application_date' })
  const announced = right.patent_announcement_date ?? ''
  const column = announced === '' ? 'patent_publication_date' : 'patent_announcement_date'
  addDate(draft, 'publishedOn', { text: right[column] ?? '', column })
  addDate(draft, 'grantedOn', { text: right.registration_date ?? '', column: 'registration_date' })
  const granted = draft.dates.grantedOn
  if (granted !== undefined) draft.status = { value: 'granted', on: granted }
  setMark(draft, 'reference', { text: right.identifiers?.j_global_id?.[0] ?? '', column: 'identifiers' })
  return draft
}

export function isResearchmap(given: Readonly<Record<string, unknown>>): boolean {
  const value = unwrapped(given)
  return (
    'industrial_property_right_title' in value ||
    'industrial_property_right_type' in value ||
    ('@type' in value && value['@type'] === 'industrial_property_rights') ||
    numberMembers.filter(([name]) => name in value).length >= 2
  )
}

const numberMembers = [
  ['patent_number', 'grant'],
  ['patent_announcement_number', 'publication'],
  ['patent_publication_number', 'publication'],
  ['application_number', 'application'],
] as const

const text = z.string().max(2000).nullish()
const languages = z.object({ ja: text, en: text }).nullish()
const named = z.object({ name: text })
const people = z.object({ ja: z.array(named).max(500).nullish(), en: z.array(named).max(500).nullish() }).nullish()
const holder = z.union([languages, z.object({ right_holder: languages })])

const record = z.object({
  industrial_property_right_type: text,
  industrial_property_right_title: languages,
  inventors: people,
  application_number: text,
  application_date: text,
  patent_announcement_number: text,
  patent_announcement_date: text,
  patent_publication_number: text,
  patent_publication_date: text,
  patent_number: text,
  registration_date: text,
  applicants: z
    .array(z.object({ applicant: languages }))
    .max(100)
    .nullish(),
  right_holder: z.union([holder, z.array(holder).max(100)]),
  application_country: text,
  acquisition_country: text,
  identifiers: z
    .object({ j_global_id: z.array(z.string()).nullish() })
    .nullish()
    .catch(undefined),
})
type Right = z.infer<typeof record>

/** Bulk files wrap a record in what is to be done with it: `{ "insert": {…}, "similar_merge": { the record } }`. */
function unwrapped(value: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  for (const name of ['similar_merge', 'merge', 'force', 'doc', 'update']) {
    const inner = value[name]
    if (isObject(inner)) return inner
  }
  return value
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Both lists are of the same people when they are of one length. */
function inventorsOf(given: Right['inventors']): ReadInventor[] {
  const ja = namesIn(given?.ja)
  const en = namesIn(given?.en)
  if (ja.length === 0) return en.map((name) => ({ name }))
  return ja.map((name, at) => {
    const romanised = ja.length === en.length ? en[at] : undefined
    return romanised === undefined || romanised === name ? { name } : { name, romanised }
  })
}

function namesIn(list: readonly { name?: string | null | undefined }[] | null | undefined): string[] {
  return (list ?? []).map(({ name }) => name?.trim() ?? '').filter((name) => name !== '')
}

/** The holders of the right; before there is one, the applicants. */
function holdersOf({ right_holder: given, applicants }: Right): ReadHolder[] {
  const holders = (Array.isArray(given) ? given : [given]).map((one) =>
    one !== null && one !== undefined && 'right_holder' in one ? holderOf(one.right_holder) : holderOf(one),
  )
  const found = holders.filter(({ names }) => names.length > 0)
  if (found.length > 0) return found
  return (applicants ?? []).map(({ applicant }) => holderOf(applicant)).filter(({ names }) => names.length > 0)
}

function holderOf(given: unknown): ReadHolder {
  const read = languages.safeParse(given)
  const names = read.success ? [read.data?.ja, read.data?.en] : []
  return { names: [...new Set(names.map((name) => name?.trim() ?? '').filter((name) => name !== ''))] }
}
