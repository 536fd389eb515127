import { SaxesParser } from 'saxes'
import { expect, test } from 'vitest'
import { BubblesPicture } from '../../../src/maps/pictures/bubbles.tsx'
import type { Grid } from '../../../src/maps/pictures/grid.ts'
import { HeatPicture } from '../../../src/maps/pictures/heat.tsx'
import { LinesPicture } from '../../../src/maps/pictures/lines.tsx'
import { LivingPicture } from '../../../src/maps/pictures/living.tsx'
import type { PictureWords } from '../../../src/maps/pictures/parts.tsx'
import { SpotsPicture, whiteness } from '../../../src/maps/pictures/spots.tsx'
import { widthOf } from '../../../src/maps/pictures/text.ts'
import { layRows, ThicketPicture } from '../../../src/maps/pictures/thicket.tsx'
import { placeTiles, type Tile, TreemapPicture } from '../../../src/maps/pictures/treemap.tsx'

const words: PictureWords = {
  enrolled: '登録された特許',
  open: '研究に開放中',
  share: '開放の割合',
  holders: '権利者数',
}
const named = { id: 'x', title: '題 <&>', desc: '説明 "&"' }

/** A repeatable row of numbers between 0 and 1. */
function randoms(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

function tilesOf(seed: number, count: number): Tile[] {
  const next = randoms(seed)
  return Array.from({ length: count }, (_, i) => {
    const patents = 1 + Math.floor(next() ** 3 * 500)
    return {
      label: `分野${i} & <field>`,
      patents,
      open: Math.floor(next() * (patents + 1)),
      href: `/ja/map?field=${i}&x=1`,
    }
  })
}

function gridOf(seed: number, rows: number, columns: number): Grid {
  const next = randoms(seed)
  const cells = Array.from({ length: rows }, (_, row) =>
    Array.from({ length: columns }, (_, column) => {
      const patents = Math.floor(next() * 40) - 8
      return patents <= 0
        ? undefined
        : { patents, open: Math.floor(next() * (patents + 1)), href: `/p?${row}&${column}` }
    }),
  )
  return {
    rows: cells.map((row, i) => ({
      label: `権利者の長い名前 ${i} 株式会社とその子会社`,
      patents: row.reduce((sum, cell) => sum + (cell?.patents ?? 0), 0),
      open: row.reduce((sum, cell) => sum + (cell?.open ?? 0), 0),
      href: `/h/${i}`,
    })),
    columns: Array.from({ length: columns }, (_, i) => ({ label: String(2000 + i) })),
    cells,
  }
}

type Element = { name: string; attributes: Record<string, string>; text: string }

/** Every element of the document; throws when it is not well-formed. */
function parsed(svg: unknown): Element[] {
  const found: Element[] = []
  const within: Element[] = []
  const parser = new SaxesParser()
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', ({ name, attributes }) => {
    const element = { name, attributes: { ...attributes }, text: '' }
    found.push(element)
    within.push(element)
  })
  parser.on('text', (text) => {
    for (const element of within) element.text += text
  })
  parser.on('closetag', () => {
    within.pop()
  })
  parser.write(String(svg)).close()
  return found
}

const number = (element: Element, name: string) => Number(element.attributes[name])

test.each([1, 2, 3, 4, 5, 6, 7, 8])(
  'tiles of a treemap share the room by their patents and never lie on each other (%i)',
  (seed) => {
    const tiles = tilesOf(seed, 3 + seed * 7)
    const [width, height] = [1000, 560]
    const placed = placeTiles(tiles, width, height)
    const total = tiles.reduce((sum, { patents }) => sum + patents, 0)
    for (const [i, a] of placed.entries()) {
      expect(a.x >= 0 && a.y >= 0 && a.x + a.width <= width && a.y + a.height <= height).toBe(true)
      const ideal = (a.tile.patents / total) * width * height
      // Gaps of three units and rounding take from each side.
      expect(a.width * a.height).toBeLessThanOrEqual(ideal * 1.1 + 900)
      for (const b of placed.slice(i + 1))
        expect(a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y).toBe(
          true,
        )
    }
    const area = placed.reduce((sum, one) => sum + one.width * one.height, 0)
    expect(area / (width * height)).toBeGreaterThan(0.85)
  },
)

