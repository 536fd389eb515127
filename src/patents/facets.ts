import { z } from '@hono/zod-openapi'

/** Of a list are these told apart and counted. */
export const facetNames = ['field', 'holder', 'year', 'terms', 'status', 'office', 'open'] as const
export type FacetName = (typeof facetNames)[number]

const facet = z.array(z.object({ value: z.string(), patents: z.number().int() }))

export const facets = z
  .object({
    patents: z.number().int().openapi({ description: 'How many pass; a lower bound where `more` is true.' }),
    more: z.boolean().openapi({ description: 'There are more than were counted: "1,000+".' }),
    field: facet,
    holder: facet,
    year: facet,
    terms: facet,
    status: facet,
    office: facet,
    open: facet,
  })
  .openapi('PatentFacets', {
    description:
      'The commonest values among the patents that pass, most first. Where `more` is true they are counted among the newest 1,000.',
    example: {
      patents: 1000,
      more: true,
      field: [{ value: '1', patents: 612 }],
      holder: [{ value: '01a200d7-78bc-75aa-ac65-12afe86dff74', patents: 88 }],
      year: [{ value: '2015', patents: 74 }],
      terms: [{ value: 'RPC-OPEN-1.0', patents: 40 }],
      status: [{ value: 'granted', patents: 801 }],
      office: [{ value: 'JP', patents: 655 }],
      open: [
        { value: 'false', patents: 960 },
        { value: 'true', patents: 40 },
      ],
    },
  })
export type Facets = z.infer<typeof facets>

/** As many values of each as a reader looks through. */
const valuesPerFacetMax = 20

export function countFacets(
  members: readonly { values: Readonly<Record<string, readonly string[]>>; open: boolean }[],
  more: boolean,
): Facets {
  const counts = new Map(facetNames.map((name) => [name, new Map<string, number>()]))
  for (const { values, open } of members)
    for (const [name, tally] of counts)
      for (const value of name === 'open' ? [String(open)] : (values[name] ?? []))
        if (value !== '') tally.set(value, (tally.get(value) ?? 0) + 1)
  const of = (name: FacetName) => strongestFirst([...(counts.get(name) ?? [])])
  return {
    patents: members.length,
    more,
    field: of('field'),
    holder: of('holder'),
    year: of('year').sort((a, b) => (a.value < b.value ? 1 : -1)),
    terms: of('terms'),
    status: of('status'),
    office: of('office'),
    open: of('open'),
  }
}

export function strongestFirst(counts: readonly (readonly [string, number])[]): { value: string; patents: number }[] {
  return counts
    .map(([value, patents]) => ({ value, patents }))
    .sort((a, b) => b.patents - a.patents || (a.value < b.value ? -1 : 1))
    .slice(0, valuesPerFacetMax)
}
