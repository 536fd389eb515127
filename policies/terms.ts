import { z } from 'zod'
import academic from './published/rpc-academic-1.0.json' with { type: 'json' }
import inventor from './published/rpc-inventor-1.0.json' with { type: 'json' }
import open from './published/rpc-open-1.0.json' with { type: 'json' }
import reciprocal from './published/rpc-reciprocal-1.0.json' with { type: 'json' }
import {
  act,
  beneficiary,
  mode,
  purpose,
  reciprocity,
  reportDuty,
  researchStageTest,
  revocationReason,
  rule,
} from './vocabulary.ts'

const text = z.strictObject({ ja: z.string().min(1), en: z.string().min(1) })
const date = z.iso.date()
const clauseId = z.string().regex(/^[1-9][0-9]?\.[1-9][0-9]?$/)
const ruled = z.strictObject({ rule, clause: clauseId })
const tag = <Value extends z.ZodType>(value: Value) => z.strictObject({ value, clause: clauseId })
const days = z.int().positive()

/** The identifiers published so far. A version is named for ever: `RPC-<variant>-<major>.<minor>`. */
export const termsId = z.enum(['RPC-ACADEMIC-1.0', 'RPC-OPEN-1.0', 'RPC-RECIPROCAL-1.0', 'RPC-INVENTOR-1.0'])
export type TermsId = z.infer<typeof termsId>

/** The machine part. Each tag names the clause it rests on; the clause prevails. */
export const termsTags = z.strictObject({
  beneficiaries: z.record(beneficiary, ruled),
  /** `grant` is null where the purpose is not allowed: there is nothing to grant. */
  purposes: z.record(purpose, ruled.extend({ grant: z.enum(['required', 'recommended']).nullable() })),
  modes: z.record(mode, ruled),
  acts: z.record(act, ruled),
  researchStage: tag(z.array(researchStageTest)),
  inventorOnly: tag(z.boolean()),
  reciprocity: tag(reciprocity),
  suspendedWhileAsserting: tag(z.boolean()),
  whileHolderSuspended: tag(z.literal('no_new_use')),
  /** Months in all from the start of the first grant; null where the terms set none. */
  evaluationMonthsMax: tag(z.int().positive().nullable()),
  territory: tag(z.literal('wherever_in_force')),
  price: tag(z.literal('free')),
  sublicensing: tag(z.literal('none')),
  transfer: tag(z.literal('named_partners')),
  resultsOwnership: tag(z.literal('user')),
  grantBack: tag(z.literal('none')),
  reachThrough: tag(z.literal('none')),
  publication: tag(z.literal('free')),
  /** With the places `{holder}` and `{patents}` to fill in. */
  attribution: tag(text),
  report: tag(reportDuty),
  grantLifetimeDaysMax: tag(days),
  /** Days after the end of the permission in which begun work may be finished. */
  tailDays: tag(days),
  /** Days from the publication of a withdrawal until new grants stop. */
  noticePeriodDays: tag(days),
  withdrawalEffect: tag(z.literal('existing_grants_survive')),
  revocationReasons: tag(z.array(revocationReason)),
  coOwners: tag(z.literal('all_must_consent')),
  laterOwners: tag(z.literal('bound')),
  warranty: tag(z.literal('right_to_open_only')),
  liability: tag(z.literal('excluded')),
  /** ISO 3166-1 alpha-2. */
  governingLaw: tag(z.string().length(2)),
  prevailingLanguage: tag(z.enum(['ja', 'en'])),
  inventorMoves: tag(z.enum(['grant_follows_inventor', 'inventor_terms_also_apply'])),
})
export type TermsTags = z.infer<typeof termsTags>

export const clause = text.extend({ id: clauseId, heading: text.optional() })
export type Clause = z.infer<typeof clause>

/** One published version, as its file in `published/` has it. */
export const termsDocument = z.strictObject({
  id: termsId,
  title: text,
  publishedOn: date,
  prevailingLanguage: z.enum(['ja', 'en']),
  supersedes: termsId.nullable(),
  tags: termsTags,
  clauses: z.array(clause).min(1),
})
export type TermsDocument = z.infer<typeof termsDocument>

/** A published version with its fingerprint. */
export type Terms = TermsDocument & { readonly sha256: string }

/** SHA-256 (hex) of the RFC 8785 form of each published file. A line here is added, never changed. */
export const pinnedFingerprints = {
  'RPC-ACADEMIC-1.0': '9c3be82f3b1f7c7e46cbc4d6b8632393c94a2c50ef4c420090d7927cb3200756',
  'RPC-OPEN-1.0': 'e780383abaec6d70d751bb3b2437bd58468826dd3b39c3786460dfc63e356085',
  'RPC-RECIPROCAL-1.0': 'aa94e4b9df798d929a3071a08966939c73b0d550340c5fe0caac47e5ad05b806',
  'RPC-INVENTOR-1.0': 'adf4afe9ac04b80088fa3e2a1a90a791b74397ef4c4d56a097f04d703071d506',
} as const satisfies Readonly<Record<TermsId, string>>

/** Every version ever published, by id, parsed when the module loads. */
export const catalogue: ReadonlyMap<string, Terms> = new Map(
  [academic, open, reciprocal, inventor].map((published) => {
    const document = termsDocument.parse(published)
    return [document.id, { ...document, sha256: pinnedFingerprints[document.id] }]
  }),
)

export function findTerms(id: string): Terms | undefined {
  return catalogue.get(id)
}

export function findClause(terms: TermsDocument, id: string): Clause | undefined {
  return terms.clauses.find((candidate) => candidate.id === id)
}

/** How a clause is cited in one string: `RPC-OPEN-1.0 §3.2`. */
export function citation(id: string, clauseId: string): string {
  return `${id} §${clauseId}`
}

/** How a clause is read aloud: 第3条2項, §3.2. */
export function clauseName(clauseId: string): { ja: string; en: string } {
  const [article, item] = clauseId.split('.')
  return { ja: `第${article}条${item}項`, en: `§${clauseId}` }
}
