import { type LegalStatus, legalStatus } from '../../../../policies/vocabulary.ts'
import {
  addDate,
  addInventors,
  addNumbers,
  addOwners,
  addSymbols,
  dateOf,
  newDraft,
  setMark,
  setTitle,
} from '../draft.ts'
import { faults } from '../faults.ts'
import { tidyName } from '../names.ts'
import type { ReadHolder, ReadInventor, ReadPatent } from '../row.ts'
import { readStatus, statusOf } from '../statuses.ts'
import { has } from '../table.ts'
import { cell, type TableFormat } from './format.ts'

/**
 * Columns of the registry's own CSV. Several values of a cell are separated by `;`, the names of one owner or inventor by
 * `|` (native, then romanised). Owners may be given by name, ROR id or id in the registry. Dates are YYYY-MM-DD.
 */
export const ownColumns = [
  'numbers',
  'title_ja',
  'title_en',
  'holders',
  'inventors',
  'ipc',
  'cpc',
  'fi',
  'priority_on',
  'filed_on',
  'published_on',
  'granted_on',
  'expires_on',
  'status',
  'status_on',
  'family',
  'reference',
] as const

export const own: TableFormat = {
  id: 'own_csv',
  recognises: (table) => has(table, 'numbers') && ownColumns.filter((name) => table.at.has(name)).length >= 2,
  read: (row) => {
    const draft = newDraft()
    const { days } = row
    addNumbers(draft, cell(row, 'numbers'))
    setTitle(draft, 'ja', cell(row, 'title_ja'))
    setTitle(draft, 'en', cell(row, 'title_en'))
    const holders = cell(row, 'holders')
    addOwners(draft, holders, { holders: holdersOf(holders.text), unpairedHolders: [] })
    const inventors = cell(row, 'inventors')
    addInventors(draft, inventors, inventorsOf(inventors.text))
    addSymbols(draft, 'ipc', cell(row, 'ipc'))
    addSymbols(draft, 'cpc', cell(row, 'cpc'))
    addSymbols(draft, 'fi', cell(row, 'fi'))
    addDate(draft, 'priorityOn', cell(row, 'priority_on'), { days })
    addDate(draft, 'filedOn', cell(row, 'filed_on'), { days })
    addDate(draft, 'publishedOn', cell(row, 'published_on'), { days })
    addDate(draft, 'grantedOn', cell(row, 'granted_on'), { days })
    addDate(draft, 'expiresOn', cell(row, 'expires_on'), { days })
    setMark(draft, 'family', cell(row, 'family'))
    setMark(draft, 'reference', cell(row, 'reference'))
    const status = cell(row, 'status')
    if (status.text !== '') {
      const value = statusFrom(status.text, draft.dates.grantedOn !== undefined)
      const on = dateOf(draft, cell(row, 'status_on'), { days })
      if (value === undefined) draft.warnings.push(faults.statusUnknown(status.column, status.text))
      else draft.status = on === undefined ? { value } : { value, on }
    }
    return [draft]
  },
}

function statusFrom(text: string, granted: boolean): LegalStatus | undefined {
  const exact = legalStatus.safeParse(text.toLowerCase())
  if (exact.success) return exact.data
  const word = readStatus(text)
  return word === undefined ? undefined : statusOf(word, granted)
}

function holdersOf(text: string): ReadHolder[] {
  return lists(text).map((names) => ({ names }))
}

function inventorsOf(text: string): ReadInventor[] {
  return lists(text).flatMap(([name, romanised]) =>
    name === undefined ? [] : [romanised === undefined ? { name } : { name, romanised }],
  )
}

function lists(text: string): string[][] {
  return text
    .split(/[;；\r\n]+/)
    .map((entry) =>
      entry
        .split('|')
        .map(tidyName)
        .filter((name) => name !== ''),
    )
    .filter((names) => names.length > 0)
}

/** The cells of our own CSV for what another form said: the officer mends these and uploads them. */
export function ownCells(patent: Partial<ReadPatent>): string[] {
  const { numbers = [], title = {}, holders = [], unpairedHolders = [], inventors = [], classes, status } = patent
  const names = [...holders.map(({ names }) => names.join('|')), ...unpairedHolders]
  return [
    numbers.map(({ written }) => written).join('; '),
    title.ja ?? '',
    title.en ?? '',
    names.join('; '),
    inventors.map(({ name, romanised }) => (romanised === undefined ? name : `${name}|${romanised}`)).join('; '),
    (classes?.ipc ?? []).join('; '),
    (classes?.cpc ?? []).join('; '),
    (classes?.fi ?? []).join('; '),
    patent.priorityOn ?? '',
    patent.filedOn ?? '',
    patent.publishedOn ?? '',
    patent.grantedOn ?? '',
    patent.expiresOn ?? '',
    status?.value ?? '',
    status?.on ?? '',
    patent.family ?? '',
    patent.reference ?? '',
  ]
}
