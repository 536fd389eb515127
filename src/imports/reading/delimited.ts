/** A cell of text, an abstract with its claims included, stays far below; one line of 1 GB ends here. */
export const recordCharactersMax = 256 * 1024
/** The widest known export has some sixty columns. */
export const columnsMax = 500

export type Separator = ',' | '\t' | ';'

/** Where the tokenizer stands between two pieces of text. Plain JSON, at most one record. */
export type DelimitedState = {
  readonly line: number
  readonly recordLine: number
  readonly cells: readonly string[]
  readonly cell: string
  readonly mode: Mode
  /** Line on which the quote opened that is not closed yet. */
  readonly quoteLine: number
  /** The last character was CR: an LF after it is the same line end. */
  readonly afterReturn: boolean
  readonly characters: number
}

/** Before anything of a cell, in a plain cell, within quotes, and right after a quote that ends or doubles. */
type Mode = 'start' | 'plain' | 'quoted' | 'quote'

export const delimitedStart: DelimitedState = {
  line: 1,
  recordLine: 1,
  cells: [],
  cell: '',
  mode: 'start',
  quoteLine: 0,
  afterReturn: false,
  characters: 0,
}

/** `too_long`: a record over `recordCharactersMax`; `open_quote`: the same, or the end of the file, within quotes. */
export type DelimitedStop = { readonly code: 'too_long' | 'open_quote'; readonly line: number }

/**
 * Records of separated values (RFC 4180 and what spreadsheets make of it): quotes may span lines, are doubled inside, and
 * count only at the beginning of a cell; after a closing quote the rest of the cell is taken as it stands. Records without
 * any text are left out, cells after `columnsMax + 1` dropped. Linear in the text.
 */
export function readDelimited(
  state: DelimitedState,
  text: string,
  separator: Separator,
  last: boolean,
  onRecord: (line: number, cells: string[]) => void,
): { state: DelimitedState; stop?: DelimitedStop } {
  const between = separator.charCodeAt(0)
  let { line, recordLine, cell, mode, quoteLine, afterReturn } = state
  let cells = [...state.cells]
  let from = 0
  let recordFrom = -state.characters
  let stopped = false
  for (let at = 0; at < text.length; at += 1) {
    let code = text.charCodeAt(at)
    if (mode === 'plain') {
      // Most characters of a file are passed over here.
      while (code !== between && code !== lineFeed && code !== carriageReturn && at + 1 < text.length) {
        at += 1
        code = text.charCodeAt(at)
      }
    } else if (mode === 'quoted') {
      while (code !== quote && code !== lineFeed && code !== carriageReturn && at + 1 < text.length) {
        afterReturn = false
        at += 1
        code = text.charCodeAt(at)
      }
    }
    if (at - recordFrom > recordCharactersMax && !(code === lineFeed && afterReturn)) {
      stopped = true
      break
    }
    if (mode === 'quoted') {
      if (code === quote) {
        cell += text.slice(from, at)
        from = at + 1
        mode = 'quote'
      } else if (code === carriageReturn || (code === lineFeed && !afterReturn)) line += 1
      afterReturn = code === carriageReturn
      continue
    }
    const ends = code === lineFeed || code === carriageReturn
    if (code === lineFeed && afterReturn) {
      from = at + 1
      recordFrom = at + 1
    } else if (code === between || ends) {
      if (cells.length <= columnsMax) cells.push(cell === '' ? text.slice(from, at) : cell + text.slice(from, at))
      cell = ''
      mode = 'start'
      from = at + 1
      if (ends) {
        if (cells.some(isFilled)) onRecord(recordLine, cells)
        cells = []
        line += 1
        recordLine = line
        recordFrom = at + 1
      }
    } else if (mode === 'quote') {
      // A doubled quote stands for one; anything else goes on as plain text.
      mode = code === quote ? 'quoted' : 'plain'
    } else if (mode === 'start') {
      if (code === quote) {
        cell = ''
        from = at + 1
        mode = 'quoted'
        quoteLine = line
      } else if (code !== space) mode = 'plain'
    }
    afterReturn = code === carriageReturn
  }
  const ended: DelimitedState = { ...delimitedStart, line, recordLine }
  if (stopped || text.length - recordFrom > recordCharactersMax + 1) {
    const quoted = mode === 'quoted'
    return { state: ended, stop: { code: quoted ? 'open_quote' : 'too_long', line: quoted ? quoteLine : recordLine } }
  }
  if (!last) {
    const rest = cell + text.slice(from)
    const characters = text.length - recordFrom
    return { state: { line, recordLine, cells, cell: rest, mode, quoteLine, afterReturn, characters } }
  }
  if (mode === 'quoted') return { state: ended, stop: { code: 'open_quote', line: quoteLine } }
  cells.push(cell + text.slice(from))
  if (cells.some(isFilled)) onRecord(recordLine, cells)
  return { state: ended }
}

function isFilled(cell: string): boolean {
  return cell !== '' && cell.trim() !== ''
}

const lineFeed = 0x0a
const carriageReturn = 0x0d
const quote = 0x22
const space = 0x20
