/** Order of day and month where the year stands last. */
export type DateOrder = 'mdy' | 'dmy'

export type ReadDate =
  | { readonly kind: 'date'; readonly on: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'incomplete' | 'unreadable' | 'impossible' | 'order_unknown' }

/** Day numbers of spreadsheets: 1 is 1900-01-01 with the 29 February that never was, or 0 is 1904-01-01. */
export type DaySystem = 1900 | 1904

/**
 * A date as offices write it: `2023/09/20`, `20230920`, `2023年9月20日`, `H20.5.12`, `令和元年5月1日`, `20 Sep 2023`, a
 * spreadsheet's day number; full width too; a time of day after it is dropped. Day and month before the year need `order`
 * unless one of them is over 12. Linear; over 40 characters it is no date.
 */
export function readDate(text: string, order?: DateOrder, days: DaySystem = 1900): ReadDate {
  if (text.length === 10 && usual.test(text)) {
    return dayOfNumbers(Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8)))
  }
  if (text.length > dateCharactersMax) return unreadable
  const plain = withoutTime(
    text
      .normalize('NFKC')
      .replace(/[\u2010-\u2015\u2212\u30fc]/g, '-')
      .trim(),
  )
  if (plain === '' || placeholders.has(plain.toLowerCase())) return { kind: 'none' }
  const yearFirst = westernYearFirst.exec(plain)
  if (yearFirst !== null) return dayOf(yearFirst[1], yearFirst[2], yearFirst[3])
  const compact = /^(\d{4})(\d{2})(\d{2})$/.exec(plain)
  if (compact !== null) return dayOf(compact[1], compact[2], compact[3])
  const era = eraDate.exec(plain)
  if (era !== null) return dayOfEra(era[1] ?? '', era[2] ?? '', era[3], era[4])
  const yearLast = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(plain)
  if (yearLast !== null) return dayOfYearLast(Number(yearLast[1]), Number(yearLast[2]), yearLast[3], order)
  const named = dayMonthName.exec(plain)
  if (named !== null) return dayOfMonthName(named[2], named[1], named[3])
  const american = monthNameDay.exec(plain)
  if (american !== null) return dayOfMonthName(american[1], american[2], american[3])
  if (/^\d{5}(?:\.\d{1,12})?$/.test(plain)) return ofDayNumber(Number(plain), days)
  if (/^\d{4}(?:[-/.]\d{1,2}|年(?:\d{1,2}月)?)?$/.test(plain)) return { kind: 'incomplete' }
  return unreadable
}

/** The date of a spreadsheet's day number; the time of day is dropped. */
export function ofDayNumber(number: number, days: DaySystem): ReadDate {
  const whole = Math.floor(number)
  if (!Number.isFinite(number) || whole < 1 || whole > lastDayNumber) return { kind: 'impossible' }
  // Day 60 of the 1900 system is a 29 February that did not exist; the days before it are one later than counted.
  const epoch = days === 1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, whole < 60 ? 31 : 30)
  return { kind: 'date', on: new Date(epoch + whole * 86_400_000).toISOString().slice(0, 10) }
}

const dateCharactersMax = 40
/** 9999-12-31 in the 1900 system. */
const lastDayNumber = 2_958_465
const unreadable: ReadDate = { kind: 'unreadable' }
const placeholders = new Set([
  '-',
  '--',
  'なし',
  '無し',
  '無',
  '未',
  '未定',
  '不明',
  'n/a',
  'na',
  'none',
  'null',
  'tbd',
  '0',
])
// Nearly every date of a database's export; the others take the long way.
const usual = /^\d{4}[-/]\d{2}[-/]\d{2}$/

const westernYearFirst = /^(\d{4}) ?(?:[-/.]|年) ?(\d{1,2}) ?(?:[-/.]|月) ?(\d{1,2}) ?日?$/
const eraDate =
  /^(明治|大正|昭和|平成|令和|明|大|昭|平|令|[MTSHR])\.? ?(\d{1,2}|元) ?(?:[-/.]|年) ?(\d{1,2}) ?(?:[-/.]|月) ?(\d{1,2}) ?日?$/i
const dayMonthName = /^(\d{1,2})[- .]{1,2}([a-z]{3,9})[-., ]{1,2}(\d{4})$/i
const monthNameDay = /^([a-z]{3,9})\.? (\d{1,2}),? (\d{4})$/i

/** `2023-09-20T00:00:00.000Z`, `2023/9/20 0:00`, `2023年9月20日(水)`. */
function withoutTime(text: string): string {
  return text
    .replace(/[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?(?: ?(?:Z|UTC|[AP]M|[+-]\d{2}:?\d{2}))?$/i, '')
    .replace(/ ?\([日月火水木金土]\)$/, '')
    .trim()
}

function dayOf(year: string | undefined, month: string | undefined, day: string | undefined): ReadDate {
  return dayOfNumbers(Number(year), Number(month), Number(day))
}

function dayOfNumbers(year: number, month: number, day: number): ReadDate {
  if (year === 0 && month === 0 && day === 0) return { kind: 'none' }
  if (year < firstYear || year > lastYear) return { kind: 'impossible' }
  if (month < 1 || month > 12 || day < 1 || day > daysOf(year, month)) return { kind: 'impossible' }
  return { kind: 'date', on: `${year}-${month < 10 ? '0' : ''}${month}-${day < 10 ? '0' : ''}${day}` }
}

function daysOf(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

// Patents of every office that is enrolled from begin after the first; expiry dates stay well before the last.
const firstYear = 1790
const lastYear = 2200

const eras: Readonly<Record<string, { before: number; from: string }>> = {
  明: { before: 1867, from: '1868-01-25' },
  大: { before: 1911, from: '1912-07-30' },
  昭: { before: 1925, from: '1926-12-25' },
  平: { before: 1988, from: '1989-01-08' },
  令: { before: 2018, from: '2019-05-01' },
}
const eraLetters: Readonly<Record<string, string>> = { M: '明', T: '大', S: '昭', H: '平', R: '令' }

/** An era that went on in printing after it ended (平成40年) is counted on; a day before it began is none. */
function dayOfEra(written: string, year: string, month: string | undefined, day: string | undefined): ReadDate {
  const first = written.charAt(0).toUpperCase()
  const era = eras[eraLetters[first] ?? first]
  const count = year === '元' ? 1 : Number(year)
  if (era === undefined || count === 0) return { kind: 'impossible' }
  const found = dayOfNumbers(era.before + count, Number(month), Number(day))
  return found.kind === 'date' && found.on < era.from ? { kind: 'impossible' } : found
}

function dayOfYearLast(
  first: number,
  second: number,
  year: string | undefined,
  order: DateOrder | undefined,
): ReadDate {
  const known = order ?? (first > 12 ? 'dmy' : second > 12 ? 'mdy' : first === second ? 'mdy' : undefined)
  if (known === undefined) return { kind: 'order_unknown' }
  return known === 'mdy' ? dayOfNumbers(Number(year), first, second) : dayOfNumbers(Number(year), second, first)
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

function dayOfMonthName(name: string | undefined, day: string | undefined, year: string | undefined): ReadDate {
  const month = months.indexOf((name ?? '').slice(0, 3).toLowerCase()) + 1
  return month === 0 ? unreadable : dayOfNumbers(Number(year), month, Number(day))
}
