/** Chinese, Japanese or Korean characters: what a romanised name has none of. */
const native = /[\u3005\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af]/

export function isNative(name: string): boolean {
  return native.test(name)
}

/** A name as it is kept: one line, without the ▲…▼ that the Japan Patent Office puts around replaced characters. */
export function tidyName(text: string): string {
  if (!untidy.test(text)) return text
  return withoutEdges(
    text
      .replace(/[▲▼]/g, '')
      .replace(/[\t\r\n]+| {2,}|\u3000{2,}/g, (spaces) => (spaces.startsWith('\u3000') ? '\u3000' : ' ')),
  )
}

/** Sign by sign: a pattern bound to the end alone would try a long run of commas from each of them. */
function withoutEdges(text: string): string {
  let [from, to] = [0, text.length]
  while (from < to && edge.test(text.charAt(from))) from += 1
  while (to > from && edge.test(text.charAt(to - 1))) to -= 1
  return text.slice(from, to)
}

const edge = /[\s,，、;；]/

const untidy = /[▲▼\t\r\n]| {2}|\u3000{2}|^[\s,，、;；]|[\s,，、;；]$/

/**
 * Names in one cell. A legal form after a comma (`Idemitsu Kosan Co., Ltd.`) belongs to the name before it, and so does
 * what follows in `Institute Of Physics, The Chinese Academy Of Sciences`. Empty ones are left out.
 */
export function splitNames(cell: string, separator: string | RegExp): string[] {
  const names: string[] = []
  for (const piece of cell.split(separator)) {
    const name = piece.trim()
    const before = names[names.length - 1]
    if (name === '') continue
    if (before !== undefined && goesOn(before, name)) {
      names[names.length - 1] = `${before}, ${name}`
    } else names.push(name)
  }
  return names.map(tidyName).filter((name) => name !== '')
}

function goesOn(before: string, name: string): boolean {
  return (
    isLegalForm(name) ||
    apposition.test(name) ||
    (/^the /i.test(name) && !before.includes(',') && partOfWhole.test(before))
  )
}

const apposition = /^(?:as represented by|a body corporate|acting (?:by|through)|by and through)\b/i
const partOfWhole = /^(?:board|regents|institute|school|department|office|secretary|trustees|president|chancellor)\b/i

/** `Ltd.`, `Inc`, `Co. Ltd`, `S.A. de C.V.`: nothing but words of a legal form. */
function isLegalForm(name: string): boolean {
  if (name.length > legalFormCharactersMax || !beginsLikeForm.test(name)) return false
  const words = name.toLowerCase().replace(/[.．]/g, '').split(/[ ,]+/)
  return words.every((word) => word === '' || legalForms.has(word))
}

const legalFormCharactersMax = 24
const beginsLikeForm = /^[a-zилo][a-zа-я.]{0,11}(?:[ ,]|$)/i
const legalForms = new Set(
  [
    'ltd limited inc incorporated co corp corporation company llc llp lp lllp plc gmbh mbh kg kgaa ag se sa sas sarl srl spa sl',
    'bv nv ab as asa oy oyj aps pte pty pvt kk de cv rl инк лтд ооо оао зао jr',
  ].flatMap((forms) => forms.split(' ')),
)

const plainName = /^[A-Za-z\d ]*$/

/** By this two spellings of one name are the same: width, case, spaces, marks, and hiragana for katakana do not count. */
export function nameKey(name: string): string {
  if (plainName.test(name)) return name.toLowerCase().replaceAll(' ', '')
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s.,、，・'’"“”()（）▲▼_-]/g, '')
    .replace(/[\u3041-\u3096]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) + 0x60))
}
