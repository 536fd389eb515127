import { addDate, addNumbers, addOwners, newDraft, setMark, setTitle } from '../draft.ts'
import { faults } from '../faults.ts'
import { ownersOf } from '../owners.ts'
import { readStatus, statusOf } from '../statuses.ts'
import { has } from '../table.ts'
import { cell, type TableFormat } from './format.ts'

/** NASA's patent portfolio (data.nasa.gov): United States numbers without `US`, `0` for not granted, MM/DD/YYYY. */
export const nasa: TableFormat = {
  id: 'nasa',
  recognises: (table) => has(table, 'center', 'casenumber', 'patentnumber', 'applicationsn', 'patentexpirationdate'),
  read: (row) => {
    const draft = newDraft()
    addNumbers(draft, cell(row, 'patentnumber'), { office: 'US', type: 'grant' })
    addNumbers(draft, cell(row, 'applicationsn'), { office: 'US', type: 'application' })
    setTitle(draft, 'en', cell(row, 'title'))
    // The centres are parts of one agency, and the agency is the owner.
    addOwners(draft, { text: '', column: '' }, ownersOf(['National Aeronautics and Space Administration']))
    addDate(draft, 'expiresOn', cell(row, 'patentexpirationdate'), { order: 'mdy' })
    setMark(draft, 'reference', cell(row, 'casenumber'))
    const status = cell(row, 'status')
    const word = readStatus(status.text)
    const granted = draft.numbers.some(({ type }) => type === 'grant')
    if (word !== undefined) draft.status = { value: statusOf(word, granted) }
    else if (status.text !== '') draft.warnings.push(faults.statusUnknown(status.column, status.text))
    return [draft]
  },
}
