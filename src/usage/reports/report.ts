import { z } from '@hono/zod-openapi'
import { numbersPerCallMax } from '../../limits.ts'
import { numberInputCharactersMax } from '../../patents/numbers/parse.ts'
import { relatedInput } from '../../patents/related/related-item.ts'
import { date, time } from '../../shapes.ts'

/** More than come of one grant; a bibliography is kept elsewhere. */
export const reportsPerGrantMax = 200

export const reportKind = z.enum(['paper', 'dataset', 'other'])
export type ReportKind = z.infer<typeof reportKind>

export const reportInput = z
  .object({
    kind: reportKind,
    title: relatedInput.shape.title,
    doi: relatedInput.shape.doi,
    url: relatedInput.shape.url,
    on: date.openapi({ description: 'The day of publication, or to which the outline reaches; not later than today.' }),
    numbers: z.array(z.string().max(numberInputCharactersMax)).min(1).max(numbersPerCallMax).exactOptional().openapi({
      description: 'Which of the covered patents it is about. Default: all.',
    }),
    public: z.boolean().default(false).openapi({
      description: 'Show it on these patents, for everyone. Needs a DOI. Default: for their holders alone.',
    }),
  })
  .strict()
  .refine((input) => !input.public || input.doi !== undefined, {
    message: 'what is shown to everyone needs a DOI',
    path: ['doi'],
  })
  .openapi('ResultReportInput', {
    example: {
      kind: 'paper',
      title: { en: 'Ion transport in sulfide glasses' },
      doi: '10.1038/nmat3066',
      on: '2026-11-20',
      public: true,
    },
  })
export type ReportInput = z.infer<typeof reportInput>

export const reportExample = {
  id: '01a200d7-7c00-7291-8f55-0a52e1f3d8aa',
  kind: 'paper',
  title: { en: 'Ion transport in sulfide glasses' },
  doi: '10.1038/nmat3066',
  address: 'https://doi.org/10.1038/nmat3066',
  on: '2026-11-20',
  numbers: ['JP-5985120-B1'],
  public: true,
  reportedAt: '2026-11-21T09:00:00.000Z',
} as const

/** What came of a grant. Whose it is, and which, is not in it. */
export const report = z
  .object({
    id: z.uuid(),
    kind: reportKind,
    title: z.object({ ja: z.string().exactOptional(), en: z.string().exactOptional() }),
    doi: z.string().exactOptional(),
    url: z.string().exactOptional(),
    address: z.string().exactOptional().openapi({ description: 'Where to go: the DOI at its resolver, else the url.' }),
    on: date,
    numbers: z.array(z.string()).openapi({ description: 'The patents that it is about.' }),
    public: z.boolean(),
    reportedAt: time,
  })
  .openapi('ResultReport', { example: { ...reportExample, numbers: [...reportExample.numbers] } })
export type Report = z.infer<typeof report>
