import { fill, type Language, readCount, readDate } from '../http/language.ts'
import { element, xmlDocument } from '../xml.ts'
import { usageWords } from './words.ts'

const width = 300
const height = 74
const fonts = '"Hiragino Sans","Yu Gothic UI","Noto Sans JP",system-ui,sans-serif'
/** Full-width signs that fit beside the mark. */
const nameWidthMax = 15

/** A picture to embed: whose it is, how many patents it holds that are open to research, and on which day. Loads nothing. */
export function badge({ name, open, on, lang }: { name: string; open: number; on: string; lang: Language }): string {
  const say = usageWords[lang]
  const count = fill(say.badgeOpen, { count: readCount(open, lang) })
  const title = `${name}: ${count} (Iriai 入会, ${readDate(on, lang)})`
  const line = (y: string, size: string, fill: string, text: string, weight?: string) =>
    element(
      'text',
      { x: '62', y, 'font-size': size, fill, ...(weight === undefined ? {} : { 'font-weight': weight }) },
      text,
    )
  const root = element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width: String(width),
      height: String(height),
      viewBox: `0 0 ${width} ${height}`,
      role: 'img',
      'aria-labelledby': 't',
      'xml:lang': lang,
      'font-family': fonts,
    },
    element('title', { id: 't' }, title),
    element('rect', {
      x: '.5',
      y: '.5',
      width: String(width - 1),
      height: String(height - 1),
      fill: '#fcfbf8',
      stroke: '#8a857a',
    }),
    element('rect', { width: '50', height: String(height), fill: '#1f3f73' }),
    element(
      'text',
      { x: '25', y: '33', 'font-size': '17', fill: '#fcfbf8', 'text-anchor': 'middle', 'font-weight': '600' },
      '入会',
    ),
    element('text', { x: '25', y: '51', 'font-size': '11', fill: '#fcfbf8', 'text-anchor': 'middle' }, 'Iriai'),
    line('24', '13', '#1c2025', fitted(name), '600'),
    line('45', '14', '#3f5f1e', count, '600'),
    line('63', '11', '#555a60', fill(say.badgeOn, { day: readDate(on, lang) })),
  )
  return xmlDocument(root)
}

/** Shortened to what fits: a Latin letter is half as wide as a kanji. */
function fitted(name: string): string {
  let used = 0
  let shown = ''
  for (const sign of name) {
    used += /[\u{20}-\u{24f}]/u.test(sign) ? 0.56 : 1
    if (used > nameWidthMax) return `${shown.trimEnd()}…`
    shown += sign
  }
  return shown
}
