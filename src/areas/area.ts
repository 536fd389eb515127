import { z } from '@hono/zod-openapi'
import { numberInputCharactersMax } from '../patents/numbers/parse.ts'
import { relatedExample, relatedItem } from '../patents/related/related-item.ts'
import { bilingual, date, line, time } from '../shapes.ts'

/** An area is a working list for people: beyond this the rule is too wide, and the page says so. */
export const patentsPerAreaMax = 5000
const rulesMax = 20
const conditionsMax = 30
export const picksMax = 500

/** `draft → published`. A draft is seen by those who keep it. */
export const areaState = z.enum(['draft', 'published'])

const slug = z
  .string()
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+){0,9}$/)
  .max(60)
  .openapi({ example: 'solid-state-batteries' })

const conditions = <Item extends z.ZodType>(item: Item) => z.array(item).min(1).max(conditionsMax).exactOptional()

const rule = z
  .object({
    ipc: conditions(z.string().regex(/^[A-HY](?:\d{2}(?:[A-Z](?:\d{1,4}(?:\/\d{2,6})?)?)?)?$/)).openapi({
      description: 'Classes or symbols (IPC, CPC, FI) and whatever is below them.',
      example: ['H01M10/0562'],
    }),
    words: conditions(line(60)).openapi({ description: 'Words of titles and names, Japanese or English.' }),
    holders: conditions(z.string().max(100)).openapi({ description: 'Ids of organisations.' }),
  })
  .strict()
  .refine(({ ipc, words, holders }) => ipc ?? words ?? holders, { message: 'a rule has at least one condition' })
export type AreaRule = z.infer<typeof rule>

const texts = z.object({ ja: line(120), en: line(120) }).strict()
const summaries = z.object({ ja: line(1000), en: line(1000) }).strict()
const numbers = z.array(z.string().min(1).max(numberInputCharactersMax)).max(picksMax)

const members = {
  title: texts,
  summary: summaries,
  rules: z.array(rule).max(rulesMax).openapi({
    description: 'Alternatives: a patent belongs when all conditions of one of them hold, by any value of each.',
  }),
  picked: numbers.openapi({ description: 'Numbers of patents put in by hand.' }),
  leftOut: numbers.openapi({ description: 'Numbers of patents kept out whatever the rules say.' }),
}

const example = {
  slug: 'solid-state-batteries',
  title: { ja: '全固体電池', en: 'Solid-state batteries' },
  summary: {
    ja: '固体電解質を用いる二次電池と、その材料、製法。',
    en: 'Secondary batteries with solid electrolytes, their materials and how they are made.',
  },
  rules: [{ ipc: ['H01M10/0562'] }, { ipc: ['H01M'], words: ['固体電解質', 'solid electrolyte'] }],
  picked: [],
  leftOut: [],
}

export const areaInput = z
  .object({
    slug,
    title: members.title,
    summary: members.summary,
    rules: members.rules,
    picked: members.picked.default([]),
    leftOut: members.leftOut.default([]),
    curator: z.string().max(200).exactOptional().openapi({
      description: 'Id or ROR id of the organisation that keeps the area; absent: the stewards.',
    }),
  })
  .strict()
  .openapi('AreaInput', { example })
export type AreaInput = z.infer<typeof areaInput>

export const areaChange = z
  .object(members)
  .partial()
  .strict()
  .openapi('AreaChange', { example: { rules: example.rules } })
export type AreaChange = z.infer<typeof areaChange>

export const areaLineExample = {
  slug: 'solid-state-batteries',
  title: example.title,
  summary: example.summary,
  state: 'published',
  publishedOn: '2026-11-08',
  patents: 312,
  open: 94,
}

export const areaLine = z
  .object({
    slug: z.string(),
    title: bilingual,
    summary: bilingual,
    state: areaState,
    publishedOn: date.exactOptional(),
    patents: z
      .number()
      .int()
      .openapi({ description: `Patents in it, counted up to ${patentsPerAreaMax}.` }),
    open: z.number().int().openapi({ description: 'Of them, open today.' }),
  })
  .openapi('AreaLine', { example: areaLineExample })
export type AreaLine = z.infer<typeof areaLine>

export const areaExample = {
  ...areaLineExample,
  id: '01a200d7-7b60-70c2-9c1b-0d3e0f9a11bb',
  rules: example.rules,
  picked: ['JP-5985120-B1'],
  leftOut: [],
  years: [{ year: 2015, patents: 24, open: 9 }],
  holders: [
    {
      id: '01a200d7-78fe-73ea-b3b2-6f43e1d9bb65',
      name: { ja: 'トヨタ自動車株式会社', en: 'Toyota Motor Corporation' },
      patents: 62,
      open: 30,
    },
  ],
  related: [relatedExample],
  updatedAt: '2026-11-20T02:30:00.000Z',
}

const amount = { patents: z.number().int(), open: z.number().int() }

export const area = areaLine
  .extend({
    id: z.uuid(),
    curator: z.object({ id: z.string(), name: bilingual }).exactOptional(),
    rules: z.array(rule),
    picked: z.array(z.string()),
    leftOut: z.array(z.string()),
    years: z.array(z.object({ year: z.number().int(), ...amount })).openapi({ description: 'By year of filing.' }),
    holders: z.array(z.object({ id: z.string(), name: bilingual, ...amount })).openapi({
      description: 'Holders with the most patents first, up to 50.',
    }),
    related: z.array(relatedItem),
    updatedAt: time,
  })
  .openapi('Area', { example: areaExample })
export type Area = z.infer<typeof area>

/** What was decided about an area, as the tables keep it. */
export type AreaRecord = {
  id: string
  slug: string
  title: { ja: string; en: string }
  summary: { ja: string; en: string }
  rules: readonly AreaRule[]
  curatorId: string | undefined
  state: z.infer<typeof areaState>
  publishedOn: string | undefined
  picked: readonly string[]
  leftOut: readonly string[]
  updatedAt: string
}
