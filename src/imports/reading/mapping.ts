import { z } from 'zod'

/** What a column can hold. Several columns may hold the same: 出願人 and 共同出願人 are both holders. */
export const mappedField = z.enum([
  'ignore',
  'number',
  'application_number',
  'publication_number',
  'grant_number',
  'title',
  'title_ja',
  'title_en',
  'holders',
  'inventors',
  'ipc',
  'cpc',
  'fi',
  'priority_on',
  'filed_on',
  'published_on',
  'granted_on',
  'expires_on',
  'status',
  'status_on',
  'office',
  'family',
  'reference',
])
export type MappedField = z.infer<typeof mappedField>

/** Which column of an office's own table holds what. Confirmed once by a person, kept by the organisation. */
export const mapping = z
  .object({
    /** In the order of the columns; `header` is what the profile is found again by. */
    columns: z
      .array(z.object({ header: z.string().max(200), field: mappedField }).strict())
      .min(1)
      .max(500),
    /** WIPO ST.3 office of numbers that do not name one. */
    office: z
      .string()
      .regex(/^[A-Z]{2}$/)
      .exactOptional(),
    /** Between several owners, inventors or numbers in one cell; a line break always separates. Default: `;`, `；`, `、` and `,`. */
    separator: z.string().min(1).max(3).exactOptional(),
    /** Order of dates like 03/04/2021 that do not begin with the year. Default `mdy` for none: they are refused. */
    dateOrder: z.enum(['mdy', 'dmy']).exactOptional(),
  })
  .strict()
export type Mapping = z.infer<typeof mapping>
