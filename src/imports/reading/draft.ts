import type { LegalStatus } from '../../../policies/vocabulary.ts'
import { type Scheme, splitSymbols } from '../../patents/classification/symbol.ts'
import {
  holdersPerPatentMax,
  inventorsPerPatentMax,
  nameCharactersMax,
  numbersPerPatentMax,
  symbolsPerSchemeMax,
  titleCharactersMax,
} from '../../patents/patent.ts'
import { type DateOrder, type DaySystem, readDate } from './dates.ts'
import { faults } from './faults.ts'
import { tidyName } from './names.ts'
import { parseRead } from './numbers.ts'
import type { PairedOwners } from './owners.ts'
import type { ReadHolder, ReadInventor, ReadNumber, ReadPatent, ReadRow, RowFault } from './row.ts'
import type { Cell } from './table.ts'

/** What has been read of a row so far. */
export type Draft = {
  numbers: ReadNumber[]
  /** Numbers that no office's rule reads. */
  unreadable: Cell[]
  /** Where a number is expected, to name the column when there is none. */
  numberColumn: string
  title: { ja?: string; en?: string }
  holders: ReadHolder[]
  unpairedHolders: string[]
  inventors: ReadInventor[]
  classes: Record<Scheme, string[]>
  dates: Partial<Record<DateMember, string>>
  status?: { value: LegalStatus; on?: string }
  family?: string
  reference?: string
  faults: RowFault[]
  warnings: RowFault[]
}

export type DateMember = 'priorityOn' | 'filedOn' | 'publishedOn' | 'grantedOn' | 'expiresOn'

/** Russian institutions have names of over two hundred characters. */
const holderCharactersMax = 500
const referenceCharactersMax = 100

export function newDraft(): Draft {
  return {
    numbers: [],
    unreadable: [],
    numberColumn: '',
    title: {},
    holders: [],
    unpairedHolders: [],
    inventors: [],
    classes: { ipc: [], cpc: [], fi: [] },
    dates: {},
    faults: [],
    warnings: [],
  }
}

type Hints = {
  readonly office?: string | undefined
  readonly type?: 'application' | 'publication' | 'grant' | undefined
}

/** Every number of a cell. What is no number is kept apart, and refuses the row when nothing else names the right. */
export function addNumbers(draft: Draft, cell: Cell, hints: Hints = {}): void {
  if (draft.numberColumn === '') draft.numberColumn = cell.column
  if (cell.text === '' || broken(draft, cell)) return
  for (const piece of cell.text.split(betweenNumbers)) {
    const written = piece.trim()
    if (written === '' || noNumber.test(written.normalize('NFKC'))) continue
    if (draft.numbers.some((known) => known.written === written)) continue
    const { candidates } = parseRead(written, hints)
    if (candidates.length === 0) {
      draft.unreadable.push({ text: written, column: cell.column })
      continue
    }
    draft.numbers.push({
      written,
      column: cell.column,
      ...(hints.office === undefined ? {} : { office: hints.office }),
      ...(hints.type === undefined ? {} : { type: hints.type }),
    })
  }
}

const betweenNumbers = /[\n\r;；、]|,(?= ?[A-Z]{2}[ -]?\d| ?特)/
// Zero and dashes stand for "not yet"; so do these words.
const noNumber = /^(?:0+|[-./―—–_*xX]{1,10}|n\/?a|none|null|なし|無し?|未(?:出願|公開|登録|定|付与)?|出願準備中|tbd)$/i

export function addDate(
  draft: Draft,
  member: DateMember,
  cell: Cell,
  reading: { order?: DateOrder | undefined; days?: DaySystem | undefined } = {},
): void {
  const on = dateOf(draft, cell, reading)
  if (on !== undefined && draft.dates[member] === undefined) draft.dates[member] = on
}

/** The date of a cell; one that cannot be read is a fault of the row, one without month or day a warning. */
export function dateOf(
  draft: Draft,
  cell: Cell,
  reading: { order?: DateOrder | undefined; days?: DaySystem | undefined } = {},
): string | undefined {
  if (cell.text === '' || broken(draft, cell)) return undefined
  const read = readDate(cell.text, reading.order, reading.days)
  switch (read.kind) {
    case 'date':
      return read.on
    case 'none':
      return undefined
    case 'incomplete':
      draft.warnings.push(faults.dateIncomplete(cell.column, cell.text))
      return undefined
    case 'impossible':
      draft.faults.push(faults.dateImpossible(cell.column, cell.text))
      return undefined
    case 'order_unknown':
      draft.faults.push(faults.dateOrderUnknown(cell.column, cell.text))
      return undefined
    case 'unreadable':
      draft.faults.push(faults.dateUnreadable(cell.column, cell.text))
      return undefined
  }
}

/** Kana and Chinese characters make a Japanese title; `by_script` takes the cell's word for nothing else. */
export function setTitle(draft: Draft, language: 'ja' | 'en' | 'by_script', cell: Cell): void {
  const text = tidyTitle(cell.text)
  if (text === '' || broken(draft, cell)) return
  if (text.length > titleCharactersMax) {
    draft.faults.push(faults.tooLong(cell.column, titleCharactersMax))
    return
  }
  const known = language === 'by_script' ? (japaneseScript.test(text) ? 'ja' : 'en') : language
  draft.title[known] ??= text
}

