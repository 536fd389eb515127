import { fieldsOf } from '../patents/classification/fields.ts'
import { namesMatch } from '../patents/inventors/names.ts'
import { numberWithKey } from '../patents/numbers/spelling.ts'
import { canonicalSpelling } from '../patents/record.ts'
import type { FieldChange, Reason } from './import.ts'
import { isJapanese } from './owners.ts'
import { type Prepared, typeOf } from './prepare.ts'
import { reasons } from './reasons.ts'
import type { KnownRecord } from './records-queries.ts'

type Status = KnownRecord['statuses'][number]
type World = 'granted' | 'ended' | 'transferred'

/** What is written to a record. What is not named stays as it is; numbers, statuses and inventors are only added. */
export type Additions = {
  title?: { ja?: string; en?: string }
  priorityOn?: string
  filedOn?: string
  publishedOn?: string
  grantedOn?: string
  expires?: { on: string; source: string; seenOn: string }
  family?: string
  number?: string
  numbers?: Prepared['numbers']
  statuses?: Status[]
  inventors?: Prepared['inventors']
  romanised?: { position: number; romanised: string }[]
  classes?: { scheme: 'ipc' | 'cpc' | 'fi'; symbol: string }[]
  fields?: number[]
  /** Ids of organisations. */
  holders?: string[]
}

/** One field that becomes different; without `old` nothing stood there. */
export type Edit = { change: FieldChange; put: Additions }

export type Differences = { edits: Edit[]; reasons: Reason[]; world: World | undefined }

/** What the file says that is newer or more than the record. Pure. `source` is the name of the format. */
export function differencesOf(
  record: KnownRecord,
  row: Prepared,
  { source, seenOn }: { source: string; seenOn: string },
): Differences {
  const said: Reason[] = []
  const edits = [
    ...numberEdits(record, row),
    ...titleEdits(record, row),
    ...dateEdits(record, row),
    ...expiryEdits(record, row, source, seenOn),
    ...(row.family !== undefined && record.family === undefined
      ? [{ change: { field: 'family', new: row.family }, put: { family: row.family } }]
      : []),
    ...inventorEdits(record, row, said),
    ...classEdits(record, row),
  ]
  const last = lastOf(record.statuses)
  const statuses = newStatuses(record.statuses, last, row, source, seenOn)
  if (
    row.status?.value === 'granted' &&
    last &&
    ended.has(last.value) &&
    !statuses.some(({ value }) => value === 'granted')
  )
    said.push(reasons.endedOnRecord(last.value, last.on, last.source))
  if (statuses.length > 0)
    edits.push({
      change: {
        field: 'status',
        ...(last === undefined ? {} : { old: last.value }),
        new: statuses.map(({ value, on }) => `${value} ${on}`).join(', '),
      },
      put: { statuses },
    })
  return { edits, reasons: said, world: worldOf(record, statuses) }
}

/** All that the edits put, as one. */
export function additionsOf(edits: readonly Edit[]): Additions {
  const all: Additions = {}
  for (const { put } of edits) {
    Object.assign(all, put, put.title ? { title: { ...all.title, ...put.title } } : {})
  }
  return all
}

/** Statuses that the row proves for a patent that is enrolled now: pending from filing, granted from grant, and what it says. */
export function statusesOf(row: Prepared, source: string, seenOn: string): Status[] {
  const { filedOn, grantedOn, status } = row
  const found: Status[] = []
  const add = (value: Status['value'], on: string) => found.push({ value, on, source, seenOn })
  const granted = grantedOn ?? (isGranted(row) && !status ? seenOn : undefined)
  const current = status && { value: status.value, on: dayOf(status, row, seenOn) }
  if (filedOn !== undefined) add('pending', filedOn)
  if (granted !== undefined && current?.value !== 'granted') add('granted', granted)
  if (current && current.value !== 'pending') add(current.value, current.on)
  else if (current && filedOn === undefined) add('pending', current.on)
  if (found.length === 0 || (!current && granted === undefined && filedOn !== undefined)) add('unknown', seenOn)
  return found.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
}

