import { z } from 'zod'
import first from './participation-1.0.json' with { type: 'json' }

const text = z.strictObject({ ja: z.string().min(1), en: z.string().min(1) })

/** The versions of the participation agreement. A version is named for ever. */
const agreementId = z.enum(['PARTICIPATION-1.0'])

/** One published version, as its file has it. What is said of published terms in the README holds for it too. */
export const agreementDocument = z.strictObject({
  id: agreementId,
  title: text,
  publishedOn: z.iso.date(),
  prevailingLanguage: z.enum(['ja', 'en']),
  supersedes: agreementId.nullable(),
  /** The terms that participants grant their own former inventors for enrolled patents (clause 3.1). */
  inventorTerms: z.literal('RPC-INVENTOR-1.0'),
  /** What a holder's silence on an inventor's claim counts as (clause 3.2). */
  inventorClaimSilence: z.enum(['no', 'yes']),
  clauses: z
    .array(text.extend({ id: z.string().regex(/^[1-9][0-9]?\.[1-9][0-9]?$/), heading: text.optional() }))
    .min(1),
})
export type AgreementDocument = z.infer<typeof agreementDocument>

/** A published version with its fingerprint. */
export type Agreement = AgreementDocument & { readonly sha256: string }

/** SHA-256 (hex) of the RFC 8785 form of each published file. A line here is added, never changed. */
export const pinnedAgreements = {
  'PARTICIPATION-1.0': '980cf9debdf699221a31c7e7a7707e4ec8a647d2e690ff54c975dafaa65bdedb',
} as const satisfies Readonly<Record<z.infer<typeof agreementId>, string>>

/** The version that is accepted today. */
export const currentAgreement: Agreement = published(first)

/** Every version ever published, by id. */
export const agreements: ReadonlyMap<string, Agreement> = new Map([[currentAgreement.id, currentAgreement]])

function published(file: unknown): Agreement {
  const document = agreementDocument.parse(file)
  return { ...document, sha256: pinnedAgreements[document.id] }
}
