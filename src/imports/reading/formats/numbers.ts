import { addNumbers, newDraft } from '../draft.ts'
import { has } from '../table.ts'
import { cell, type TableFormat } from './format.ts'

/**
 * Nothing but numbers: a column `patent_id` of United States patents as PatentsView names it, or a list without a header
 * (its one column is then called 番号).
 */
export const numbersOnly: TableFormat = {
  id: 'numbers',
  recognises: (table) => has(table, 'patent_id') && table.at.size <= 3,
  read: (row) => {
    const draft = newDraft()
    addNumbers(draft, cell(row, 'patent_id'), { office: 'US', type: 'grant' })
    addNumbers(draft, cell(row, listColumn))
    return [draft]
  },
}

/** What the column of a list without a header is called. */
export const listColumn = '番号'
