import { recordCharactersMax } from './delimited.ts'

/** Where the splitter stands between two pieces of text. Plain JSON, at most one line. */
export type LinesState = { readonly line: number; readonly rest: string; readonly afterReturn: boolean }

export const linesStart: LinesState = { line: 1, rest: '', afterReturn: false }

/** Every line that is not blank, with its number. Lines end in LF, CRLF or CR; one over the limit stops the reading. */
export function splitLines(
  state: LinesState,
  text: string,
  last: boolean,
  onLine: (line: number, text: string) => void,
): { state: LinesState; stop?: { readonly code: 'too_long'; readonly line: number } } {
  let { line, rest, afterReturn } = state
  let from = 0
  const ends = /\r\n|\n|\r/g
  if (afterReturn && text.startsWith('\n')) from = 1
  if (text !== '') afterReturn = text.endsWith('\r')
  ends.lastIndex = from
  for (let end = ends.exec(text); end !== null; end = ends.exec(text)) {
    const whole = rest + text.slice(from, end.index)
    if (whole.length > recordCharactersMax) return { state: linesStart, stop: { code: 'too_long', line } }
    if (whole.trim() !== '') onLine(line, whole)
    rest = ''
    line += 1
    from = end.index + end[0].length
  }
  rest += text.slice(from)
  if (rest.length > recordCharactersMax) return { state: linesStart, stop: { code: 'too_long', line } }
  if (last && rest.trim() !== '') onLine(line, rest)
  return { state: { line, rest: last ? '' : rest, afterReturn } }
}
