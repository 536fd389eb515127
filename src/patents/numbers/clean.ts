/**
 * One spelling for what people type in many: half width (NFKC), upper case, one hyphen, no invisible characters, no
 * quotes or brackets around. Linear in the length, which the caller has capped.
 */
export function clean(input: string): string {
  const plain = asciiOnly.test(input)
    ? input
    : input.normalize('NFKC').replace(invisible, '').replace(hyphens, '-').replace(controls, ' ')
  const single = plain.includes('  ') ? plain.replace(spaces, ' ') : plain
  return trimmed(single.toUpperCase(), opening, closing)
}

/** The kind code at the end, when a digit or a letter of the number stands before it: `4567890B2` → `4567890`, `B2`. */
export function splitKind(text: string): { body: string; kind: string | undefined } {
  let end = text.length
  if (isDigit(text.charCodeAt(end - 1)) && isLetter(text.charCodeAt(end - 2))) end -= 1
  if (!isLetter(text.charCodeAt(end - 1))) return { body: text, kind: undefined }
  let before = end - 2
  while (before >= 0 && isSeparator(text.charAt(before))) before -= 1
  if (isDigit(text.charCodeAt(before)) || (before < end - 2 && before > 0 && isLetter(text.charCodeAt(before)))) {
    return { body: text.slice(0, before + 1), kind: text.slice(end - 1) }
  }
  return { body: text, kind: undefined }
}

export function trimSeparators(text: string): string {
  return trimmed(text, separators, separators)
}

function trimmed(text: string, before: string, after: string): string {
  let start = 0
  let end = text.length
  while (start < end && before.includes(text.charAt(start))) start += 1
  while (end > start && after.includes(text.charAt(end - 1))) end -= 1
  return start === 0 && end === text.length ? text : text.slice(start, end)
}

const separators = ' -._,:/#'
// Quotes and brackets around a number, and what ends a sentence.
const opening = ' "\'`“”‘’「『【〔〈《[(<.'
const closing = ' "\'`“”‘’」』】〕〉》]>,;.、。'

function isSeparator(character: string): boolean {
  return character !== '' && separators.includes(character)
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}

function isLetter(code: number): boolean {
  return code >= 65 && code <= 90
}

const asciiOnly = /^[\x20-\x7e]*$/
// Soft hyphen, zero-width and direction marks, byte order mark, variation selectors.
const invisible = /[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]|[\ufe00-\ufe0f]/g
const hyphens = /[\u02d7\u2010-\u2015\u2212\u2500\u30fc\ufe58\ufe63]/g
// biome-ignore lint/suspicious/noControlCharactersInRegex: they come in from pasted cells and count as spaces here.
const controls = /[\x00-\x1f\x7f-\x9f]/g
const spaces = / {2,}/g
