import { type DaySystem, ofDayNumber } from '../dates.ts'
import { columnsMax, recordCharactersMax } from '../delimited.ts'
import type { SheetRow } from '../sheet-rows.ts'
import { plainText } from './parts.ts'
import type { Attributes, Elements } from './xml.ts'

export class TooManyColumns extends Error {}

/** What a workbook says once for all its sheets. */
export type Shared = {
  readonly strings: readonly string[]
  readonly dateStyles: readonly boolean[]
  readonly days: DaySystem
}

/**
 * Rows of a sheet with any text, as its elements come by (ECMA-376, 18.3.1). Numbers stand as stored, those in a style of
 * dates as `YYYY-MM-DD`; errors are empty; of a formula only the kept value counts. Throws `TooManyColumns`.
 */
export function sheetReader(shared: Shared, onRow: (row: SheetRow) => void): Elements {
  let line = 0
  let cells: string[] = []
  let unfilled: number[] = []
  let column = -1
  let open: OpenCell | undefined
  return {
    open: (name, attributes) => {
      switch (name) {
        case 'row':
          line = rowNumber(attributes, line + 1)
          cells = []
          unfilled = []
          column = -1
          return
        case 'c':
          column = columnNumber(attributes.r) ?? column + 1
          open = openCell(attributes)
          return
        case 'f':
          if (open !== undefined) open.formula = true
          return
        case 'v':
        case 't':
          if (open === undefined || open.readings > 0) return
          open.filled = true
          open.taking = true
          return
        case 'rPh':
          if (open !== undefined) open.readings += 1
          return
        default:
          return
      }
    },
    text: (text) => {
      if (open?.taking === true && open.text.length <= recordCharactersMax) open.text += text
    },
    close: (name) => {
      if (name === 'v' || name === 't') {
        if (open !== undefined) open.taking = false
      } else if (name === 'rPh') {
        if (open !== undefined) open.readings -= 1
      } else if (name === 'c' && open !== undefined) {
        const text = shownText(open, shared)
        if (text !== '' && column >= columnsMax) throw new TooManyColumns()
        if (text !== '') {
          while (cells.length < column) cells.push('')
          cells[column] = text
        }
        if (open.formula && !open.filled && column < columnsMax) unfilled.push(column)
        open = undefined
      } else if (name === 'row' && cells.length > 0) {
        onRow({
          line,
          cells,
          ...(unfilled.length === 0 ? {} : { unfilled }),
          ...(shared.days === 1900 ? {} : { days: shared.days }),
        })
      }
    },
  }
}

type OpenCell = {
  readonly type: string
  readonly style: number
  text: string
  formula: boolean
  filled: boolean
  taking: boolean
  readings: number
}

function openCell(attributes: Attributes): OpenCell {
  const style = Number(attributes.s ?? '0')
  return { type: attributes.t ?? 'n', style, text: '', formula: false, filled: false, taking: false, readings: 0 }
}

function rowNumber(attributes: Attributes, next: number): number {
  const given = Number(attributes.r)
  return Number.isInteger(given) && given > 0 ? given : next
}

/** `B5` → 1 */
function columnNumber(reference: string | undefined): number | undefined {
  const letters = /^([A-Z]{1,3})\d/.exec(reference ?? '')?.[1]
  if (letters === undefined) return undefined
  let number = 0
  for (let at = 0; at < letters.length; at += 1) number = number * 26 + letters.charCodeAt(at) - 64
  return number - 1
}

function shownText(cell: OpenCell, { strings, dateStyles, days }: Shared): string {
  const { type, text } = cell
  switch (type) {
    case 's':
      return strings[Number(text)] ?? ''
    case 'inlineStr':
    case 'str':
      return plainText(text)
    case 'b':
      return text === '1' ? 'TRUE' : text === '0' ? 'FALSE' : ''
    case 'e':
      return ''
    case 'd':
      return text.slice(0, 10)
    default:
      return numberText(text.trim(), dateStyles[cell.style] === true, days)
  }
}

function numberText(text: string, isDate: boolean, days: DaySystem): string {
  if (text === '') return ''
  const number = Number(text)
  if (!Number.isFinite(number)) return text
  if (isDate) {
    const read = ofDayNumber(number, days)
    if (read.kind === 'date') return read.on
  }
  // Stored as 1.2345670000000001E6 or 1234567.0 what is shown as 1234567.
  return /[.eE]/.test(text) ? String(Number(number.toPrecision(15))) : text
}
