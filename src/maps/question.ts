import { z } from '@hono/zod-openapi'
import { catalogue } from '../../policies/terms.ts'
import { legalStatus } from '../../policies/vocabulary.ts'
import type { Reader } from '../database.ts'
import { RegistryError } from '../errors.ts'
import { organisationKinds } from '../organisations/organisation.ts'
import { findOrganisation } from '../organisations/queries.ts'
import { type Dimension, dimensions } from '../patents/cells.ts'
import { levelOf } from '../patents/classification/titles.ts'
import { date } from '../shapes.ts'
import { counting, dimensionsMax, type MapFilter, type MapQuestion, topDefault, topMax } from './map.ts'

/** For patents without a value: no class, no filing date, not open under any terms. */
export const none = 'none'

/** A year, or a day: `2015` begins on 1 January as `filed_from` and ends on 31 December as `filed_to`. */
const yearOrDay = z.union([z.string().regex(/^[12]\d{3}$/), date])

/** The filters as an address carries them; every one narrows what is counted. */
export const filterQuery = z.object({
  field: z
    .string()
    .max(4)
    .refine((text) => text === none || (/^[1-9]\d?$/.test(text) && Number(text) <= 35), 'is 1 to 35, or none')
    .exactOptional()
    .openapi({
      description: 'WIPO technology field, 1 to 35, or `none`: no recorded class is in a field.',
      example: '1',
    }),
  ipc: z
    .string()
    .max(8)
    .refine((text) => text === none || levelOf(text) !== undefined, 'is a section, class, subclass or main group')
    .exactOptional()
    .openapi({
      description:
        'IPC section, class, subclass or main group, or `none`: no class is recorded. Only classes below it are shown.',
      example: 'H01M',
    }),
  holder: z.string().max(200).exactOptional().openapi({ description: 'Id or ROR id of an organisation.' }),
  kind: z.enum(organisationKinds).exactOptional().openapi({ description: 'Kind of the holder.' }),
  terms: z
    .string()
    .max(50)
    .refine(
      (text) => text === none || [...catalogue.keys()].some((id) => id === text),
      'is the id of published terms, or none',
    )
    .exactOptional()
    .openapi({ description: 'Open today under these terms; `none`: under none.', example: 'RPC-OPEN-1.0' }),
  status: legalStatus.exactOptional(),
  office: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .exactOptional()
    .openapi({ description: 'Office of the right, WIPO ST.3.', example: 'JP' }),
  open: z.enum(['true', 'false']).exactOptional().openapi({ description: 'Open to research today, or not.' }),
  filed_from: yearOrDay
    .exactOptional()
    .openapi({ description: 'Filed on or after: a year or a day.', example: '2015' }),
  filed_to: yearOrDay.exactOptional().openapi({ description: 'Filed on or before: a year or a day.' }),
})
export type FilterQuery = z.infer<typeof filterQuery>

export const mapQuery = filterQuery.extend({
  by: z
    .string()
    .max(60)
    .default('field,year')
    .openapi({
      description: `One or two of ${dimensions.join(', ')}, with a comma.`,
      example: 'field,year',
    }),
  count: counting.default('whole').openapi({
    description:
      '`whole`: a patent counts once in each of its fields, classes, holders. `fractional`: in each of k it counts 1/k, for several dimensions and filters the product.',
  }),
  top: z.coerce
    .number()
    .int()
    .min(1)
    .max(topMax)
    .default(topDefault)
    .openapi({ description: 'How many of the classes, subclasses, groups and holders are shown, most patents first.' }),
})
export type MapQuery = z.infer<typeof mapQuery>

/**
 * The question that an address asks.
 * @throws malformed with the list of dimensions, not_found for a holder that is not known
 */
export async function readQuestion(read: Reader, { by, count, top, ...filter }: MapQuery): Promise<MapQuestion> {
  return { by: readDimensions(by), count, top, filter: await readFilter(read, filter) }
}

/** @throws not_found for a holder that is not known */
export async function readFilter(read: Reader, query: FilterQuery): Promise<MapFilter> {
  const { holder, filed_from, filed_to, open, field, ipc, terms, kind, status, office } = query
  const organisation = holder === undefined ? undefined : await findOrganisation(read, holder)
  if (holder !== undefined && organisation === undefined)
    throw new RegistryError('not_found', 'There is no such organisation.', {
      faults: [{ pointer: '?holder', code: 'unknown_organisation', detail: 'Use the id or the ROR id.' }],
    })
  return {
    ...given('field', filterOf(field)),
    ...given('ipc', filterOf(ipc)),
    ...given('terms', filterOf(terms)),
    ...given('kind', kind),
    ...given('status', status),
    ...given('office', office),
    ...given('holder', organisation?.organisation.id),
    ...given('filedFrom', filed_from === undefined || filed_from.length > 4 ? filed_from : `${filed_from}-01-01`),
    ...given('filedTo', filed_to === undefined || filed_to.length > 4 ? filed_to : `${filed_to}-12-31`),
    ...(open === undefined ? {} : { open: open === 'true' }),
  }
}

/** @throws malformed with the list of dimensions */
export function readDimensions(by: string): Dimension[] {
  const asked = by.split(',').map((name) => name.trim())
  const known = asked.flatMap((name) => dimensions.filter((dimension) => dimension === name))
  if (known.length !== asked.length || asked.length > dimensionsMax || new Set(known).size !== known.length)
    throw new RegistryError('malformed', `by takes one or two different dimensions of: ${dimensions.join(', ')}.`, {
      faults: [{ pointer: '?by', code: 'unknown_dimension', detail: `One or two of ${dimensions.join(', ')}.` }],
      extra: { dimensions },
    })
  return known
}

function filterOf(text: string | undefined): string | undefined {
  return text === none ? '' : text
}

function given<Name extends keyof MapFilter>(name: Name, value: string | undefined): Partial<Record<Name, string>> {
  const members: Partial<Record<Name, string>> = {}
  if (value !== undefined) members[name] = value
  return members
}
