import { isMadeOtherBySpreadsheets } from '../../csv.ts'

/** The columns of a file, found by their names in any order. */
export type Table = { readonly header: readonly string[]; readonly at: ReadonlyMap<string, number> }

export type Cell = { readonly text: string; readonly column: string }

/** The first of two columns of one name counts. */
export function tableOf(header: readonly string[]): Table {
  const at = new Map<string, number>()
  for (const [index, name] of header.entries()) {
    const key = headerKey(name)
    if (key !== '' && !at.has(key)) at.set(key, index)
  }
  return { header, at }
}

/** Column names without what people change: width, case, spaces, marks at the ends. */
export function headerKey(name: string): string {
  return name
    .slice(0, headerCharactersMax)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\ufeff]+/g, '')
    .replace(/^["'*※]+|["'*※:]+$/g, '')
}

const headerCharactersMax = 200

/** The cell under the first of these names that the file has; empty when it has none. */
export function cellOf(table: Table, cells: readonly string[], ...keys: readonly string[]): Cell {
  for (const key of keys) {
    const index = table.at.get(key)
    if (index !== undefined) return { text: cellText(cells[index]), column: table.header[index] ?? '' }
  }
  return { text: '', column: '' }
}

/** Without the apostrophe that our own downloads put before what a spreadsheet would take for a formula, or change. */
export function cellText(cell: string | undefined): string {
  const text = (cell ?? '').trim()
  if (!text.startsWith("'")) return text
  const rest = text.slice(1)
  return /^[=+\-@＝＋－＠]/.test(rest) || isMadeOtherBySpreadsheets(rest) ? rest : text
}

export function has(table: Table, ...keys: readonly string[]): boolean {
  return keys.every((key) => table.at.has(key))
}
