import { z } from '@hono/zod-openapi'

/** Numbers below this are not told: of so few one could guess who they are. Zero is not told apart from one to four. */
export const smallCellMinimum = 5

export const figure = z
  .object({
    value: z.number().int().nullable().openapi({ description: 'A lower bound; null: fewer than five.' }),
    hidden: z.boolean().openapi({ description: '`true`: fewer than five.' }),
  })
  .openapi('UseFigure', { example: { value: 12, hidden: false } })
export type Figure = z.infer<typeof figure>

/** A number made of counts: those that are large enough, and the sum of the others, which are told only together. */
export type Parts = { large: number; small: number }

export function partsOf(count: number): Parts {
  return count >= smallCellMinimum ? { large: count, small: 0 } : { large: 0, small: count }
}

/** Small counts are in it once there are enough of them together. */
export function shownOf({ large, small }: Parts): number {
  return large + (small >= smallCellMinimum ? small : 0)
}

/** Of what is shown of each, and of what is not: so that no difference of two figures tells a small one. */
export function sumOf(all: readonly Parts[]): Parts {
  return {
    large: all.reduce((sum, one) => sum + shownOf(one), 0),
    small: all.reduce((sum, { small }) => sum + (small < smallCellMinimum ? small : 0), 0),
  }
}

export function figureOf(parts: Parts): Figure {
  const shown = shownOf(parts)
  return shown < smallCellMinimum ? { value: null, hidden: true } : { value: shown, hidden: false }
}
