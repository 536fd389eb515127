import { z } from '@hono/zod-openapi'
import { type Figure, figure, figureOf, type Parts, smallCellMinimum, sumOf } from './figure.ts'

/** What is counted: questions about a patent, grants that cover it, results that grantees report. */
export const usesCounted = ['checks', 'grants', 'reports'] as const
type Counted = (typeof usesCounted)[number]

/** As far back as figures go. */
export const monthsShown = 24

const month = z
  .string()
  .regex(/^\d{4}-\d{2}$/)
  .openapi({ example: '2026-11' })

const figures = { checks: figure, grants: figure, reports: figure }
const few: Figure = { value: null, hidden: true }
const exampleFigures = { checks: { value: 12, hidden: false }, grants: few, reports: few }

export const useExample = {
  from: '2024-12',
  until: '2026-11',
  minimum: smallCellMinimum,
  totals: { checks: { value: 40, hidden: false }, grants: { value: 6, hidden: false }, reports: few },
  months: [
    { month: '2026-11', ...exampleFigures },
    { month: '2026-10', ...exampleFigures },
  ],
}

export const use = z
  .object({
    from: month,
    until: month.openapi({ description: 'The present month, not over yet.' }),
    minimum: z.number().int().openapi({ description: 'Smaller numbers are hidden.' }),
    totals: z.object(figures).openapi({ description: 'Of these months.' }),
    months: z.array(z.object({ month, ...figures })).openapi({ description: 'The latest first, all 24.' }),
  })
  .openapi('Use', { example: useExample })
export type Use = z.infer<typeof use>

/** Counts of the months in which there were any. */
export type UseCounts = Readonly<Record<Counted, ReadonlyMap<string, Parts>>>

const none: Parts = { large: 0, small: 0 }

/** @param on the day, `YYYY-MM-DD` */
export function useOf(counts: UseCounts, on: string): Use {
  const shown = monthsUntil(on)
  const of = (counted: Counted) => shown.map((one) => counts[counted].get(one) ?? none)
  return {
    from: shown.at(-1) ?? on.slice(0, 7),
    until: on.slice(0, 7),
    minimum: smallCellMinimum,
    totals: {
      checks: figureOf(sumOf(of('checks'))),
      grants: figureOf(sumOf(of('grants'))),
      reports: figureOf(sumOf(of('reports'))),
    },
    months: shown.map((one) => ({
      month: one,
      checks: figureOf(counts.checks.get(one) ?? none),
      grants: figureOf(counts.grants.get(one) ?? none),
      reports: figureOf(counts.reports.get(one) ?? none),
    })),
  }
}

/** The months that are shown, the latest first. */
export function monthsUntil(on: string): string[] {
  const [year = 0, last = 1] = on.split('-').map(Number)
  return Array.from({ length: monthsShown }, (_, back) => {
    const at = year * 12 + last - 1 - back
    return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`
  })
}
