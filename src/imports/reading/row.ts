import type { LegalStatus, Text } from '../../../policies/vocabulary.ts'
import type { NumberHints } from '../../patents/numbers/number.ts'
import type { Mapping } from './mapping.ts'

/** What is wrong with a row, in the officer's words. `column` is the header as written; empty: the row as a whole. */
export type RowFault = { readonly code: string; readonly column: string; readonly text: Text }

/** A file that is not read at all, and what to do instead. */
export type Refusal = { readonly code: string; readonly text: Text }

/** A number as written. `office` and `type` are what the column says of it and never override what is written. */
export type ReadNumber = {
  readonly written: string
  readonly column: string
  readonly office?: string
  readonly type?: NonNullable<NumberHints['type']>
}

/**
 * Names of one owner: native, romanised, spellings. They may still turn out to be two organisations: ask then. In our own
 * CSV and NDJSON a ROR id or an id of the registry may stand for the name.
 */
export type ReadHolder = { readonly names: readonly string[] }

export type ReadInventor = { readonly name: string; readonly romanised?: string }

/** What a file says of one document or right, and nothing that it does not say. Dates are `YYYY-MM-DD`. */
export type ReadPatent = {
  readonly numbers: readonly ReadNumber[]
  readonly title: { readonly ja?: string; readonly en?: string }
  /** Empty when the file has no such column or the cell is empty. */
  readonly holders: readonly ReadHolder[]
  /** Names that form alone does not tell apart; with them, `holders` is not complete. */
  readonly unpairedHolders?: readonly string[]
  readonly inventors: readonly ReadInventor[]
  readonly classes: { readonly ipc: readonly string[]; readonly cpc: readonly string[]; readonly fi: readonly string[] }
  readonly priorityOn?: string
  readonly filedOn?: string
  readonly publishedOn?: string
  readonly grantedOn?: string
  readonly expiresOn?: string
  readonly status?: { readonly value: LegalStatus; readonly on?: string }
  readonly family?: string
  /** The office's own docket number (整理番号). */
  readonly reference?: string
}

export type ReadRow = {
  /** 1-based line of the file where the record begins; in a spreadsheet the number of the row. */
  readonly line: number
  /** As in the file, under `Layout.header`; for JSON the same facts under the columns of our own CSV. */
  readonly cells: readonly string[]
  /** With one of these the row is refused, and `patent` is undefined. */
  readonly faults: readonly RowFault[]
  readonly warnings: readonly RowFault[]
  readonly patent?: ReadPatent
}

export type Encoding = 'utf-8' | 'shift_jis' | 'utf-16le' | 'utf-16be'

export const formats = [
  'own_csv',
  'own_ndjson',
  'j_platpat',
  'google_patents',
  'lens',
  'espacenet',
  'patentscope',
  'researchmap',
  'nasa',
  'numbers',
  'mapped',
] as const
export type FormatId = (typeof formats)[number]

/**
 * How the records lie in the bytes: separated values; JSON objects one a line, one after the other over several lines, in an
 * array, or in a member of one object; or rows unpacked from a spreadsheet (`encodeSheetRows`).
 */
export type Shape = 'delimited' | 'json_lines' | 'json_sequence' | 'json_array' | 'json_member' | 'sheet'

/** All that is needed to read a file from its first byte on. Plain JSON. */
export type Layout = {
  readonly format: FormatId
  readonly shape: Shape
  readonly encoding: Encoding
  readonly separator?: string
  readonly header: readonly string[]
  /** Line of the header; 0 when there is none. Records begin after it. */
  readonly headerLine: number
  /** What a person confirmed, for the format `mapped`. */
  readonly mapping?: Mapping
}