test('parts of a tile lie within it, below its name', () => {
  const tiles = tilesOf(9, 6).map((tile, i) => ({ ...tile, parts: tilesOf(20 + i, 5) }))
  const placed = placeTiles(tiles, 1000, 560)
  const frames = placed.filter(({ framed }) => framed)
  expect(frames).toHaveLength(6)
  for (const leaf of placed.filter(({ framed }) => !framed)) {
    const frame = frames.find(({ tile }) => tile.parts?.some((part) => part === leaf.tile))
    if (frame === undefined) throw new Error('a part without its frame')
    expect(leaf.x >= frame.x && leaf.x + leaf.width <= frame.x + frame.width).toBe(true)
    expect(leaf.y >= frame.y + 19 && leaf.y + leaf.height <= frame.y + frame.height).toBe(true)
  }
})

test('the hatched part of a tile is to the tile as open patents to all', () => {
  const tiles = [
    { label: '半分', patents: 100, open: 50 },
    { label: 'すべて', patents: 60, open: 60 },
    { label: 'なし', patents: 40, open: 0 },
  ]
  const elements = parsed(TreemapPicture({ ...named, tiles, words }))
  const rects = elements.filter(({ name, attributes }) => name === 'rect' && attributes.class === 'w').slice(1)
  const hatched = elements.filter(({ name, attributes }) => name === 'rect' && attributes.fill === 'url(#x-h)').slice(1)
  expect(rects).toHaveLength(3)
  expect(hatched.map((rect) => Math.round(number(rect, 'height')))).toEqual([
    Math.round(number(rects[0] ?? rectMissing, 'height') / 2),
    number(rects[1] ?? rectMissing, 'height'),
  ])
})

const rectMissing: Element = { name: '', attributes: {}, text: '' }

test.each([
  ['treemap', () => TreemapPicture({ ...named, tiles: tilesOf(4, 30), words })],
  ['treemap of one tile', () => TreemapPicture({ ...named, tiles: tilesOf(4, 1), words })],
  ['heat', () => HeatPicture({ ...named, grid: gridOf(2, 14, 16), words })],
  ['heat of nothing', () => HeatPicture({ ...named, grid: { rows: [], columns: [], cells: [] }, words })],
  ['living', () => LivingPicture({ ...named, grid: gridOf(5, 8, 12), words })],
  ['bubbles', () => BubblesPicture({ ...named, grid: gridOf(3, 14, 12), words })],
  ['lines', () => LinesPicture({ ...named, words, series: series(9) })],
  ['one line', () => LinesPicture({ ...named, words, series: series(1) })],
  [
    'one year',
    () =>
      LinesPicture({
        ...named,
        words,
        series: [{ label: 'a', patents: 1, open: 0, points: [{ year: 2020, patents: 1, open: 0 }] }],
      }),
  ],
  [
    'spots',
    () =>
      SpotsPicture({
        ...named,
        words,
        corner: '藪',
        spots: tilesOf(6, 20).map((tile, i) => ({ ...tile, holders: i + 1 })),
      }),
  ],
  ['thicket', () => ThicketPicture({ ...named, rows: thicket, heads: ['一枚 <3>', '残り'] })],
] as const)('%s is well-formed, and every shape, name and number is within the frame', (_, draw) => {
  const elements = parsed(draw())
  const [svg] = elements
  const [, , width = 0, height = 0] = svg?.attributes.viewBox?.split(' ').map(Number) ?? []
  expect(elements.filter(({ name }) => name === 'title')[0]?.text).toBe('題 <&>')
  const raw = elements.flatMap(({ attributes }) => Object.values(attributes)).join(' ')
  expect(raw).not.toMatch(/NaN|Infinity|undefined/)
  for (const element of elements) {
    if (element.name === 'rect' && element.attributes.x !== undefined) {
      expect(number(element, 'x') + number(element, 'width')).toBeLessThanOrEqual(width + 0.6)
      expect(number(element, 'y') + number(element, 'height')).toBeLessThanOrEqual(height + 1)
      expect(number(element, 'width')).toBeGreaterThanOrEqual(0)
      expect(number(element, 'height')).toBeGreaterThanOrEqual(0)
    }
  }
})

