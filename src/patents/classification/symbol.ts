export type Scheme = 'ipc' | 'cpc' | 'fi'

/** A cell of a list export holds some hundred symbols at most. */
const symbolCellCharactersMax = 20_000

/**
 * Canonical spelling of one symbol, without spaces and padding: `H01M10/0562`; an FI keeps its subdivision and file
 * discrimination symbol, `H02J3/00,170@A`. Accepts the fixed forms of WIPO ST.8 (`A61K  31/4709`, `A61K0031470900`),
 * full width and a version after the symbol. Undefined when it is not a complete symbol of the scheme.
 */
export function parseSymbol(input: string, scheme: Scheme): string | undefined {
  if (input.length > symbolCharactersMax) return undefined
  const text = input.normalize('NFKC').trim().toUpperCase()
  return scheme === 'fi' ? parseFi(text) : parseInternational(text, scheme)
}

/** All symbols of a cell, in order and each once; what is not a symbol is left out. Commas inside an FI do not separate. */
export function splitSymbols(cell: string, scheme: Scheme): string[] {
  const text = cell.slice(0, symbolCellCharactersMax).normalize('NFKC')
  const found = new Set<string>()
  for (const part of text.split(beforeSymbol)) {
    const symbol = parseSymbol(part.trim().replace(trailing, ''), scheme)
    if (symbol !== undefined) found.add(symbol)
  }
  return [...found]
}

/** `H` */
export function sectionOf(symbol: string): string {
  return symbol.slice(0, 1)
}

/** `H01M` */
export function subclassOf(symbol: string): string {
  return symbol.slice(0, 4)
}

/** `H01M10`: subclass and main group, without the group's `/00`. */
export function mainGroupOf(symbol: string): string {
  const end = symbol.search(/[/:]/)
  return end === -1 ? symbol : symbol.slice(0, end)
}

// The longest is an FI with padding, subdivision and file discrimination symbol.
const symbolCharactersMax = 60

// A new symbol starts at section, class and subclass: B60R16/02,640@K,H02J3/00,170@A.
const beforeSymbol = /[;、|\n\r\t]|[\s,](?=[A-HY]\d{2}[A-Z])/i
const trailing = /,$/

const international =
  /^([A-HY]\d{2}[A-Z])[ -]{0,6}0{0,3}([1-9]\d{0,3})[/:](\d{2,6})(?: ?\(\d{4}\.\d{2}\)| ?\([A-Z, ]{0,20}\))?$/
const fixed = /^([A-HY]\d{2}[A-Z])(\d{4})(\d{6})$/
const japanese =
  /^([A-H]\d{2}[A-Z]) {0,6}0{0,3}([1-9]\d{0,3})([/:])(\d{2,6})(?:[, ] {0,5}(\d{3}))?(?: {0,5}@?([A-Z]))?$/

function parseInternational(text: string, scheme: 'ipc' | 'cpc'): string | undefined {
  const match = international.exec(text) ?? fixed.exec(text)
  if (match === null) return undefined
  const [, subclass = '', group = '', subgroup = ''] = match
  if (scheme === 'ipc' && subclass.startsWith('Y')) return undefined
  const main = group.replace(/^0+/, '')
  return main === '' ? undefined : `${subclass}${main}/${shortened(subgroup)}`
}

/** Subgroups have two digits or more; zeros after the second are padding of the fixed form. */
function shortened(subgroup: string): string {
  return `${subgroup.slice(0, 2)}${subgroup.slice(2).replace(/0+$/, '')}`
}

function parseFi(text: string): string | undefined {
  const match = japanese.exec(text)
  if (match === null) return undefined
  const [, subclass = '', group = '', mark = '', subgroup = '', subdivision, discrimination] = match
  const first = `${subclass}${group}${mark}${subgroup}`
  const second = subdivision === undefined ? '' : `,${subdivision}`
  return discrimination === undefined ? `${first}${second}` : `${first}${second}@${discrimination}`
}
