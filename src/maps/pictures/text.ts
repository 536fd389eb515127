/**
 * Text is not measured where a picture is drawn. Taken are 1 em for a full-width letter and, for others, what wide system
 * fonts need: 0.6 em on the whole.
 */
export function widthOf(text: string, size: number): number {
  let ems = 0
  for (const letter of text)
    ems += fullWidth.test(letter) ? 1 : narrow.test(letter) ? 0.38 : wide.test(letter) ? 0.76 : 0.64
  return ems * size
}

/** As much of the text as fits, with an ellipsis where something is left out; '' where not even two letters fit. */
export function fitted(text: string, width: number, size: number): string {
  if (widthOf(text, size) <= width) return text
  let kept = ''
  let used = widthOf('…', size)
  for (const letter of text) {
    used += widthOf(letter, size)
    if (used > width) break
    kept += letter
  }
  return [...kept].length < 2 ? '' : `${kept.trimEnd()}…`
}

/** The text on up to so many lines (one or more), broken between words and, where they are full-width, between letters. */
export function wrap(text: string, width: number, size: number, linesMax: number): string[] {
  const lines: string[] = []
  let line = ''
  const pieces = text.match(piece) ?? []
  for (const [i, part] of pieces.entries()) {
    if (widthOf((line + part).trimEnd(), size) <= width) {
      line += part
      continue
    }
    if (lines.length === linesMax - 1)
      return [...lines, fitted(`${line}${pieces.slice(i).join('')}`.trim(), width, size)].filter((one) => one !== '')
    if (line !== '') lines.push(line.trim())
    line = part
  }
  return [...lines, line.trim()].filter((one) => one !== '').map((one) => fitted(one, width, size))
}

// One full-width letter with the marks that may not begin a line, or one word with the space behind it.
const piece =
  /[\u3000-\u9fff\uf900-\ufaff\uff00-\uff60][、。・ー）」]{0,3}|[^\s\u3000-\u9fff\uf900-\ufaff\uff00-\uff60]+\s{0,3}|\s/gu
const narrow = /[iljtf.,;:|!'’()[\] ]/
const wide = /[A-Zmw%@–—…]/
const fullWidth = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/u

/** A number as a label: whole, or with one digit where it was counted in parts. */
export function amount(value: number): string {
  const rounded = Math.round(value * 10) / 10
  return rounded.toLocaleString('en-US')
}

/** Coordinates with one digit are exact enough, and short. */
export function at(value: number): number {
  return Math.round(value * 10) / 10
}
