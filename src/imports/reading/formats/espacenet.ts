import { parseNumber } from '../../../patents/numbers/parse.ts'
import {
  addDate,
  addInventors,
  addNumbers,
  addOwners,
  addSymbols,
  type Draft,
  newDraft,
  setMark,
  setTitle,
} from '../draft.ts'
import { faults } from '../faults.ts'
import { inventorsOf } from '../inventors.ts'
import { splitNames } from '../names.ts'
import { ownersOf } from '../owners.ts'
import { type Cell, has } from '../table.ts'
import { cell, type Row, type TableFormat } from './format.ts'

/**
 * Result list of Espacenet: semicolons, seven lines about the search, the header on line 8. One row a simple family:
 * several values of a cell stand on lines of their own, names end in `[CC]`, publication numbers may be of several offices.
 */
export const espacenet: TableFormat = {
  id: 'espacenet',
  recognises: (table) =>
    has(table, 'title', 'inventors', 'publicationnumber', 'earliestpriority') && !has(table, 'lensid'),
  read: (row) => {
    const numbers = cell(row, 'publicationnumber')
    const rights = rightsOf(numbers.text)
    return rights.map((own) => {
      const draft = newDraft()
      addNumbers(draft, { text: own.join('\n'), column: numbers.column })
      if (rights.length > 1) draft.warnings.push(faults.severalRights(numbers.column))
      readFamily(row, draft, rights.length === 1)
      return draft
    })
  },
}

/** Lines of a cell; dates and names on them belong to the whole family. */
function lines(text: string): string[] {
  return text
    .split(/[\r\n]+/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

/** Numbers of one office are one right as long as each kind of document is there once: JP…A and JP…B2. */
function rightsOf(text: string): string[][] {
  const found = lines(text).slice(0, numbersPerFamilyMax)
  const offices = new Map<string, string[]>()
  for (const number of found) {
    const office = parseNumber(number).candidates[0]?.office ?? ''
    offices.set(office, [...(offices.get(office) ?? []), number])
  }
  const rights = [...offices.values()].flatMap((numbers) =>
    oneOfEachKind(numbers) ? [numbers] : numbers.map((one) => [one]),
  )
  return rights.length === 0 ? [[]] : rights
}

const numbersPerFamilyMax = 200

function oneOfEachKind(numbers: readonly string[]): boolean {
  const types = numbers.map((number) => parseNumber(number).candidates[0]?.type ?? '')
  return new Set(types).size === types.length
}

function readFamily(row: Row, draft: Draft, alone: boolean): void {
  setTitle(draft, 'by_script', firstLine(cell(row, 'title')))
  const applicants = cell(row, 'applicants', 'applicant')
  addOwners(draft, applicants, ownersOf(splitNames(applicants.text, /[\r\n]+/).map(withoutCountry)))
  if (applicants.text === '') draft.warnings.push(faults.holdersMissing(applicants.column))
  const inventors = cell(row, 'inventors')
  addInventors(draft, inventors, inventorsOf(splitNames(inventors.text, /[\r\n]+/).map(withoutCountry)))
  addSymbols(draft, 'ipc', cell(row, 'ipc'))
  addSymbols(draft, 'cpc', withoutTitles(cell(row, 'cpc')))
  addDate(draft, 'priorityOn', firstLine(cell(row, 'earliestpriority')))
  // Of several documents the list does not say which was published when.
  const published = cell(row, 'publicationdate')
  const [on, ...others] = lines(published.text)
  if (alone && on !== undefined && others.length === 0) addDate(draft, 'publishedOn', { ...published, text: on })
  setMark(draft, 'family', cell(row, 'familynumber'))
}

function firstLine(found: Cell): Cell {
  return { ...found, text: lines(found.text)[0] ?? '' }
}

function withoutCountry(name: string): string {
  return name.replace(/ ?\[[A-Z]{2}\]$/, '')
}

/** `H01M10/0562 (EP,US)` */
function withoutTitles(found: Cell): Cell {
  return { ...found, text: found.text.replace(/ ?\([^()\n]{0,200}\)/g, '') }
}