const japaneseScript = /[\u3040-\u30ff\u3400-\u9fff]/

// No marks, no white space but single spaces.
const plainTitle = /^(?:[\u0021-\u007e\u3041-\u9fff]| (?! ))*$/

export function tidyTitle(text: string): string {
  if (plainTitle.test(text)) return text
  return (
    text
      .replace(/[▲▼]/g, '')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: cells of spreadsheets carry them; a title is one line.
      .replace(/[\s\x00-\x1f\x7f-\x9f]+/g, (spaces) => (spaces === '\u3000' ? spaces : ' '))
      .trim()
  )
}

/** Several columns of owners add up. */
export function addOwners(draft: Draft, cell: Cell, owners: PairedOwners): void {
  if (broken(draft, cell)) return
  if (
    [...owners.holders.flatMap(({ names }) => names), ...owners.unpairedHolders].some(
      (name) => name.length > holderCharactersMax,
    )
  ) {
    draft.faults.push(faults.tooLong(cell.column, holderCharactersMax))
    return
  }
  draft.holders.push(...owners.holders)
  draft.unpairedHolders.push(...owners.unpairedHolders)
  if (draft.holders.length + draft.unpairedHolders.length > holdersPerPatentMax) {
    draft.faults.push(faults.tooMany(cell.column, holdersPerPatentMax))
  }
}

/** Names that the source itself has broken are left out with a warning: a right does not hang on them. */
export function addInventors(draft: Draft, cell: Cell, inventors: readonly ReadInventor[]): void {
  const whole = inventors.filter(({ name }) => !name.includes(replacement))
  if (whole.length < inventors.length) {
    draft.warnings.push(faults.brokenNames(cell.column, inventors.length - whole.length))
  }
  if (whole.some(({ name, romanised }) => tooLongName(name) || tooLongName(romanised ?? ''))) {
    draft.faults.push(faults.tooLong(cell.column, nameCharactersMax))
    return
  }
  draft.inventors.push(...whole.map((inventor) => ({ ...inventor, name: tidyName(inventor.name) })))
  if (draft.inventors.length > inventorsPerPatentMax)
    draft.faults.push(faults.tooMany(cell.column, inventorsPerPatentMax))
}

function tooLongName(name: string): boolean {
  return name.length > nameCharactersMax
}

export function addSymbols(draft: Draft, scheme: Scheme, cell: Cell): void {
  if (cell.text === '') return
  const symbols = splitSymbols(cell.text, scheme)
  if (symbols.length === 0) draft.warnings.push(faults.symbolsUnreadable(cell.column))
  const known = draft.classes[scheme]
  const added = known.length === 0 ? symbols : symbols.filter((symbol) => !known.includes(symbol))
  draft.classes[scheme] = [...known, ...added].slice(0, symbolsPerSchemeMax)
}

/** The office's own mark for the right, or the id of its family: one short line. */
export function setMark(draft: Draft, member: 'reference' | 'family', cell: Cell): void {
  const text = tidyTitle(cell.text)
  if (text === '' || broken(draft, cell)) return
  if (text.length > referenceCharactersMax) draft.warnings.push(faults.tooLong(cell.column, referenceCharactersMax))
  else draft[member] ??= text
}

const replacement = '\ufffd'

function broken(draft: Draft, cell: Cell): boolean {
  if (!cell.text.includes(replacement)) return false
  draft.faults.push(faults.brokenCharacters(cell.column))
  return true
}

// With one of these nobody needs to be told that there is no number either.
const explainMissing = new Set(['broken_characters', 'not_a_patent', 'json_unreadable', 'member_unreadable'])

export function finish(draft: Draft, line: number, cells: readonly string[]): ReadRow {
  const problems = draft.faults
  if (draft.numbers.length === 0) {
    const unreadable = draft.unreadable.map(({ column, text }) => faults.numberUnreadable(column, text))
    const known = problems.some(({ code }) => explainMissing.has(code))
    problems.push(...(unreadable.length > 0 || known ? unreadable : [faults.numberMissing(draft.numberColumn)]))
  } else {
    draft.warnings.push(...draft.unreadable.map(({ column, text }) => faults.numberLeftOut(column, text)))
  }
  if (draft.numbers.length > numbersPerPatentMax)
    problems.push(faults.numbersTooMany(draft.numberColumn, numbersPerPatentMax))
  const read = { line, cells, faults: problems, warnings: draft.warnings }
  return problems.length > 0 ? read : { ...read, patent: patentOf(draft) }
}

function patentOf(draft: Draft): ReadPatent {
  const { numbers, title, holders, unpairedHolders, inventors, classes, dates, status, family, reference } = draft
  return {
    numbers,
    title,
    holders,
    inventors,
    classes,
    ...dates,
    ...(unpairedHolders.length === 0 ? {} : { unpairedHolders }),
    ...(status === undefined ? {} : { status }),
    ...(family === undefined ? {} : { family }),
    ...(reference === undefined ? {} : { reference }),
  }
}
