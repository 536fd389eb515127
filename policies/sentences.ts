import type { DeclarationFact, Use } from './question.ts'
import type { Judgement, Step } from './rules.ts'
import { clauseName } from './terms.ts'
import type { Next, Reason, ReasonCode } from './verdict.ts'
import { purposeWords, type Text } from './vocabulary.ts'

/** The words of a verdict: what was found in steps 4 and 5, the sentence to show first, and what to do next. */
export type Finding = { reason: Reason; next: Next }
export type Names = Text & { readonly count: number }

export function namesOf(holders: readonly { name: Text }[]): Names {
  const [first] = holders
  if (first !== undefined && holders.length === 1) return { ...first.name, count: 1 }
  return {
    ja: holders.map(({ name }) => name.ja).join('、'),
    en: holders.map(({ name }) => name.en).join(' and '),
    count: holders.length,
  }
}

export function positiveSentence(use: Use, termsId: string, clauseId: string, names: Names): Text {
  const label = labelOf(use)
  const clause = clauseName(clauseId)
  const holder = names.count === 1 ? `Its holder, ${names.en}, has` : `Its holders, ${names.en}, have`
  return {
    ja: `この特許は、${label.ja}に使えます。権利者の${names.ja}が ${termsId} で開放しています（${clause.ja}）。`,
    en: `This patent may be used for ${label.en}. ${holder} declared it open under ${termsId} (${clause.en}).`,
  }
}

export function negativeSentence(use: Use, deciding: Step): Text {
  const told = deciding.reason.text
  const label = labelOf(use)
  if (deciding.rule === 'deny') {
    return {
      ja: `この特許は、${label.ja}には使えません。${told.ja}`,
      en: `This patent may not be used for ${label.en}. ${told.en}`,
    }
  }
  const lead = deciding.missing === undefined ? askLead : incompleteLead
  return { ja: lead.ja + told.ja, en: `${lead.en} ${told.en}` }
}

export const askLead: Text = {
  ja: 'この特許を使う前に、権利者への相談が必要です。',
  en: 'Ask before you use this patent.',
}

export const incompleteLead: Text = {
  ja: 'この特許を使えるかどうかは、質問の情報がそろうと決まります。',
  en: 'Whether this patent may be used depends on more than the question says.',
}

export const notNeededLead: Text = {
  ja: 'この権利について、許諾は必要ありません。',
  en: 'No permission is needed under this right.',
}

export function nextAfter(deciding: Step, judgement: Judgement, names: Names): Next {
  if (deciding.missing !== undefined) return completeQuestion(judgement)
  const fixed = nextByReason.get(deciding.reason.code)
  if (fixed !== undefined) return fixed
  if (deciding.rule === 'deny') return askForLicence(names)
  return deciding.reason.code === 'inventor_only' ? askHolderToOpen(names) : askHolder(names)
}

function completeQuestion(judgement: Judgement): Next {
  const missing: string[] = []
  for (const step of judgement.steps) if (step.missing !== undefined) missing.push(step.missing)
  const named = (lang: 'ja' | 'en') => missing.map((name) => memberWords[name]?.[lang] ?? name)
  return {
    code: 'complete_question',
    text: {
      ja: `次の情報を加えて、もう一度照会してください: ${named('ja').join('、')}。`,
      en: `Add this and check again: ${named('en').join(', ')}.`,
    },
  }
}

/** Members of a question, for those who ask on a page and for those who call the API. */
const memberWords: Readonly<Record<string, Text>> = {
  purpose: { ja: '目的（purpose）', en: 'the purpose (purpose)' },
  mode: { ja: '使い方（mode）', en: 'the way of use (mode)' },
  beneficiary: { ja: '使う人（beneficiary）', en: 'the user (beneficiary)' },
  inventor: { ja: '発明者本人かどうか（inventor）', en: 'whether the user is the inventor (inventor)' },
  holdsDeclaration: {
    ja: '使う側も特許を開放しているかどうか（holdsDeclaration）',
    en: 'whether the user has opened patents too (holdsDeclaration)',
  },
  assertsPatents: {
    ja: '使う側が権利者の研究に特許を行使しているかどうか（assertsPatents）',
    en: 'whether the user asserts patents against the holder’s research (assertsPatents)',
  },
}

export function askHolder(names: Names): Next {
  return {
    code: 'ask_holder',
    text: { ja: `権利者の${names.ja}に相談してください。`, en: `Ask the holder, ${names.en}.` },
  }
}

export function askHolderToOpen(names: Names): Next {
  return {
    code: 'ask_holder_to_open',
    text: {
      ja: `権利者の${names.ja}に、この特許の開放を依頼してください。`,
      en: `Ask the holder, ${names.en}, to open this patent.`,
    },
  }
}

function askForLicence(names: Names): Next {
  return {
    code: 'ask_for_licence',
    text: {
      ja: `この利用を望むときは、権利者の${names.ja}と別の契約を結んでください。`,
      en: `For this use, make a separate agreement with the holder, ${names.en}.`,
    },
  }
}

export const askSteward: Next = {
  code: 'ask_steward',
  text: { ja: '登録簿の運営者に問い合わせてください。', en: 'Ask the steward of the registry.' },
}

const nextByReason: ReadonlyMap<ReasonCode, Next> = new Map<ReasonCode, Next>([
  ['holder_suspended', askSteward],
  ['terms_unknown', askSteward],
  ['terms_fingerprint_differs', askSteward],
  [
    'reciprocity_unmet',
    {
      code: 'open_a_patent',
      text: {
        ja: '自らの特許を一つ以上開放すると、利用できるようになります。',
        en: 'Open at least one patent of your own, and these terms are available to you.',
      },
    },
  ],
  [
    'assertion_made',
    {
      code: 'end_assertion',
      text: {
        ja: '権利の行使が終わると、再び利用できるようになります。',
        en: 'When the assertion has ended, the permission returns.',
      },
    },
  ],
])

