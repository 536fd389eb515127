import { z } from '@hono/zod-openapi'
import { hasLoneSurrogate } from '../../log/encoding.ts'
import { actedByShown } from '../../mandates/mandate.ts'
import { bilingual, line, time } from '../../shapes.ts'

/** Enquiries of one asker that wait for an answer: more is a mailing. */
export const openEnquiriesMax = 20
/** Sent by one asker within a day, withdrawn ones counted. */
export const enquiriesPerDayMax = 20
/** Two pages; what is longer follows once the two are in touch. */
const messageCharactersMax = 4000
const contactCharactersMax = 300

export const enquirySubjects = ['beyond_terms', 'licence', 'joint_research', 'opening'] as const
export const enquirySubject = z.enum(enquirySubjects)
export type EnquirySubject = z.infer<typeof enquirySubject>

export const enquiryState = z.enum(['open', 'answered', 'declined', 'withdrawn'])
export type EnquiryState = z.infer<typeof enquiryState>

/** Several lines as a person writes them: trimmed, well-formed, no control characters but tabs and ends of lines. */
const message = z
  .string()
  .max(messageCharactersMax)
  .transform((text) => text.replaceAll(/\r\n?/g, '\n').trim())
  .pipe(z.string().min(1))
  .refine((text) => !hasLoneSurrogate(text) && !control.test(text), {
    message: 'must be well-formed text without control characters',
  })
const control = /[^\t\n\u{20}-\u{7e}\u{a0}-\u{10ffff}]/u

const contact = line(contactCharactersMax)

export const enquiryInput = z
  .object({
    subject: enquirySubject,
    message,
    holder: z.string().max(200).exactOptional().openapi({
      description: 'Id or ROR id of the holder that is asked. Needed where several of them take part.',
    }),
    contact: contact.exactOptional().openapi({
      description: 'How to reach you. The holder sees it once it has answered with its own; left out: never.',
    }),
  })
  .strict()
  .openapi('EnquiryInput', {
    example: {
      subject: 'licence',
      message: 'We would like to use the electrolyte in a pilot line from next year. Is a licence possible?',
      contact: 'licensing@example.com',
    },
  })
export type EnquiryInput = z.infer<typeof enquiryInput>

export const enquiryAnswer = z
  .object({
    decision: z.enum(['answered', 'declined']),
    text: message,
    contact: contact.exactOptional().openapi({
      description: 'How to reach you. The asker sees it if they have given theirs, which you see then too.',
    }),
  })
  .strict()
  .openapi('EnquiryAnswer', {
    example: { decision: 'answered', text: 'Yes, let us talk.', contact: 'ip@example.ac.jp' },
  })
export type EnquiryAnswer = z.infer<typeof enquiryAnswer>

const party = z.object({ id: z.string(), name: bilingual })

export const enquiryExample = {
  id: '01a200d7-7d00-7291-8f55-0a52e1f3d8aa',
  side: 'received',
  patent: {
    number: 'JP-5985120-B1',
    title: { ja: 'リチウムイオン電池用硫化物系固体電解質及び固体電解質化合物' },
  },
  holder: { id: '01a200d7-78bc-75aa-ac65-12afe86dff74', name: { ja: '見本大学', en: 'Sample University' } },
  asker: {
    name: 'Hanako Iriai',
    organisation: { id: '01a200d7-7946-7101-bf95-f67a303e1c8f', name: { ja: '見本電池', en: 'Sample Battery' } },
  },
  subject: 'licence',
  message: 'We would like to use the electrolyte in a pilot line from next year. Is a licence possible?',
  state: 'answered',
  askedAt: '2026-11-20T09:00:00.000Z',
  answer: { text: 'Yes, let us talk.', at: '2026-11-21T09:00:00.000Z' },
  contacts: { asker: 'licensing@example.com', holder: 'ip@example.ac.jp' },
} as const

export const enquiryShown = z
  .object({
    id: z.uuid(),
    side: z.enum(['sent', 'received']).openapi({ description: 'As the asker sees it, or the holder.' }),
    patent: z.object({
      number: z.string(),
      title: z.object({ ja: z.string().exactOptional(), en: z.string().exactOptional() }),
    }),
    holder: party.openapi({ description: 'The one holder that is asked; the others do not learn of it.' }),
    asker: z
      .object({
        name: z.string().exactOptional(),
        orcid: z.string().exactOptional(),
        organisation: party.exactOptional(),
      })
      .exactOptional()
      .openapi({ description: 'Absent for the holder once the enquiry is withdrawn.' }),
    subject: enquirySubject,
    message: z.string().exactOptional().openapi({ description: 'Absent for the holder once it is withdrawn.' }),
    state: enquiryState,
    askedAt: time,
    answer: z.object({ text: z.string(), at: time, actedBy: actedByShown.exactOptional() }).exactOptional(),
    contacts: z
      .object({ asker: z.string(), holder: z.string() })
      .exactOptional()
      .openapi({ description: 'There once both have given theirs.' }),
  })
  .openapi('PatentEnquiry', { example: enquiryExample })
export type EnquiryShown = z.infer<typeof enquiryShown>

/** Who asks: a person for oneself, an officer for the organisation, or the organisation’s machine client. */
export type Asker = { personId: string | null; organisationId: string | null }

export type EnquiryRecord = {
  id: string
  patentId: string
  holderId: string
  personId: string | null
  organisationId: string | null
  subject: EnquirySubject
  message: string
  contact: string | null
  state: EnquiryState
  askedAt: string
  answer: string | null
  answerContact: string | null
  answeredBy: string | null
  answeredAt: string | null
  mandateId: string | null
  version: number
}
