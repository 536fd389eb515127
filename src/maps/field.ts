import { z } from '@hono/zod-openapi'
import type { TechnologyField } from '../patents/classification/fields.ts'
import { bilingual, date } from '../shapes.ts'
import type { Totals } from './map.ts'

const counts = {
  patents: z.number().int().openapi({ description: 'Enrolled patents, each once.' }),
  open: z.number().int().openapi({ description: 'Of them, open to research today.' }),
}

export const fieldLineExample = {
  field: 1,
  name: { ja: '電気機械、電気装置、電気エネルギー', en: 'Electrical machinery, apparatus, energy' },
  sector: { ja: '電気工学', en: 'Electrical engineering' },
  patents: 250,
  open: 96,
  holders: 31,
}

export const fieldLine = z
  .object({
    field: z.number().int(),
    name: bilingual,
    sector: bilingual,
    ...counts,
    holders: z.number().int().exactOptional().openapi({ description: 'Distinct holders, where they are counted.' }),
  })
  .openapi('FieldLine', { example: fieldLineExample })

const classLine = z.object({
  symbol: z.string().nullable().openapi({ description: 'null: of patents without a recorded class.' }),
  name: bilingual,
  ...counts,
})

export const fieldExample = {
  ...fieldLineExample,
  subclasses: [
    {
      symbol: 'H01M',
      name: { ja: 'H01M 電池・燃料電池', en: 'H01M Batteries and fuel cells' },
      patents: 240,
      open: 92,
    },
  ],
  groups: [{ symbol: 'H01M10', name: { ja: 'H01M10 二次電池', en: 'H01M10 Secondary cells' }, patents: 201, open: 80 }],
  asOf: '2026-11-21',
}

export const fieldAnswer = z
  .object({ ...fieldLine.shape, subclasses: z.array(classLine), groups: z.array(classLine), asOf: date })
  .openapi('Field', { example: fieldExample })

export function toFieldLine({ field, name, sector }: TechnologyField, totals: Totals | undefined) {
  const { patents = 0, open = 0, holders } = totals ?? { holders: 0 }
  return { field, name, sector, patents, open, ...(holders === undefined ? {} : { holders }) }
}