function dayOf(status: NonNullable<Prepared['status']>, row: Prepared, seenOn: string): string {
  if (status.on !== undefined) return status.on
  if (status.value === 'pending') return row.filedOn ?? seenOn
  if (status.value === 'granted') return row.grantedOn ?? seenOn
  if (status.value === 'expired' && row.expiresOn !== undefined && row.expiresOn <= seenOn) return row.expiresOn
  return seenOn
}

function isGranted({ numbers }: Prepared): boolean {
  return numbers.some((number) => /grant|reissue|^design$|^plant$/.test(typeOf(number)))
}

function numberEdits(record: KnownRecord, row: Prepared): Edit[] {
  const known = new Set(record.numbers.map(({ key }) => key))
  const added = row.numbers.filter(({ key }) => !known.has(key))
  if (added.length === 0) return []
  const all = [...record.numbers, ...added].flatMap(({ docdb, key }) => numberWithKey(docdb, key) ?? [])
  const number = canonicalSpelling(all) ?? record.number
  return [
    {
      change: { field: 'numbers', new: added.map(({ docdb }) => docdb).join(', ') },
      put: { numbers: added, ...(number === record.number ? {} : { number }) },
    },
  ]
}

function titleEdits(record: KnownRecord, row: Prepared): Edit[] {
  return (['ja', 'en'] as const).flatMap((language) => {
    const [was, is] = [record.title[language], row.title[language]]
    if (is === undefined || (was !== undefined && sameText(was, is))) return []
    return [{ change: changed(`title.${language}`, was, is), put: { title: { [language]: is } } }]
  })
}

export function sameText(one: string, other: string): boolean {
  return one === other || bare(one) === bare(other)
}

function bare(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s\p{P}\p{S}]+/gu, '')
}

function dateEdits(record: KnownRecord, row: Prepared): Edit[] {
  return dates.flatMap(({ field, earliest }) => {
    const [was, is] = [record[field], row[field]]
    if (is === undefined || is === was || (was !== undefined && earliest && is > was)) return []
    return [{ change: changed(field, was, is), put: { [field]: is } }]
  })
}

/** A later document of the same right has a later publication, and a list may show any of its priorities. */
const dates = [
  { field: 'priorityOn', earliest: true },
  { field: 'filedOn', earliest: false },
  { field: 'publishedOn', earliest: true },
  { field: 'grantedOn', earliest: false },
] as const

function expiryEdits({ expires }: KnownRecord, row: Prepared, source: string, seenOn: string): Edit[] {
  if (row.expiresOn === undefined || expires?.on === row.expiresOn) return []
  if (expires && expires.seenOn > seenOn) return []
  return [
    {
      change: changed('expires', expires?.on, row.expiresOn),
      put: { expires: { on: row.expiresOn, source, seenOn } },
    },
  ]
}

/** Names in another script are the same people in the same order; names not found are further inventors. */
function inventorEdits(record: KnownRecord, row: Prepared, said: Reason[]): Edit[] {
  if (row.inventors.length === 0) return []
  if (record.inventors.length === 0)
    return [
      {
        change: { field: 'inventors', new: row.inventors.map(({ name }) => name).join(', ') },
        put: { inventors: [...row.inventors] },
      },
    ]
  const romanised: { position: number; romanised: string }[] = []
  const further: Prepared['inventors'] = []
  for (const inventor of row.inventors) {
    const position = record.inventors.findIndex((known) => isSame(known, inventor))
    const known = record.inventors[position]
    if (!known) further.push(inventor)
    else if (inventor.romanised !== undefined && known.romanised === undefined && known.name !== inventor.romanised)
      romanised.push({ position, romanised: inventor.romanised })
  }
  if (
    further.length > 0 &&
    further.some(({ name }) => isJapanese(name) !== isJapanese(record.inventors[0]?.name ?? ''))
  ) {
    if (further.length !== row.inventors.length || row.inventors.length !== record.inventors.length) {
      said.push(reasons.inventorsLeft())
      return []
    }
    const pairs = row.inventors.flatMap(({ name }, position) => {
      const known = record.inventors[position]
      return known && known.romanised === undefined && isJapanese(known.name) && !isJapanese(name)
        ? [{ position, romanised: name }]
        : []
    })
    return romanisedEdit(pairs)
  }
  return [
    ...(further.length === 0
      ? []
      : [
          {
            change: { field: 'inventors', new: further.map(({ name }) => name).join(', ') },
            put: { inventors: further },
          },
        ]),
    ...romanisedEdit(romanised),
  ]
}