export const requestGrant: Next = {
  code: 'request_grant',
  text: { ja: '始める前に許諾証を受けてください。', en: 'Get a grant before you start.' },
}

export const begin: Next = {
  code: 'begin',
  text: {
    ja: '条件を守って始められます。記録として許諾証を受けることを勧めます。',
    en: 'You may begin, keeping the conditions. A grant is recommended as a record.',
  },
}

/** Only the holder can tell whether research is still the holder’s to permit. */
export const askAboutExclusiveLicence: Next = {
  code: 'ask_holder',
  text: {
    ja: '権利者に、研究での利用が独占的な許諾の対象から除かれているかを尋ねてください。',
    en: 'Ask the holder whether research is outside the exclusive licence.',
  },
}

export const holderUnknown: Reason = {
  code: 'holder_unknown',
  text: { ja: 'この日の権利者が記録されていません。', en: 'No holder is on record for this day.' },
}

export const exclusiveLicence: Reason = {
  code: 'exclusive_licence',
  text: {
    ja: '研究を留保していない独占的な許諾が記録されています。',
    en: 'An exclusive licence without a reservation for research is on record.',
  },
}

export const exclusiveLicenceReservesResearch: Reason = {
  code: 'exclusive_licence_reserves_research',
  text: {
    ja: '独占的な許諾がありますが、研究は留保されています。',
    en: 'There is an exclusive licence, and it reserves research.',
  },
}

export const holderMayOpen: Reason = {
  code: 'holder_may_open',
  text: {
    ja: '効力のある宣言には権利者全員の同意があり、妨げとなる独占的な許諾は記録されていません。',
    en: 'Every holder has consented to the declaration in force, and no exclusive licence on record stands in the way.',
  },
}

export const notDeclared: Reason = {
  code: 'not_declared',
  text: {
    ja: '登録されていますが、開放の宣言はありません。',
    en: 'The patent is enrolled, but no declaration opens it.',
  },
}

export function consentMissing(declaration: DeclarationFact): Finding {
  const awaiting = declaration.awaiting ?? []
  const names = awaiting.length === 0 ? { ja: '共有者', en: 'a co-owner', count: 1 } : namesOf(awaiting)
  return {
    reason: {
      code: 'consent_missing',
      text: {
        ja: `${declaration.termsId} で開放する宣言は、${names.ja}の同意を待っています。`,
        en: `A declaration under ${declaration.termsId} awaits the consent of ${names.en}.`,
      },
    },
    next: {
      code: 'ask_co_owner',
      text: { ja: `${names.ja}に同意を依頼してください。`, en: `Ask ${names.en} to consent.` },
    },
  }
}

export function notYetInForce(declaration: DeclarationFact): Reason {
  return {
    code: 'declaration_not_yet_in_force',
    text: {
      ja: `${declaration.termsId} で開放する宣言は、この日にはまだ効力がありません。`,
      en: `The declaration under ${declaration.termsId} is not yet in force on this day.`,
    },
  }
}

export function declarationWithdrawn(declaration: DeclarationFact): Reason {
  return {
    code: 'declaration_withdrawn',
    text: {
      ja: `${declaration.termsId} で開放する宣言は撤回されています。発行済みの許諾証は期限まで有効です。`,
      en: `The declaration under ${declaration.termsId} has been withdrawn. Grants already issued stay valid until their own end.`,
    },
  }
}

export function declarationEnded(declaration: DeclarationFact): Reason {
  return {
    code: 'declaration_ended',
    text: {
      ja: `${declaration.termsId} で開放する宣言は ${declaration.until} に終わっています。発行済みの許諾証は期限まで有効です。`,
      en: `The declaration under ${declaration.termsId} ended on ${declaration.until}. Grants already issued stay valid until their own end.`,
    },
  }
}

export function declaredOpen(declaration: DeclarationFact, names: Names): Reason {
  return {
    code: 'declared_open',
    text: {
      ja: `権利者の${names.ja}は、${declaration.termsId} での開放を宣言しています（${declaration.inForceFrom} から）。`,
      en: `The holder, ${names.en}, has declared it open under ${declaration.termsId} (since ${declaration.inForceFrom}).`,
    },
  }
}

export function termsUnknown(termsId: string): Judgement {
  return notJudged({
    code: 'terms_unknown',
    text: { ja: `利用条件 ${termsId} は公開されていません。`, en: `No terms ${termsId} have been published.` },
  })
}

export function fingerprintDiffers(termsId: string): Judgement {
  return notJudged({
    code: 'terms_fingerprint_differs',
    text: {
      ja: `宣言の指紋が、公開された ${termsId} と一致しません。`,
      en: `The fingerprint in the declaration is not that of the published ${termsId}.`,
    },
  })
}

function notJudged(reason: Reason): Judgement {
  const step: Step = { rule: 'ask', reason }
  return { rule: 'ask', steps: [step], deciding: step, grantNeeded: 'no', conditions: [] }
}

const purposeLabels: ReadonlyMap<string | undefined, Text> = new Map(
  Object.entries(purposeWords).map(([value, { label }]) => [
    value,
    { ja: label.ja, en: label.en.charAt(0).toLowerCase() + label.en.slice(1) },
  ]),
)

function labelOf(use: Use): Text {
  return purposeLabels.get(use.purpose) ?? { ja: 'この利用', en: 'this use' }
}
