import { z } from '@hono/zod-openapi'
import { type ChangeKind, changeKinds } from '../../log/changes.ts'
import { bilingual, time } from '../../shapes.ts'

export const changeKind = z.enum(changeKinds)

export const subjectTypes = [
  'organisation',
  'terms',
  'key',
  'patent',
  'declaration',
  'grant',
  'report',
  'area',
] as const
export type SubjectType = (typeof subjectTypes)[number]

/** What a change of each kind is about. */
export const subjectTypeOf: Readonly<Record<ChangeKind, SubjectType>> = {
  organisation_named: 'organisation',
  organisation_approved: 'organisation',
  organisation_suspended: 'organisation',
  organisation_left: 'organisation',
  organisation_changed: 'organisation',
  terms_published: 'terms',
  key_published: 'key',
  patent_enrolled: 'patent',
  patent_changed: 'patent',
  patent_status_changed: 'patent',
  patent_assigned: 'patent',
  declared: 'declaration',
  consented: 'declaration',
  consent_refused: 'declaration',
  declaration_in_force: 'declaration',
  declaration_withdrawn: 'declaration',
  granted: 'grant',
  grant_revoked: 'grant',
  grant_suspended: 'grant',
  grant_reinstated: 'grant',
  grant_superseded: 'grant',
  results_reported: 'report',
  area_published: 'area',
  area_changed: 'area',
}

export const changeExample = {
  sequence: 42,
  at: '2026-11-06T01:00:00.000Z',
  kind: 'declaration_in_force',
  title: {
    ja: '開放宣言の発効：三井金属鉱業株式会社、RPC-OPEN-1.0（特許1件）',
    en: 'Declaration in force: Mitsui Mining & Smelting Co., Ltd., RPC-OPEN-1.0 (1 patent)',
  },
  subject: {
    type: 'declaration',
    id: '01a200d7-7a08-71f6-a020-59b78103cab9',
    url: 'https://registry.example/v1/declarations/01a200d7-7a08-71f6-a020-59b78103cab9',
  },
  holders: ['01a200d7-78bc-75aa-ac65-12afe86dff74'],
  terms: 'RPC-OPEN-1.0',
  patents: 1,
  log: 9,
}

/** One public change. It names what it is about; the record itself, as it is now, is at `subject.url`. */
export const change = z
  .object({
    sequence: z.number().int().openapi({ description: 'Grows by the order in which changes went in; from 1, no gap.' }),
    at: time,
    kind: changeKind,
    title: bilingual.openapi({ description: 'What happened, in words.' }),
    subject: z.object({
      type: z.enum(subjectTypes),
      id: z.string(),
      url: z.url().exactOptional(),
      number: z
        .string()
        .exactOptional()
        .openapi({ description: 'Of a patent, or the short one of a grant; of an area its slug.' }),
      name: z
        .object({ ja: z.string().exactOptional(), en: z.string().exactOptional() })
        .exactOptional()
        .openapi({ description: 'Title of a patent or area, name of an organisation, as it is now.' }),
    }),
    holders: z.array(z.string()).openapi({
      description: 'Ids of the holders concerned, as they are now. Of grants, holders of what is covered.',
    }),
    terms: z.string().exactOptional(),
    patents: z.number().int().exactOptional().openapi({ description: 'How many a declaration or grant is about.' }),
    log: z.number().int().exactOptional().openapi({ description: 'Entry of the public log, of a legal act.' }),
  })
  .openapi('Change', { example: changeExample })
export type Change = z.infer<typeof change>
