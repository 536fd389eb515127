import { z } from '@hono/zod-openapi'
import { type Bilingual, line, time } from '../../shapes.ts'

/** Two months: an answer of a company's committee takes one. */
export const consentLinkDays = 60
/** More in one day is no work on consents: the limit keeps the registry from being used to send mails to strangers. */
export const consentLinksPerDayMax = 200

export const consentLinkInput = z
  .strictObject({
    organisation: z.string().min(1).max(200).openapi({ description: 'Id or ROR id of the co-owner that is asked.' }),
    email: z.email().max(254).exactOptional().openapi({
      description: 'The registry sends the link there, once, where it is set up to send mail; it keeps no address.',
    }),
  })
  .openapi('ConsentLinkInput', {
    example: { organisation: '01a200d7-78fe-73ea-b3b2-6f43e1d9bb65', email: 'chizai@example.co.jp' },
  })
export type ConsentLinkInput = z.infer<typeof consentLinkInput>

export const consentLinkExample = {
  id: '01a200d7-9e10-7c65-a6a1-2f0d34a1cf3a',
  declaration: '01a200d7-7a0d-706f-8065-3107c76f0bbf',
  organisation: '01a200d7-78fe-73ea-b3b2-6f43e1d9bb65',
  state: 'open' as const,
  madeAt: '2026-11-21T09:00:00.000Z',
  expiresAt: '2027-01-20T09:00:00.000Z',
}

export const consentLink = z
  .object({
    id: z.uuid(),
    declaration: z.string(),
    organisation: z.string(),
    state: z.enum(['open', 'used', 'revoked', 'expired']),
    madeAt: time,
    expiresAt: time,
    mail: z.enum(['queued', 'sent', 'failed', 'not_configured']).exactOptional(),
  })
  .openapi('ConsentLink', { example: consentLinkExample })
export type ConsentLink = z.infer<typeof consentLink>

export const newConsentLink = consentLink
  .extend({ url: z.string().openapi({ description: 'The link, shown this once. Only a hash of it is kept.' }) })
  .openapi('NewConsentLink', { example: { ...consentLinkExample, url: 'https://registry.example/consent/4Kc…' } })
export type NewConsentLink = z.infer<typeof newConsentLink>

/** What the named officer says behind a link. */
export const linkAnswer = z.strictObject({
  answer: z.enum(['given', 'refused']),
  reason: line(500).exactOptional(),
  name: line(200),
  post: line(200),
  email: z.email().max(254),
  authority: z.literal('yes'),
})
export type LinkAnswer = z.infer<typeof linkAnswer>

/** Recorded with the answer just as they were shown. */
export const linkStatements: Readonly<Record<'meaning' | 'authority', Bilingual>> = {
  meaning: {
    ja: '同意すると、共有者全員の同意がそろった日から、上の特許を上の利用条件に従う研究に無償で使えるようになります。宣言が撤回されても、それまでに発行された許諾証はそれぞれの期限まで有効です。同意しないときは、この宣言は効力を生じません。回答と理由は公開の記録に載ります。お名前、役職、メールアドレスは公開しません。',
    en: 'If you consent, the patents above may be used free of charge for research under the terms above, from the day on which every co-owner has consented. Should the declaration be withdrawn, grants issued until then stay valid until their own end. If you refuse, the declaration does not come into force. The answer and its reason are on public record; your name, post and e-mail address are not.',
  },
  authority: {
    ja: '私は、この回答をする権限を、上の機関から与えられています。',
    en: 'I have the authority of the organisation above to give this answer.',
  },
}

export function linkStateOf(
  { usedAt, revokedAt, expiresAt }: { usedAt: string | null; revokedAt: string | null; expiresAt: string },
  now: Date,
): ConsentLink['state'] {
  if (usedAt !== null) return 'used'
  if (revokedAt !== null) return 'revoked'
  return expiresAt > now.toISOString() ? 'open' : 'expired'
}
