import type { LegalStatus } from '../../policies/vocabulary.ts'
import { fieldsOf } from '../patents/classification/fields.ts'
import { parseSymbol, type Scheme } from '../patents/classification/symbol.ts'
import type { PatentNumber } from '../patents/numbers/number.ts'
import {
  inventorsPerPatentMax,
  numbersPerPatentMax,
  symbolsPerSchemeMax,
  titleCharactersMax,
} from '../patents/patent.ts'
import { canonicalSpelling, officeOf } from '../patents/record.ts'
import type { Bilingual } from '../shapes.ts'
import type { Reason } from './import.ts'
import { nothingOwned, type Owner, ownersOf } from './owners.ts'
import { parseRead } from './reading/numbers.ts'
import type { ReadPatent, ReadRow } from './reading/row.ts'
import { reasons } from './reasons.ts'

/** Said by a reader of a row without an owner in a file that names them. */
const ownerless = 'holders_missing'

/** A number as the tables keep it. */
export type KeptNumber = { key: string; docdb: string }

/** `application`, `grant` …: the number space that the key names. */
export function typeOf({ key }: KeptNumber): string {
  return key.split(':')[1] ?? ''
}

/** A row as the registry understands it by itself, before it looks at what is enrolled. Plain JSON. */
export type Prepared = {
  office: string
  /** Canonical spelling of the strongest number. */
  number: string
  numbers: KeptNumber[]
  /** Numbers that can mean several documents, and for each the ones. */
  ambiguous: { written: string; candidates: (KeptNumber & { office: string; display: Bilingual; number: string })[] }[]
  title: { ja?: string; en?: string }
  /** Keys of the owners; undefined where the file names none. */
  owners?: string[]
  /** The file names the owners of its other rows: whose this one is, is not said. */
  ownerless?: true
  inventors: { name: string; romanised?: string }[]
  classes: { ipc: string[]; cpc: string[]; fi: string[] }
  fields: number[]
  priorityOn?: string
  filedOn?: string
  publishedOn?: string
  grantedOn?: string
  expiresOn?: string
  status?: { value: LegalStatus; on?: string }
  family?: string
}

export type PreparedRow = {
  line: number
  cells: readonly string[]
  reasons: Reason[]
  /** Undefined: refused, for the reasons. */
  patent?: Prepared
  owners: readonly Owner[]
}

/** What a row of a file says, in the registry's own terms. Pure; what cannot stand is a reason with its column. */
export function prepareRow(row: ReadRow): PreparedRow {
  const { line, cells } = row
  const faults = row.faults.map(plain)
  const said: Reason[] = row.warnings.filter(({ code }) => code !== ownerless).map(plain)
  if (!row.patent || faults.length > 0) return { line, cells, reasons: [...faults, ...said], owners: nothingOwned }
  const numbers = readNumbers(row.patent, faults)
  const owners = ownersOf(row.patent)
  if (faults.length > 0 || !numbers) return { line, cells, reasons: [...faults, ...said], owners: nothingOwned }
  const patent = row.patent
  const classes = {
    ipc: symbols(patent, 'ipc', said),
    cpc: symbols(patent, 'cpc', said),
    fi: symbols(patent, 'fi', said),
  }
  const { priorityOn, filedOn, publishedOn, grantedOn, expiresOn, status, family } = patent
  return {
    line,
    cells,
    reasons: said,
    owners,
    patent: {
      ...numbers,
      title: titleOf(patent),
      ...(owners.length === 0 ? {} : { owners: owners.map(({ key }) => key) }),
      ...(row.warnings.some(({ code }) => code === ownerless) ? { ownerless: true as const } : {}),
      inventors: patent.inventors
        .slice(0, inventorsPerPatentMax)
        .map(({ name, romanised }) => ({ name, ...(romanised === undefined ? {} : { romanised }) })),
      classes,
      fields: fieldsOf([...classes.ipc, ...classes.cpc, ...classes.fi]),
      ...(priorityOn === undefined ? {} : { priorityOn }),
      ...(filedOn === undefined ? {} : { filedOn }),
      ...(publishedOn === undefined ? {} : { publishedOn }),
      ...(grantedOn === undefined ? {} : { grantedOn }),
      ...(expiresOn === undefined ? {} : { expiresOn }),
      ...(status === undefined
        ? {}
        : { status: { value: status.value, ...(status.on === undefined ? {} : { on: status.on }) } }),
      ...(family === undefined ? {} : { family }),
    },
  }
}

