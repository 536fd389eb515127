import { addDate, addInventors, addNumbers, addOwners, addSymbols, newDraft, setTitle } from '../draft.ts'
import { faults } from '../faults.ts'
import { inventorsOf } from '../inventors.ts'
import { splitNames } from '../names.ts'
import { ownersOf } from '../owners.ts'
import { has } from '../table.ts'
import { cell, type TableFormat } from './format.ts'

/** Result list of WIPO PATENTSCOPE. Its dates have the day first (`20.09.2023`), several names are joined by `;`. */
export const patentscope: TableFormat = {
  id: 'patentscope',
  recognises: (table) => has(table, 'applicationid', 'applicationnumber', 'title') && !has(table, 'lensid'),
  read: (row) => {
    const draft = newDraft()
    const office = /^[A-Z]{2}$/.exec(cell(row, 'country').text)?.[0]
    const number = cell(row, 'publicationnumber')
    // The application id is the publication number for WO (WO2023123456) and an internal number for other offices.
    addNumbers(draft, number.text === '' ? international(cell(row, 'applicationid')) : number, { office })
    addNumbers(draft, cell(row, 'applicationnumber'), { office, type: 'application' })
    setTitle(draft, 'by_script', cell(row, 'title'))
    const applicants = cell(row, 'applicants', 'applicant')
    addOwners(draft, applicants, ownersOf(splitNames(applicants.text, betweenNames)))
    if (applicants.text === '') draft.warnings.push(faults.holdersMissing(applicants.column))
    const inventors = cell(row, 'inventors', 'inventor')
    addInventors(draft, inventors, inventorsOf(splitNames(inventors.text, betweenNames)))
    addSymbols(draft, 'ipc', cell(row, 'ipc', 'i.p.c', 'int.class'))
    addDate(draft, 'filedOn', cell(row, 'applicationdate'), { order: 'dmy' })
    addDate(draft, 'publishedOn', cell(row, 'publicationdate'), { order: 'dmy' })
    addDate(draft, 'grantedOn', cell(row, 'grantdate'), { order: 'dmy' })
    return [draft]
  },
}

const betweenNames = /[;\r\n]+/

function international(id: { text: string; column: string }): { text: string; column: string } {
  return /^WO\d/.test(id.text) ? id : { ...id, text: '' }
}
