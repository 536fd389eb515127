import { addDate, addInventors, addNumbers, addOwners, newDraft, setTitle } from '../draft.ts'
import { faults } from '../faults.ts'
import { doubledInventors, inventorsOf } from '../inventors.ts'
import { splitNames } from '../names.ts'
import { doubledOwners, ownersOf } from '../owners.ts'
import { has } from '../table.ts'
import { cell, type TableFormat } from './format.ts'

/**
 * Download of Google Patents, with or without its first line `search URL:`. One row a document (`JP-5985120-B1`); on
 * Japanese documents names stand twice. No classes; the only status is a date of grant.
 */
export const googlePatents: TableFormat = {
  id: 'google_patents',
  recognises: (table) => has(table, 'id', 'title', 'assignee', 'inventor/author'),
  read: (row) => {
    const draft = newDraft()
    const id = cell(row, 'id')
    const office = /^[A-Z]{2}/.exec(id.text)?.[0]
    addNumbers(draft, id)
    setTitle(draft, 'by_script', cell(row, 'title'))
    const doubled = office === 'JP'
    const assignee = cell(row, 'assignee')
    const owners = splitNames(assignee.text, /, /)
    addOwners(draft, assignee, doubled ? doubledOwners(owners) : ownersOf(owners))
    if (assignee.text === '') draft.warnings.push(faults.holdersMissing(assignee.column))
    const author = cell(row, 'inventor/author')
    const names = splitNames(author.text, /, /)
    addInventors(draft, author, doubled ? doubledInventors(names) : inventorsOf(names))
    addDate(draft, 'priorityOn', cell(row, 'prioritydate'))
    addDate(draft, 'filedOn', cell(row, 'filing/creationdate', 'filingdate'))
    addDate(draft, 'grantedOn', cell(row, 'grantdate'))
    if (isFirstPublication(id.text)) addDate(draft, 'publishedOn', cell(row, 'publicationdate'))
    const granted = draft.dates.grantedOn
    if (granted !== undefined) draft.status = { value: 'granted', on: granted }
    return [draft]
  },
}

/**
 * A granted patent was published before, but for a B1 of Japan and of the United States; A3, A8 and A9 are later search
 * reports and corrections.
 */
function isFirstPublication(id: string): boolean {
  return /-(?:A[12]?|U)$|^(?:JP|US)-.{1,20}-B1$/.test(id)
}
