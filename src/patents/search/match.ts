import { formsOf, type Sought, soughtIn, type Word, wordsOf } from './sought.ts'
import { pairsOf } from './tokens.ts'

/** A shorter word is looked for as it is; the beginnings of longer ones are found too. */
const prefixCharactersMin = 3
/** The columns of the index that words are looked for in. */
export const anywhere = '{title names numbers classes related}'

/**
 * An FTS5 expression that finds documents with all words of the text, undefined when it has none. Made of letters and digits
 * alone: what a user types is never part of the expression.
 */
export function matchWords(text: string): string | undefined {
  const words = wordsOf(text)
  if (words.length === 0) return undefined
  return `${anywhere} : (${words.map(phrase).join(' AND ')})`
}

/**
 * The same for a question of a reader: a word of one language also finds titles that say it in the other (`glossary.ts`).
 * @param whole words that are not taken as beginnings of longer ones (`spread.ts`)
 */
export function matchQuestion(text: string, whole: readonly string[] = []): string | undefined {
  const sought = soughtIn(text)
  if (sought.length === 0) return undefined
  return `${anywhere} : (${sought.map((one) => anyOf(one, whole)).join(' AND ')})`
}

/** Words of a question that are looked for as the beginnings of longer ones. */
export function beginningsIn(text: string): string[] {
  return wordsOf(text)
    .filter((word) => !word.japanese && word.text.length >= prefixCharactersMin)
    .map((word) => word.text)
}

/** The reader's own words first, then those that the glossary gives for them, which are known in full. */
function anyOf([own = [], ...given]: Sought, whole: readonly string[]): string {
  const each = [
    own.map((word) => (whole.includes(word.text) ? forms(word) : phrase(word))).join(' AND '),
    ...given.map((words) => words.map((word) => (word.japanese ? phrase(word) : forms(word))).join(' AND ')),
  ]
  return each.length === 1 ? each.join('') : `(${each.map((one) => `(${one})`).join(' OR ')})`
}

function forms({ text }: Word): string {
  return `(${formsOf(text)
    .map((form) => `"${form}"`)
    .join(' OR ')})`
}

function phrase({ text, japanese }: Word): string {
  if (!japanese) return `"${text}"${text.length >= prefixCharactersMin ? '*' : ''}`
  const pairs = pairsOf(text)
  return pairs.length === 1 ? `"${text}"*` : `"${pairs.slice(0, -1).join(' ')}"`
}

/** What a list is narrowed by and the index knows, as tokens of its column `filters`. */
export type IndexedFilter = {
  field?: number | undefined
  ipc?: string | undefined
  holder?: string | undefined
  office?: string | undefined
}

export function matchFilter({ field, ipc, holder, office }: IndexedFilter): string | undefined {
  const tokens = [
    ...(field === undefined ? [] : [`"${fieldToken(field)}"`]),
    ...(ipc === undefined ? [] : [symbolMatch(ipc)]),
    ...(holder === undefined ? [] : [`"${holderToken(holder)}"`]),
    ...(office === undefined ? [] : [`"${officeToken(office)}"`]),
  ]
  return tokens.length === 0 ? undefined : `filters : (${tokens.join(' AND ')})`
}

export function fieldToken(field: number): string {
  return `f${field}`
}

export function holderToken(id: string): string {
  return `h${plain(id)}`
}

export function officeToken(office: string): string {
  return `o${plain(office)}`
}

/** Section, class, subclass and main group of a symbol, and the symbol: `xh`, `xh01`, `xh01m`, `xh01m10`, `xh01m10s0562`. */
export function symbolTokens(symbol: string): string[] {
  const [group = '', rest] = symbol.split('/')
  const levels = [1, 3, 4].filter((length) => length <= group.length).map((length) => group.slice(0, length))
  const whole = rest === undefined ? [] : [`${group}s${plain(rest)}`]
  return [...new Set([...levels, group, ...whole])].map((one) => `x${plain(one)}`)
}

/** A section, class, subclass or main group is meant as such, what goes into a subgroup as its beginning. */
function symbolMatch(written: string): string {
  const [group = '', rest] = written.normalize('NFKC').split('/')
  const main = plain(group)
  if (rest !== undefined) return `"x${main}s${plain(rest)}"*`
  return /^[a-z](?:\d\d(?:[a-z](?:\d{1,4})?)?)?$/.test(main) ? `"x${main}"` : `"x${main}"*`
}

/** Letters and digits of ASCII: nothing that an expression or the tokenizer could read otherwise. */
function plain(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
}

/**
 * The number of a document: the day of filing (days since year 0) times 2^31 and a number given once. So the order of
 * numbers is that of filing, and days are ranges of them. At most 2^53: years have four digits.
 */
export function documentId(filedOn: string, sequence: number): number {
  return (
    (filedOn === '' ? 0 : Date.parse(`${filedOn}T00:00:00Z`) / 86_400_000 + daysBefore1970) * documentsPerDay + sequence
  )
}

const daysBefore1970 = 719_528
const documentsPerDay = 2 ** 31
