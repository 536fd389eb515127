import type { AreaRule } from './area.ts'

/**
 * Rules as a person writes them, one alternative a line: `ipc=H01M10/0562; words=固体電解質, solid electrolyte`.
 * What cannot be read becomes a condition that the shape of a rule refuses, so that nothing is left out in silence.
 */
export function readRules(text: string): unknown[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => Object.fromEntries(line.split(';').map(readCondition)))
}

export function writeRules(rules: readonly AreaRule[]): string {
  return rules
    .map(({ ipc, words, holders }) =>
      Object.entries({ ipc, words, holders })
        .flatMap(([name, values]) => (values === undefined ? [] : [`${name}=${values.join(', ')}`]))
        .join('; '),
    )
    .join('\n')
}

function readCondition(part: string): [string, unknown] {
  const sign = part.indexOf('=')
  if (sign < 0) return [part.trim() || '?', []]
  const values = part
    .slice(sign + 1)
    .split(/[,、]/)
    .map((value) => value.trim())
    .filter((value) => value !== '')
  return [part.slice(0, sign).trim(), values]
}
