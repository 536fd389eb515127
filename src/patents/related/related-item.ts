import { z } from '@hono/zod-openapi'
import { bilingual, line, time } from '../../shapes.ts'

/** `seed`: a result that is not patented yet. `contact`: an office or a group to ask, never a private address. */
export const relatedKind = z.enum([
  'paper',
  'dataset',
  'software',
  'material',
  'video',
  'seed',
  'project',
  'contact',
  'other',
])
export type RelatedKind = z.infer<typeof relatedKind>

/** More would be a bibliography of its own: link to that. */
export const itemsPerRecordMax = 200

/** ISO 26324 prefix and suffix; resolvers and `doi:` in front are taken off, letters are compared in lower case. */
const doi = z
  .string()
  .max(300)
  .transform((written) =>
    written
      .trim()
      .replace(/^(?:https?:\/\/(?:dx\.)?doi\.org\/|doi:\s{0,3})/i, '')
      .toLowerCase(),
  )
  .pipe(z.string().regex(/^10\.\d{4,9}\/[^\s<>"]{1,250}$/, 'must be a DOI such as 10.1038/nmat3066'))
  .openapi({ example: '10.1038/nmat3066', description: 'With or without a resolver; kept in lower case.' })

const url = z
  .url({ protocol: /^https?$/ })
  .max(1000)
  .openapi({ example: 'https://www.example.org/data/lgps' })

const text = z
  .object({ ja: line(300).exactOptional(), en: line(300).exactOptional() })
  .strict()
  .refine(({ ja, en }) => ja !== undefined || en !== undefined, { message: 'a text in ja or en is needed' })

export const relatedInput = z
  .object({
    kind: relatedKind,
    title: text,
    note: text
      .exactOptional()
      .openapi({ description: 'One line: how it goes with the patent, or whom to ask for it.' }),
    doi: doi.exactOptional(),
    url: url.exactOptional(),
  })
  .strict()
  .refine((item) => item.doi !== undefined || item.url !== undefined || item.kind === 'seed', {
    message: 'a doi or a url is needed',
    path: ['doi'],
  })
  .openapi('RelatedItemInput', {
    example: {
      kind: 'paper',
      title: { en: 'A lithium superionic conductor' },
      doi: '10.1038/nmat3066',
    },
  })
export type RelatedInput = z.infer<typeof relatedInput>

export const relatedExample = {
  id: '01a200d7-7b41-7291-8f55-0a52e1f3d8aa',
  kind: 'paper',
  title: { en: 'A lithium superionic conductor' },
  doi: '10.1038/nmat3066',
  address: 'https://doi.org/10.1038/nmat3066',
  by: { id: '01a200d7-7946-7101-bf95-f67a303e1c8f', name: { ja: '京都大学', en: 'Kyoto University' } },
  addedAt: '2026-11-20T02:30:00.000Z',
} as const

export const relatedItem = z
  .object({
    id: z.uuid(),
    kind: relatedKind,
    title: z.object({ ja: z.string().exactOptional(), en: z.string().exactOptional() }),
    note: z.object({ ja: z.string().exactOptional(), en: z.string().exactOptional() }).exactOptional(),
    doi: z.string().exactOptional(),
    url: z.string().exactOptional(),
    address: z.string().exactOptional().openapi({ description: 'Where to go: the DOI at its resolver, else the url.' }),
    by: z.object({ id: z.string(), name: bilingual }).exactOptional().openapi({
      description: 'The organisation that added it; absent: the stewards.',
    }),
    addedAt: time,
  })
  .openapi('RelatedItem', { example: relatedExample })
export type RelatedItem = z.infer<typeof relatedItem>

export function addressOf({ doi, url }: Pick<RelatedInput, 'doi' | 'url'>): string | undefined {
  if (doi === undefined) return url
  const [prefix = '', ...suffix] = doi.split('/')
  return `https://doi.org/${prefix}/${encodeURIComponent(suffix.join('/')).replaceAll('%2F', '/')}`
}
