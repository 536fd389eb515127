import { z } from 'zod'
import type { GrantNeeded, LegalStatus, Text, VerdictValue } from './vocabulary.ts'

/** One code for each thing a step can find, in the order of the steps. Codes are API: they are added, never renamed. */
export const reasonCode = z.enum([
  // 1 the number
  'number_unrecognised',
  'number_ambiguous',
  // 2 the patent
  'patent_not_enrolled',
  // 3 the right, in that country, on that day
  'date_unreadable',
  'country_unknown',
  'right_in_force',
  'right_pending',
  'right_status_unknown',
  'international_application_pending',
  'estimated_term_passed',
  'records_disagree',
  'right_ended',
  'right_elsewhere',
  'family_to_check',
  // 4 the holder's authority
  'holder_unknown',
  'exclusive_licence',
  'exclusive_licence_reserves_research',
  'consent_missing',
  'holder_may_open',
  // 5 the declaration
  'not_declared',
  'declaration_not_yet_in_force',
  'declaration_withdrawn',
  'declaration_ended',
  'terms_unknown',
  'terms_fingerprint_differs',
  'declared_open',
  // 6 who
  'beneficiary_allowed',
  'beneficiary_ask',
  'beneficiary_denied',
  'beneficiary_missing',
  'inventor_confirmed',
  'inventor_missing',
  'inventor_only',
  // 7 what for, and how
  'purpose_allowed',
  'purpose_ask',
  'purpose_denied',
  'purpose_missing',
  'mode_allowed',
  'mode_ask',
  'mode_denied',
  'mode_missing',
  // 8 where
  'territory_covered',
  // 9 reciprocity and suspension
  'reciprocity_met',
  'reciprocity_unmet',
  'reciprocity_missing',
  'assertion_none',
  'assertion_made',
  'assertion_missing',
  'holder_suspended',
  // 10 duties
  'duties_apply',
])
export type ReasonCode = z.infer<typeof reasonCode>

export type Reason = {
  code: ReasonCode
  /** `RPC-OPEN-1.0 §3.2` */
  clause?: string
  text: Text
}

export const conditionCode = z.enum([
  'research_stage',
  'grant_required',
  'evaluation_period',
  'named_partners_only',
  'no_sublicence',
  'attribution',
  'report_on_publication',
  'report_yearly',
  'withdrawal_announced',
])
export type ConditionCode = z.infer<typeof conditionCode>
export type Condition = { code: ConditionCode; clause: string; text: Text }

/** What to do next. Every verdict has exactly one. */
export const nextCode = z.enum([
  'request_grant',
  'begin',
  'keep_record',
  'check_family',
  'check_register',
  'complete_question',
  'ask_holder',
  'ask_co_owner',
  'ask_holder_to_open',
  'ask_for_licence',
  'open_a_patent',
  'end_assertion',
  'ask_steward',
  'correct_number',
  'choose_candidate',
])
type NextCode = z.infer<typeof nextCode>
export type Next = { code: NextCode; text: Text }

export type Verdict = {
  verdict: VerdictValue
  /** `no` unless the verdict is `allowed`: a grant covers allowed patents only. */
  grantNeeded: GrantNeeded
  /** The answer as one or two sentences to show first. */
  sentence: Text
  termsId?: string
  termsSha256?: string
  declarationId?: string
  /** The clause that decides. */
  clause?: string
  conditions: readonly Condition[]
  /** Each step that was taken, in order. */
  reasons: readonly Reason[]
  legalStatus: { value: LegalStatus; source?: string; seenOn?: string; on?: string }
  next: Next
}

/**
 * From worst to best. A recorded no comes first, for nothing short of another contract mends it; then a recorded need
 * to ask. The next two are no answer at all: a line that cannot be read comes before a patent that is not here, since
 * it may still hide either of the former. Allowed is behind them as it binds the user to conditions; not needed does not.
 */
export const verdictsFromWorst = [
  'not_allowed',
  'ask',
  'unrecognised',
  'not_enrolled',
  'allowed',
  'not_needed',
] as const satisfies readonly VerdictValue[]

/** The worst of several verdicts. Of none at all nothing can be said: `unrecognised`. */
export function worst(verdicts: Iterable<{ readonly verdict: VerdictValue }>): VerdictValue {
  const seen = new Set<VerdictValue>()
  for (const { verdict } of verdicts) seen.add(verdict)
  return verdictsFromWorst.find((value) => seen.has(value)) ?? 'unrecognised'
}

/** Step 1: the number does not read as one number. */
export const unrecognised: Verdict = unanswered(
  'unrecognised',
  'number_unrecognised',
  { ja: '特許番号として読み取れませんでした。', en: 'This could not be read as a patent number.' },
  'correct_number',
  {
    ja: '国コード、番号、種別を確かめてください（例: JP-4567890-B2、特許第4567890号）。',
    en: 'Check the country code, the number and the kind code, for example JP-4567890-B2.',
  },
)

/** Step 1: the number may mean more than one document. The candidates go beside the verdict. */
export const ambiguous: Verdict = unanswered(
  'unrecognised',
  'number_ambiguous',
  { ja: 'この番号は、複数の文献を指す可能性があります。', en: 'This number may mean more than one document.' },
  'choose_candidate',
  { ja: '候補から一つを選んで、もう一度照会してください。', en: 'Choose one of the candidates and check again.' },
)

/** Step 2: the number is a good one, but the patent is not in the registry. */
export const notEnrolled: Verdict = unanswered(
  'not_enrolled',
  'patent_not_enrolled',
  { ja: 'この特許は登録簿に登録されていません。', en: 'This patent is not enrolled in the registry.' },
  'ask_holder_to_open',
  { ja: '権利者に、この特許の開放を依頼してください。', en: 'Ask the holder to open this patent.' },
)

function unanswered(verdict: VerdictValue, code: ReasonCode, text: Text, nextCode: NextCode, next: Text): Verdict {
  return {
    verdict,
    grantNeeded: 'no',
    sentence: text,
    conditions: [],
    reasons: [{ code, text }],
    legalStatus: { value: 'unknown' },
    next: { code: nextCode, text: next },
  }
}
