import { officeFrom } from '../countries.ts'
import {
  addDate,
  addInventors,
  addNumbers,
  addOwners,
  addSymbols,
  type DateMember,
  type Draft,
  dateOf,
  newDraft,
  setMark,
  setTitle,
} from '../draft.ts'
import { faults } from '../faults.ts'
import { inventorsOf } from '../inventors.ts'
import type { MappedField } from '../mapping.ts'
import { splitNames } from '../names.ts'
import { ownersOf } from '../owners.ts'
import { readStatus, statusOf } from '../statuses.ts'
import { type Cell, cellText } from '../table.ts'
import type { TableFormat } from './format.ts'

/** Any table by the columns that a person confirmed. */
export const mapped: TableFormat = {
  id: 'mapped',
  recognises: () => false,
  read: ({ cells, days }, { header, mapping }) => {
    const draft = newDraft()
    if (mapping === undefined) return [draft]
    const columns: Filled[] = mapping.columns.map(({ field }, index) => ({
      field,
      cell: { text: cellText(cells[index]), column: header[index] ?? '' },
    }))
    const office = officeOf(columns, draft) ?? mapping.office
    for (const { field, cell } of columns) {
      const type = numberFields[field]
      if (type !== undefined) addNumbers(draft, cell, { office, ...(type === 'any' ? {} : { type }) })
    }
    const order = mapping.dateOrder
    const between = mapping.separator ?? betweenNames
    for (const { field, cell } of columns) {
      const member = dateFields[field]
      if (member !== undefined) addDate(draft, member, cell, { order, days })
      else readText(draft, field, cell, between)
    }
    addStatus(draft, columns, { order, days })
    return [draft]
  },
}

type Filled = { readonly field: MappedField; readonly cell: Cell }

const betweenNames = /[;；、，\r\n]+|,|\/(?! )|／/

const numberFields: Readonly<Partial<Record<MappedField, 'any' | 'application' | 'publication' | 'grant'>>> = {
  number: 'any',
  application_number: 'application',
  publication_number: 'publication',
  grant_number: 'grant',
}

const dateFields: Readonly<Partial<Record<MappedField, DateMember>>> = {
  priority_on: 'priorityOn',
  filed_on: 'filedOn',
  published_on: 'publishedOn',
  granted_on: 'grantedOn',
  expires_on: 'expiresOn',
}

function readText(draft: Draft, field: MappedField, cell: Cell, between: string | RegExp): void {
  if (cell.text === '') return
  switch (field) {
    case 'title':
      setTitle(draft, 'by_script', cell)
      return
    case 'title_ja':
      setTitle(draft, 'ja', cell)
      return
    case 'title_en':
      setTitle(draft, 'en', cell)
      return
    case 'holders':
      addOwners(draft, cell, ownersOf(namesIn(cell.text, between)))
      return
    case 'inventors':
      addInventors(draft, cell, inventorsOf(namesIn(cell.text, between)))
      return
    case 'ipc':
    case 'cpc':
    case 'fi':
      addSymbols(draft, field, cell)
      return
    case 'family':
    case 'reference':
      setMark(draft, field, cell)
      return
    default:
      return
  }
}

/** A line break separates whatever else does; shares after a name (`京都大学（1/2）`) are not part of it. */
function namesIn(text: string, between: string | RegExp): string[] {
  const parts =
    typeof between === 'string'
      ? text.split(/[\r\n]+/).flatMap((line) => splitNames(line, between))
      : splitNames(text.replace(share, ''), between)
  return parts
    .map((name) => name.replace(share, '').trim())
    .filter((name) => name !== '' && !noName.test(name.normalize('NFKC')))
}

const share = /[（(]? ?(?:持分|share)?[ :：]{0,2}(?:\d{1,3} ?[/／] ?\d{1,3}|\d{1,3} ?[%％]) ?[)）]?/gi
const noName = /^(?:[-―—–−ー]|なし|無し?|n\/a|none)$/i

function officeOf(columns: readonly Filled[], draft: Draft): string | undefined {
  const cell = columns.find(({ field, cell }) => field === 'office' && cell.text !== '')?.cell
  if (cell === undefined) return undefined
  const office = officeFrom(cell.text)
  if (office === undefined) draft.warnings.push(faults.officeUnknown(cell.column, cell.text))
  return office
}

function addStatus(draft: Draft, columns: readonly Filled[], reading: Parameters<typeof dateOf>[2]): void {
  const cell = columns.find(({ field, cell }) => field === 'status' && cell.text !== '')?.cell
  if (cell === undefined) return
  const word = readStatus(cell.text)
  if (word === undefined) {
    draft.warnings.push(faults.statusUnknown(cell.column, cell.text))
    return
  }
  const granted = draft.dates.grantedOn !== undefined || draft.numbers.some(({ type }) => type === 'grant')
  if (word === 'refusal_not_final') draft.warnings.push(faults.refusalNotFinal(cell.column))
  const dated = columns.find(({ field, cell }) => field === 'status_on' && cell.text !== '')?.cell
  const on = dated === undefined ? undefined : dateOf(draft, dated, reading)
  const value = statusOf(word, granted)
  draft.status = on === undefined ? { value } : { value, on }
}
