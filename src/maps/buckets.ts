/** Years that stand in one column, first and last inclusive. */
export type YearSpan = { from: number; to: number }

const spans = [1, 2, 5, 10, 20, 50, 100] as const

/** All years from the first to the last in spans of one length, at most so many; the spans begin at multiples of it. */
export function spansOf(years: readonly number[], columnsMax: number): YearSpan[] {
  if (years.length === 0) return []
  const [first, last] = [Math.min(...years), Math.max(...years)]
  const length = spans.find((span) => Math.floor(last / span) - Math.floor(first / span) < columnsMax) ?? 1000
  const begin = Math.floor(first / length) * length
  const count = Math.floor((last - begin) / length) + 1
  return Array.from({ length: count }, (_, i) => ({ from: begin + i * length, to: begin + (i + 1) * length - 1 }))
}

/** `2015`, or `2010–14`. */
export function spanLabel({ from, to }: YearSpan): string {
  return from === to ? String(from) : `${from}–${String(to).slice(-2)}`
}