/** Numbers with those that a person chose among candidates; undefined when an office differs. */
export function withChosen(patent: Prepared, chosen: Readonly<Record<string, string>>): Prepared | undefined {
  const numbers = new Map(patent.numbers.map((number) => [number.key, number]))
  const ambiguous: Prepared['ambiguous'] = []
  const offices = new Set(patent.numbers.length > 0 ? [patent.office] : [])
  let { number } = patent
  for (const one of patent.ambiguous) {
    const picked = one.candidates.find(({ key }) => key === chosen[one.written])
    if (picked) {
      numbers.set(picked.key, { key: picked.key, docdb: picked.docdb })
      offices.add(picked.office)
      if (patent.numbers.length === 0) number = picked.number
    } else ambiguous.push(one)
  }
  if (offices.size > 1) return undefined
  return { ...patent, office: [...offices][0] ?? patent.office, number, numbers: [...numbers.values()], ambiguous }
}

function readNumbers(
  { numbers }: ReadPatent,
  faults: Reason[],
): Pick<Prepared, 'office' | 'number' | 'numbers' | 'ambiguous'> | undefined {
  const found = new Map<string, PatentNumber>()
  const ambiguous: Prepared['ambiguous'] = []
  for (const { written, column, office, type } of numbers.slice(0, numbersPerPatentMax)) {
    const { candidates } = parseRead(written, { office, type })
    const [only] = candidates
    if (only === undefined) faults.push(reasons.unreadableNumber(column, written))
    else if (candidates.length === 1) found.set(only.key, only)
    else
      ambiguous.push({
        written,
        candidates: candidates.map((one) => ({
          key: one.key,
          docdb: one.docdb,
          office: officeOf(one),
          display: one.display,
          number: canonicalSpelling([one]) ?? one.docdb,
        })),
      })
  }
  const all = [...found.values()]
  // Another number of the row may tell which of the candidates is meant.
  const open = ambiguous.filter(({ candidates }) => !candidates.some(({ key }) => found.has(key)))
  const [office = open[0]?.candidates[0]?.office] = all.map(officeOf)
  const stranger = all.find((number) => officeOf(number) !== office)
  if (stranger) faults.push(reasons.otherOffice(stranger.docdb, office ?? ''))
  if (office === undefined) {
    if (faults.length === 0) faults.push(reasons.noNumber())
    return undefined
  }
  return {
    office,
    number: canonicalSpelling(all) ?? open[0]?.candidates[0]?.number ?? '',
    numbers: all.map(({ key, docdb }) => ({ key, docdb })),
    ambiguous: open,
  }
}

function symbols({ classes }: ReadPatent, scheme: Scheme, said: Reason[]): string[] {
  const found = new Set<string>()
  for (const written of classes[scheme].slice(0, symbolsPerSchemeMax)) {
    const symbol = parseSymbol(written, scheme)
    if (symbol === undefined) said.push(reasons.unreadableSymbol(scheme, written))
    else found.add(symbol)
  }
  return [...found]
}

function titleOf({ title }: ReadPatent): Prepared['title'] {
  const ja = title.ja?.slice(0, titleCharactersMax)
  const en = title.en?.slice(0, titleCharactersMax)
  return { ...(ja ? { ja } : {}), ...(en ? { en } : {}) }
}

function plain({ code, column, text }: ReadRow['faults'][number]): Reason {
  return { code, column, text: { ja: text.ja, en: text.en } }
}
