import type { LegalStatus } from '../../../../policies/vocabulary.ts'
import { addDate, addInventors, addNumbers, addOwners, addSymbols, type Draft, newDraft, setTitle } from '../draft.ts'
import { faults } from '../faults.ts'
import { inventorsOf } from '../inventors.ts'
import { splitNames } from '../names.ts'
import { ownersOf } from '../owners.ts'
import { has } from '../table.ts'
import { cell, type Row, type TableFormat } from './format.ts'

/**
 * Export of lens.org by its column names, which changed over the years (Publication Number → Display Key, Type → Document
 * Type, Owners (US) → Owners). `;;` separates values. The applicants are the owners unless later owners are recorded.
 */
export const lens: TableFormat = {
  id: 'lens',
  recognises: (table) => has(table, 'jurisdiction', 'kind', 'lensid'),
  read: (row) => {
    const draft = newDraft()
    const office = cell(row, 'jurisdiction').text.toUpperCase()
    addNumbers(draft, cell(row, 'publicationnumber', 'displaykey'), { office })
    addNumbers(draft, cell(row, 'applicationnumber'), { office, type: 'application' })
    setTitle(draft, 'by_script', cell(row, 'title'))
    readOwners(row, draft)
    const inventors = cell(row, 'inventors')
    addInventors(draft, inventors, inventorsOf(splitNames(inventors.text, ';;')))
    addSymbols(draft, 'ipc', cell(row, 'ipcrclassifications'))
    addSymbols(draft, 'cpc', cell(row, 'cpcclassifications'))
    addDate(draft, 'priorityOn', cell(row, 'earliestprioritydate'))
    addDate(draft, 'filedOn', cell(row, 'applicationdate'))
    readStatus(row, draft)
    return [draft]
  },
}

function readOwners(row: Row, draft: Draft): void {
  const applicants = cell(row, 'applicants')
  const names = splitNames(applicants.text, ';;')
  if (names.length > 0) {
    addOwners(draft, applicants, ownersOf(names))
    return
  }
  const owners = cell(row, 'owners', 'owners(us)')
  const recorded = splitNames(owners.text, ';;').map((name) => name.replace(/ \(\d{4}-\d{2}-\d{2}\)$/, ''))
  addOwners(draft, owners, ownersOf(recorded))
  if (recorded.length === 0) draft.warnings.push(faults.holdersMissing(applicants.column))
}

const statuses: Readonly<Record<string, LegalStatus>> = {
  active: 'granted',
  patented: 'granted',
  pending: 'pending',
  expired: 'expired',
  inactive: 'lapsed',
  unknown: 'unknown',
}

/** `Discontinued` is an application that was given up; the type of the document says whether it was granted. */
function readStatus(row: Row, draft: Draft): void {
  const granted = /^(?:granted|limited) patent$/i.test(cell(row, 'documenttype', 'type').text)
  const published = cell(row, 'publicationdate')
  addDate(draft, granted ? 'grantedOn' : 'publishedOn', published)
  const status = cell(row, 'legalstatus')
  const word = status.text.toLowerCase()
  const value = word === 'discontinued' ? (granted ? 'lapsed' : 'withdrawn') : statuses[word]
  if (value !== undefined) draft.status = { value }
  else if (word !== '') draft.warnings.push(faults.statusUnknown(status.column, status.text))
  else if (granted) {
    const on = draft.dates.grantedOn
    draft.status = on === undefined ? { value: 'granted' } : { value: 'granted', on }
  }
}
