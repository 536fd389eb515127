import { technologyFields } from '../../patents/classification/fields.ts'
import type { Bilingual } from '../../shapes.ts'

/** Patents with something in common, as harvesters select them. `spec` is the setSpec. */
export type OaiSet =
  | { spec: string; by: 'open' }
  | { spec: string; by: 'field'; field: number | undefined }
  | { spec: string; by: 'holder'; holder: string | undefined }

/** undefined when there can be no such set. */
export function readSet(spec: string): OaiSet | undefined {
  if (spec === 'open') return { spec, by: 'open' }
  if (spec === 'field') return { spec, by: 'field', field: undefined }
  if (spec === 'holder') return { spec, by: 'holder', holder: undefined }
  const field = technologyFields.find((one) => spec === `field:${one.field}`)
  if (field) return { spec, by: 'field', field: field.field }
  const [, holder] = /^holder:([0-9a-f-]{36})$/.exec(spec) ?? []
  return holder === undefined ? undefined : { spec, by: 'holder', holder }
}

/** The sets that are always there; those of the holders come behind. */
export const fixedSets: readonly { spec: string; name: Bilingual }[] = [
  { spec: 'open', name: { ja: '開放中の特許', en: 'Patents open today' } },
  { spec: 'field', name: { ja: '技術分野のある特許', en: 'Patents with a technology field' } },
  ...technologyFields.map(({ field, name }) => ({ spec: `field:${field}`, name })),
  { spec: 'holder', name: { ja: '権利者のある特許', en: 'Patents with a holder' } },
]
