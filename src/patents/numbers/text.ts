import type { ParsedNumber } from './number.ts'
import { numberInputCharactersMax, parseNumber } from './parse.ts'

/**
 * The numbers in free text, in order: one a line, several in a line, or within sentences. `input` is the exact substring.
 * A line without a number gives one entry without candidates; blank lines give none. The caller caps the size.
 */
export function parseText(text: string): ParsedNumber[] {
  return text.split(/\r\n|[\n\r\u2028\u2029]/).flatMap((line) => {
    const trimmed = line.trim()
    return trimmed === '' ? [] : parseLine(trimmed)
  })
}

function parseLine(line: string): ParsedNumber[] {
  const whole = parseNumber(line)
  if (whole.candidates.length > 0) return [whole]
  const found = line.split(betweenNumbers).flatMap(parsePiece)
  return found.length > 0 ? found : [whole]
}

/** A cell or list item: a number, or words with numbers in them. */
function parsePiece(piece: string): ParsedNumber[] {
  const trimmed = piece.trim()
  if (trimmed === '') return []
  if (trimmed.length <= numberInputCharactersMax) {
    const whole = parseNumber(trimmed)
    // Digits that lack only their office are an entry, so that the reader sees what is missing; dates are not numbers.
    if (whole.candidates.length > 0 || (bareNumber.test(trimmed) && whole.warnings.length > 0)) return [whole]
  }
  const found: ParsedNumber[] = []
  for (const match of trimmed.matchAll(numberInProse)) {
    const parsed = parseNumber(match[0].replace(endOfSentence, ''))
    if (parsed.candidates.length > 0) found.push(parsed)
  }
  return found
}

// A comma inside a number stands between a digit and three digits; every other comma separates.
const betweenNumbers = /[;；、，\t|]|,(?!\d{3}(?!\d))|(?<!\d),/
const bareNumber = /^\d{5,13}(?: ?[A-Z]\d?)?$/
const endOfSentence = /[.,。、/-]+$/

const digit = '[0-9０-９]'
const joint = '[-‐‑‒–—―−ー－ｰ/／]'
const japaneseSeries =
  '(?:特願|特開|特表|特公|再公表|再表|実願|実開|実全|実公|実登|登実|登録実用新案|実用新案登録|国際公開|特許|米国特許|欧州特許|米国特許出願公開)'
const japaneseEra = '(?:昭和|平成|令和|昭|平|令|[HSＨＳ])?'

// Each part repeats over its own characters and is bounded, so a line is scanned in linear time.
const numberInProse = new RegExp(
  [
    'https?://[^\\s、。「」<>"()（）]{1,290}',
    `${japaneseSeries}第?(?:WO|ＷＯ)? ?${japaneseEra}${digit}{1,11}(?:${joint}${digit}{1,7})?`,
    'PCT[/／][A-Z]{2}[0-9]{2,4}[/／][0-9]{5,6}',
    'U\\.S\\. (?:Pat\\.|Patent) (?:No\\.|Nos\\.) ?[0-9,]{5,11}',
    'ZL ?[0-9]{8,12}\\.[0-9X]',
    '(?<![A-Za-z0-9])[A-Z]{2}[-. ]?[A-Z]{0,2}[-. ]?[0-9][0-9,./-]{4,16}(?:[-. ]?[A-Z][0-9]?(?![A-Za-z0-9]))?',
  ].join('|'),
  'g',
)
