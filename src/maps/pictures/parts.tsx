import type { Child } from 'hono/jsx'
import { at } from './text.ts'

/** A number of patents and how many of them are open. */
export type Amount = { patents: number; open: number }

/** Something with a name in a picture; `href` leads further into it. */
export type Named = { label: string; href?: string }
/** A column, whose head has little room. */
export type Head = Named & { short?: string }

/** Words that pictures show, in the language of the page. */
export type PictureWords = { enrolled: string; open: string; share: string; holders: string }

/** A picture is as wide as this in units of its own; a page scales it. */
export const pictureWidth = 1000

/**
 * The frame of a picture on a page: without the role `img`, which would hide its links.
 * @param id stands before the ids within, so that two pictures share a page
 */
export function Drawing({
  id,
  title,
  desc,
  width = pictureWidth,
  height,
  wide = true,
  children,
}: {
  id: string
  title: string
  desc: string
  width?: number
  height: number
  /** Kept readable on a telephone by scrolling sideways within the figure. */
  wide?: boolean
  children: Child
}) {
  return (
    <svg
      class={wide ? 'pic wide' : 'pic'}
      viewBox={`0 0 ${width} ${Math.ceil(height)}`}
      aria-labelledby={`${id}-t`}
      aria-describedby={`${id}-d`}
    >
      <title id={`${id}-t`}>{title}</title>
      <desc id={`${id}-d`}>{desc}</desc>
      <defs>
        <pattern id={`${id}-h`} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="6" height="6" class="o" fill-opacity=".2" />
          <path d="M0 0v6" class="h" stroke-width="2" />
        </pattern>
      </defs>
      {children}
    </svg>
  )
}

/** The fill of what is open in the picture with this id. */
export function hatch(id: string): string {
  return `url(#${id}-h)`
}

/** What can be followed, with its whole name; or only the name where it leads nowhere. */
export function Linked({ href, name, children }: { href?: string | undefined; name: string; children: Child }) {
  if (href === undefined)
    return (
      <g>
        <title>{name}</title>
        {children}
      </g>
    )
  return (
    <a href={href}>
      <title>{name}</title>
      {children}
    </a>
  )
}

/** Two boxes and what they mean. */
export function Legend({
  id,
  words,
  open = 'hatch',
  y = 0,
}: {
  id: string
  words: PictureWords
  open?: 'hatch' | 'bar'
  y?: number
}) {
  return (
    <g>
      {open === 'hatch' ? (
        <rect x="0.5" y={y + 0.5} width="16" height="11" class="w" />
      ) : (
        <rect x="0.5" y={y + 0.5} width="16" height="11" class="i" fill-opacity=".23" />
      )}
      <text x="22" y={y + 10} class="d">
        {words.enrolled}
      </text>
      {open === 'hatch' ? (
        <rect x={170.5} y={y + 0.5} width="16" height="11" fill={hatch(id)} class="h" />
      ) : (
        <rect x={170.5} y={y + 7} width="16" height="4" class="o" />
      )}
      <text x="192" y={y + 10} class="d">
        {words.open}
      </text>
    </g>
  )
}

/** `電気機械 2019: 41, 開放 12` as a name for a cell. */
export function spoken(names: readonly string[], { patents, open }: Amount, words: PictureWords): string {
  return `${names.join(' · ')}: ${shown(patents)} (${words.open} ${shown(open)})`
}

function shown(value: number): string {
  return at(value).toLocaleString('en-US')
}

/** Most patents first, so that the keyboard meets the greatest first. */
export function byValue<Item extends { patents: number }>(items: readonly Item[]): Item[] {
  return [...items].sort((a, b) => b.patents - a.patents)
}