function romanisedEdit(romanised: { position: number; romanised: string }[]): Edit[] {
  if (romanised.length === 0) return []
  const names = romanised.map((one) => one.romanised).join(', ')
  return [{ change: { field: 'inventors.romanised', new: names }, put: { romanised } }]
}

function isSame(known: KnownRecord['inventors'][number], given: Prepared['inventors'][number]): boolean {
  const names = [given.name, given.romanised].filter((name) => name !== undefined)
  const ours = [known.name, known.romanised].filter((name) => name !== undefined)
  return names.some((name) => ours.some((one) => one === name || namesMatch(one, name)))
}

function classEdits(record: KnownRecord, row: Prepared): Edit[] {
  const known = new Set(record.classes.map(({ scheme, symbol }) => `${scheme} ${symbol}`))
  const schemes = (['ipc', 'cpc', 'fi'] as const).map((scheme) => ({
    scheme,
    added: row.classes[scheme].filter((symbol) => !known.has(`${scheme} ${symbol}`)),
  }))
  const classes = schemes.flatMap(({ scheme, added }) => added.map((symbol) => ({ scheme, symbol })))
  if (classes.length === 0) return []
  const fields = fieldsOf(classes.map(({ symbol }) => symbol)).filter((field) => !record.fields.includes(field))
  const change = {
    field: 'classes',
    new: classes.map(({ scheme, symbol }) => `${scheme.toUpperCase()} ${symbol}`).join(', '),
  }
  return [{ change, put: { classes, fields } }]
}

const ended: ReadonlySet<string> = new Set(['expired', 'lapsed', 'refused', 'withdrawn', 'revoked'])

/** Only what a later look at the source can add: never a step back to before, never what is recorded already. */
function newStatuses(
  statuses: KnownRecord['statuses'],
  last: Status | undefined,
  row: Prepared,
  source: string,
  seenOn: string,
): Status[] {
  const has = (value: string) => statuses.some((status) => status.value === value)
  const found: Status[] = []
  const open = last === undefined || last.value === 'pending' || last.value === 'unknown'
  const proven = row.grantedOn ?? (isGranted(row) && row.status === undefined ? seenOn : undefined)
  if (!has('granted') && (row.grantedOn !== undefined || open) && proven !== undefined)
    found.push({ value: 'granted', on: proven, source, seenOn })
  const { status } = row
  if (status === undefined || status.value === 'unknown') return found
  const on = dayOf(status, row, seenOn)
  if (statuses.some((one) => one.value === status.value && (one.on === on || one === last))) return found
  if (found.some(({ value }) => value === status.value)) return found
  if (last && last.seenOn > seenOn) return found
  const back =
    (status.value === 'pending' && (has('granted') || (last && ended.has(last.value)))) ||
    (status.value === 'granted' &&
      last &&
      ended.has(last.value) &&
      (status.on === undefined || status.on <= last.on)) ||
    (ended.has(status.value) && last && ended.has(last.value) && status.on === undefined)
  return back ? found : [...found, { value: status.value, on, source, seenOn }]
}

function lastOf(statuses: KnownRecord['statuses']): Status | undefined {
  return [...statuses].sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0)).at(-1)
}

function worldOf({ statuses }: KnownRecord, added: readonly Status[]): World | undefined {
  const last = added.at(-1)
  if (last === undefined) return undefined
  if (ended.has(last.value)) return 'ended'
  return last.value === 'granted' && !statuses.some(({ value }) => value === 'granted') ? 'granted' : undefined
}

function changed(field: string, was: string | undefined, is: string): FieldChange {
  return { field, ...(was === undefined ? {} : { old: was }), new: is }
}
