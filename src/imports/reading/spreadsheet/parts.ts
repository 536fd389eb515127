import type { DaySystem } from '../dates.ts'
import { type Attributes, type Elements, xmlReader } from './xml.ts'
import { type Budget, measure, unpacked, type ZipEntry } from './zip.ts'

/** A workbook's packed bytes, its entries, and how much may still be unpacked of all of them together. */
export type Book = {
  readonly zip: Uint8Array
  readonly entries: ReadonlyMap<string, ZipEntry>
  readonly budget: Budget
}

export type SheetPlace = { readonly name: string; readonly path: string; readonly hidden: boolean }

/** Names and places of the sheets in their order, and how days are counted (ECMA-376, 18.2). */
export function readWorkbook(book: Book): { sheets: SheetPlace[]; days: DaySystem } {
  const targets = readTargets(book)
  const sheets: SheetPlace[] = []
  let days: DaySystem = 1900
  readPart(book, workbookPath, {
    open: (name, attributes) => {
      if (name === 'workbookPr' && /^(?:1|true)$/.test(attributes.date1904 ?? '')) days = 1904
      if (name !== 'sheet') return
      const path = targets.get(relationOf(attributes))
      if (path !== undefined) {
        const hidden = (attributes.state ?? 'visible') !== 'visible'
        sheets.push({ name: attributes.name ?? '', path, hidden })
      }
    },
  })
  return { sheets, days }
}

export const workbookPath = 'xl/workbook.xml'

function relationOf(attributes: Attributes): string {
  const name = Object.keys(attributes).find((key) => key.endsWith(':id')) ?? 'id'
  return attributes[name] ?? ''
}

function readTargets(book: Book): ReadonlyMap<string, string> {
  const targets = new Map<string, string>()
  readPart(book, 'xl/_rels/workbook.xml.rels', {
    open: (name, attributes) => {
      const target = attributes.Target ?? ''
      if (name !== 'Relationship' || attributes.TargetMode === 'External') return
      targets.set(attributes.Id ?? '', target.startsWith('/') ? target.slice(1) : `xl/${target.replace(/^\.\//, '')}`)
    },
  })
  return targets
}

/** For each cell style whether it shows a date (ECMA-376, 18.8.30 numFmt). */
export function readDateStyles(book: Book): boolean[] {
  const custom = new Map<string, boolean>()
  const styles: boolean[] = []
  let within = false
  readPart(book, 'xl/styles.xml', {
    open: (name, attributes) => {
      if (name === 'numFmt') custom.set(attributes.numFmtId ?? '', showsDate(attributes.formatCode ?? ''))
      else if (name === 'cellXfs') within = true
      else if (name === 'xf' && within) {
        const id = attributes.numFmtId ?? '0'
        styles.push(custom.get(id) ?? isBuiltInDate(Number(id)))
      }
    },
    close: (name) => {
      if (name === 'cellXfs') within = false
    },
  })
  return styles
}

/** 14–17 and 22 everywhere, 27–36 and 50–58 in East Asian settings; the others in between show a time of day. */
function isBuiltInDate(id: number): boolean {
  return (id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 31) || id === 36 || (id >= 50 && id <= 58)
}

/** `yyyy/m/d`, `[$-411]ggge"年"m"月"d"日"`; quoted text, colours and scientific notation do not count. */
function showsDate(code: string): boolean {
  const [first = ''] = code.slice(0, 200).split(';')
  const bare = first.replace(/"[^"]{0,200}"|\[[^\]]{0,60}\]|\\./g, '').replace(/general|standard|e[+-]/gi, '')
  return /[yd]|ge/i.test(bare)
}

/** Unpacked size of the shared strings: what of the workbook stays in memory. */
const sharedStringsBytesMax = 64 * 1024 * 1024

/** The texts that cells refer to by number, formatting and readings (rPh) left out. */
export function readSharedStrings(book: Book): string[] {
  const strings: string[] = []
  let parts: string[] = []
  let inText = false
  let readings = 0
  const elements: Elements = {
    open: (name) => {
      if (name === 'si') parts = []
      else if (name === 't') inText = readings === 0
      else if (name === 'rPh') readings += 1
    },
    text: (text) => {
      if (inText) parts.push(text)
    },
    close: (name) => {
      if (name === 'si') strings.push(plainText(parts.join('')))
      else if (name === 't') inText = false
      else if (name === 'rPh') readings -= 1
    },
  }
  readPart(book, 'xl/sharedStrings.xml', elements, { left: sharedStringsBytesMax })
  return strings
}

/** Characters that XML cannot hold are written `_x000D_`. */
export function plainText(text: string): string {
  if (!text.includes('_x')) return text
  return text.replace(/_x([\dA-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
}

/** Reads a part if there is one. */
function readPart(book: Book, path: string, elements: Elements, own?: Budget): void {
  const entry = book.entries.get(path.toLowerCase())
  if (entry === undefined) return
  const budgets = own === undefined ? [book.budget] : [book.budget, own]
  measure(book.zip, entry, budgets)
  const reader = xmlReader(elements)
  for (const bytes of unpacked(book.zip, entry, budgets)) reader.write(bytes)
  reader.end()
}
