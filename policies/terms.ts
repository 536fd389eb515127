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
const termsTags = z.strictObject({
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

const clause = text.extend({ id: clauseId, heading: text.optional() })
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
  'RPC-ACADEMIC-1.0': '5165a6e52dd960ccdce8ba00511e1746e064672232957cc97db004435173b144',
  'RPC-OPEN-1.0': 'd3547b73bf9d84e62c0f29ddca8040dbb780d2cee88edf69ba0b6982ecfac411',
  'RPC-RECIPROCAL-1.0': 'a79e06f1302313cc44fccacdb7072cdb338840b4dee9477d2ad8d9c71c7109d9',
  'RPC-INVENTOR-1.0': '69ad1732235356e59cd05f602776631d65d891bee7e9a6fcdcbd4cb935a77081',
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