test.each([
  ['heat', () => HeatPicture({ ...named, grid: gridOf(2, 14, 16), words })],
  ['bubbles', () => BubblesPicture({ ...named, grid: gridOf(2, 14, 16), words })],
] as const)('the cells of %s are links with a name of their own, greatest first', (_, draw) => {
  const links = parsed(draw()).filter(({ name, attributes }) => name === 'a' && attributes.href?.startsWith('/p?'))
  const values = links.map(({ text }) => Number(/: (\d+)/.exec(text)?.[1]))
  expect(values.length).toBeGreaterThan(100)
  expect(values).toEqual([...values].sort((a, b) => b - a))
  expect(new Set(links.map(({ text }) => text)).size).toBe(links.length)
})

test('no label of a tile is wider than the tile', () => {
  const elements = parsed(TreemapPicture({ ...named, tiles: tilesOf(11, 60), words }))
  const rects = elements.filter(({ name, attributes }) => name === 'rect' && attributes.class === 'w').slice(1)
  const texts = elements.filter(({ name, attributes }) => name === 'text' && attributes.class?.endsWith('k'))
  expect(texts.length).toBeGreaterThan(20)
  for (const text of texts) {
    const [x, y] = [number(text, 'x'), number(text, 'y')]
    const tile = rects.find(
      (rect) =>
        number(rect, 'x') <= x &&
        x <= number(rect, 'x') + number(rect, 'width') &&
        number(rect, 'y') <= y &&
        y <= number(rect, 'y') + number(rect, 'height'),
    )
    if (tile === undefined) throw new Error(`"${text.text}" is outside every tile`)
    expect(x + widthOf(text.text, 11)).toBeLessThanOrEqual(number(tile, 'x') + number(tile, 'width'))
  }
})

test('names of white spots do not lie on each other, and the whitest are named', () => {
  const spots = tilesOf(8, 35).map((tile, i) => ({ ...tile, label: `分野の名称${i}`, holders: 3 + ((i * 7) % 20) }))
  const texts = parsed(SpotsPicture({ ...named, words, corner: '藪', spots })).filter(
    ({ name, attributes }) => name === 'text' && attributes.class === 'k',
  )
  expect(texts.length).toBeGreaterThan(8)
  const boxes = texts.map((text) => ({ x: number(text, 'x'), y: number(text, 'y'), width: widthOf(text.text, 12) }))
  for (const [i, a] of boxes.entries())
    for (const b of boxes.slice(i + 1))
      expect(a.x + a.width <= b.x || b.x + b.width <= a.x || Math.abs(a.y - b.y) >= 12).toBe(true)
  const [whitest] = [...spots].sort((a, b) => whiteness(b) - whiteness(a))
  expect(texts.map(({ text }) => text)).toContain(whitest?.label)
})

test('a thicket shows every patent once, what a grant covers on the left', () => {
  const laid = layRows(thicket)
  expect(laid.map(({ covered, other }) => [covered.length, other.length])).toEqual([
    [40, 2],
    [0, 3],
  ])
  expect(laid[1]?.y).toBeGreaterThan((laid[0]?.y ?? 0) + 40)
  const links = parsed(ThicketPicture({ ...named, rows: thicket, heads: ['', ''] })).filter(({ name }) => name === 'a')
  expect(links).toHaveLength(45)
})

const mark = (verdict: 'allowed' | 'ask' | 'not_needed' | 'not_enrolled', i: number) => ({
  name: `JP-${i}: ${verdict}`,
  verdict,
  href: `/ja/patents/${i}`,
})
const thicket = [
  {
    holders: 'トヨタ自動車株式会社・東京科学大学・国立研究開発法人産業技術総合研究所・出光興産株式会社',
    terms: 'RPC-OPEN-1.0',
    marks: [...Array.from({ length: 40 }, (_, i) => mark('allowed', i)), mark('ask', 41), mark('not_needed', 42)],
  },
  { holders: '日産自動車株式会社', terms: '', marks: [mark('ask', 50), mark('ask', 51), mark('not_enrolled', 52)] },
]

function series(count: number) {
  const next = randoms(count)
  return Array.from({ length: count }, (_, i) => {
    const points = Array.from({ length: 12 }, (_, year) => {
      const patents = 1 + Math.floor(next() * 90)
      return { year: 2005 + year + (i % 3), patents, open: Math.floor(next() * patents), href: `/y/${i}/${year}` }
    })
    return { label: `分野 ${i}`, patents: 10, open: 2, href: `/s/${i}`, points }
  })
}
