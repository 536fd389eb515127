import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import { daylight, night, pictureRules } from '../http/picture-style.ts'
import { pictureWidth } from './pictures/parts.tsx'
import { fitted } from './pictures/text.ts'

const margin = 24
const fonts =
  '.pic,.alone{font-family:"Hiragino Sans","Yu Gothic UI","Noto Sans JP",system-ui,sans-serif}.alone .t{font:600 22px "Hiragino Mincho ProN","Yu Mincho","Noto Serif JP",Georgia,serif}'

/**
 * A picture that can be kept and embedded: one SVG with its title, filters, way of counting, source and date, in colours
 * for daylight and for the night. It loads nothing.
 * @param height of the picture within
 */
export function standalone({
  title,
  subtitle,
  foot,
  lang,
  drawing,
}: {
  title: string
  subtitle: string
  /** Counting, source and date: one line each. */
  foot: readonly string[]
  lang: string
  drawing: Child
}): string {
  const inner = String(drawing)
  const height = heightOf(inner)
  const top = 78
  const whole = top + height + 20 + foot.length * 17 + margin
  const width = pictureWidth + 2 * margin
  const made = (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      class="alone"
      viewBox={`0 0 ${width} ${whole}`}
      width={width}
      height={whole}
      xml:lang={lang}
      lang={lang}
      role="img"
      aria-labelledby="title desc"
    >
      <title id="title">{title}</title>
      <desc id="desc">{[subtitle, ...foot].filter((part) => part !== '').join(' / ')}</desc>
      <style>{raw(`${fonts}${rules(daylight)}@media (prefers-color-scheme:dark){${rules(night)}}`)}</style>
      <rect class="ground" width={width} height={whole} />
      <text class="t" x={margin} y="42">
        {fitted(title, pictureWidth, 22)}
      </text>
      <text class="d" x={margin} y="64">
        {fitted(subtitle, pictureWidth, 12)}
      </text>
      {raw(inner.replace('<svg ', `<svg x="${margin}" y="${top}" width="${pictureWidth}" height="${height}" `))}
      <path class="l" d={`M${margin} ${top + height + 12.5}H${margin + pictureWidth}`} />
      {foot.map((line, i) => (
        <text class="d" x={margin} y={top + height + 32 + i * 17}>
          {fitted(line, pictureWidth, 12)}
        </text>
      ))}
    </svg>
  )
  return `<?xml version="1.0" encoding="UTF-8"?>\n${String(made).replaceAll(outsideXml, '')}\n`
}

// What XML 1.0 cannot hold.
const outsideXml = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu

function rules(colours: typeof daylight): string {
  const own = `.ground{fill:${colours.paper}}.alone .t{fill:${colours.ink}}.alone .d{fill:${colours.faint};font-size:12px}.alone>.l{stroke:${colours.line};fill:none}`
  return `${own}${pictureRules(colours).replaceAll('\n', '')}`
}

/** The picture says its own height in its `viewBox`. */
function heightOf(svg: string): number {
  const found = /viewBox="0 0 \d{1,5} (\d{1,5})"/.exec(svg.slice(0, 400))
  return Number(found?.[1] ?? 500)
}
