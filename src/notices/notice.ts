import { z } from '@hono/zod-openapi'
import { bilingual, time } from '../shapes.ts'

/** What a notice can be about. The list only grows. */
export const noticeKinds = [
  'inventorship_claimed',
  'inventorship_decided',
  'affiliation_asserted',
  'affiliation_decided',
  'inventor_moved',
  'grant_awaits_approval',
  'grant_decided',
  'grant_issued',
  'grant_revoked',
  'consent_asked',
  'consent_answered',
  'consent_reminder',
  'consent_overdue',
  'patents_expiring',
  'patent_assigned',
  'declaration_in_force',
  'declaration_withdrawn',
  'mandate_given',
  'mandate_ended',
  'enquiry',
  'enquiry_received',
  'enquiry_answered',
  'results_reported',
  'webhook_test',
] as const
export const noticeKind = z.enum(noticeKinds)
export type NoticeKind = z.infer<typeof noticeKind>

/** Ids and public facts, by names that depend on the kind. */
export const noticeBody = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]))
export type NoticeBody = z.infer<typeof noticeBody>

export const noticeExample = {
  id: '0198c0de-0000-7000-8000-00000000000a',
  kind: 'consent_asked',
  to: { organisation: '0198c0de-0000-7000-8000-000000000001' },
  subject: '0198c0de-0000-7000-8000-00000000000b',
  text: {
    ja: '共有特許の開放について、同意するかどうかの回答が求められています。',
    en: 'You are asked to consent to opening patents that you co-own.',
  },
  body: { terms: 'RPC-ACADEMIC-1.0', patents: 2 },
  createdAt: '2026-11-21T09:00:00.000Z',
}

/** A notice as those it is meant for read it. */
export const noticeShown = z
  .object({
    id: z.uuid(),
    kind: noticeKind,
    to: z.object({ organisation: z.string() }).or(z.object({ person: z.string() })),
    subject: z.string().openapi({ description: 'Id of the record that it is about.' }),
    text: bilingual,
    body: noticeBody.openapi({ description: 'Ids and facts; what is in it depends on the kind.' }),
    createdAt: time,
    readAt: time.exactOptional(),
  })
  .openapi('Notice', { example: noticeExample })
export type NoticeShown = z.infer<typeof noticeShown>
