import { z } from '@hono/zod-openapi'
import { type Dimension, dimensions } from '../patents/cells.ts'
import { bilingual, date } from '../shapes.ts'

/**
 * What a patent can be counted by. Classes are those of the IPC; of a patent without, those of FI, else CPC. `terms` are
 * those under which it is open, `kind` that of its holders.
 */
export const dimension = z.enum(dimensions)
export type { Dimension }

/** A table of three ways is no map: one or two dimensions. */
export const dimensionsMax = 2

export const counting = z.enum(['whole', 'fractional'])
export type Counting = z.infer<typeof counting>

/** Every member narrows what is counted; '' asks for patents that have no value there. */
export type MapFilter = {
  field?: string
  /** A symbol of the IPC down to the main group: `H`, `H01`, `H01M`, `H01M10`. */
  ipc?: string
  /** Id of an organisation. */
  holder?: string
  kind?: string
  terms?: string
  status?: string
  office?: string
  /** First and last day of filing, `YYYY-MM-DD`. */
  filedFrom?: string
  filedTo?: string
  open?: boolean
}

export type MapQuestion = {
  by: readonly Dimension[]
  filter: MapFilter
  count: Counting
  /** How many of the strongest classes, subclasses, groups or holders are shown. */
  top: number
}

/** What was counted for one value of each dimension; `holders` only where distinct ones are known. */
export type Cell = { keys: readonly string[]; patents: number; open: number; holders?: number }
export type Totals = Omit<Cell, 'keys'>

/** The counts that answer a question. `others` says of how many further values a dimension has that are not shown. */
export type MapCounts = { cells: readonly Cell[]; totals: Totals; others: ReadonlyMap<Dimension, number> }

/** Above this, others are said to be at least so many. */
export const othersCountedMax = 10_000
export const topDefault = 20
export const topMax = 100

const key = z.union([z.string(), z.number().int(), z.null()])

export const mapExample = {
  by: ['field', 'year'],
  count: 'whole',
  cells: [
    { keys: { field: 1, year: 2018 }, patents: 41, open: 12 },
    { keys: { field: 1, year: 2019 }, patents: 38, open: 15 },
  ],
  totals: { patents: 77, open: 25, holders: 11 },
  others: {},
  labels: {
    field: { '1': { ja: '電気機械、電気装置、電気エネルギー', en: 'Electrical machinery, apparatus, energy' } },
  },
  asOf: '2026-11-21',
}

const counts = {
  patents: z.number().openapi({ description: 'Enrolled patents; with fractional counting rounded to thousandths.' }),
  open: z.number().openapi({ description: 'Of them, open to research today under terms of the commons.' }),
  holders: z
    .number()
    .int()
    .exactOptional()
    .openapi({ description: 'Distinct holders; absent where they are not counted.' }),
}

/** `keys` by dimension; null stands for patents that have no value there. */
export const mapAnswer = z
  .object({
    by: z.array(dimension),
    count: counting,
    cells: z.array(z.object({ keys: z.record(z.string(), key), ...counts })),
    totals: z.object(counts).openapi({ description: 'Each patent that passes the filters once.' }),
    others: z.record(z.string(), z.number().int()).openapi({
      description: `By dimension, how many further values are not among the cells. From ${othersCountedMax} on: at least so many.`,
    }),
    labels: z
      .record(z.string(), z.record(z.string(), bilingual))
      .openapi({ description: 'Names of fields, classes and holders that occur, by dimension and key.' }),
    asOf: date,
  })
  .openapi('Map', { example: mapExample })
export type MapAnswer = z.infer<typeof mapAnswer>

/** As the answer shows it: numbers for field and year, null for none. */
export function shownKey(dimension: Dimension, value: string): string | number | null {
  if (value === '') return null
  return dimension === 'field' || dimension === 'year' ? Number(value) : value
}
