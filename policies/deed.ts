import type { TermsDocument } from './terms.ts'
import {
  act,
  actWords,
  beneficiary,
  beneficiaryWords,
  fixedTagWords,
  mode,
  modeWords,
  purpose,
  purposeWords,
  type Rule,
  reciprocityWords,
  reportDutyWords,
  researchStageTestWords,
  type Text,
  type Word,
} from './vocabulary.ts'

/** `may`, `must`, `may_not`; `ask`: the holder decides; `know`: what else a reader should know. */
export type DeedKind = 'may' | 'must' | 'may_not' | 'ask' | 'know'
export type DeedRow = {
  readonly kind: DeedKind
  /** The tag of the machine part that the row says in plain words. */
  readonly tag: keyof TermsDocument['tags']
  /** Ids of the clauses it rests on. */
  readonly clauses: readonly string[]
  readonly text: Text
}

export const deedKindWords: Readonly<Record<DeedKind, Text>> = {
  may: { ja: 'できること', en: 'You may' },
  must: { ja: '守ること', en: 'You must' },
  may_not: { ja: 'できないこと', en: 'You may not' },
  ask: { ja: '相談すること', en: 'Ask first' },
  know: { ja: '知っておくこと', en: 'Good to know' },
}

/** The deed: the machine part in plain words, and nothing else. The clauses prevail. */
export function deed({ tags }: TermsDocument): readonly DeedRow[] {
  const rows: DeedRow[] = []
  const say = (kind: DeedKind, tag: DeedRow['tag'], clauses: readonly string[], ja: string, en: string) =>
    rows.push({ kind, tag, clauses: [...new Set(clauses)], text: { ja, en } })
  const tell = (kind: DeedKind, tag: DeedRow['tag'], clause: string, { sentence }: Word) =>
    say(kind, tag, [clause], sentence.ja, sentence.en)
  /** One row for each rule of an axis, with its values listed. */
  const list = (tag: DeedRow['tag'], values: readonly Listed[], sentences: Readonly<Record<Rule, Sentence>>) => {
    for (const rule of rulesInOrder) {
      const listed = values.filter((value) => value.rule === rule)
      if (listed.length === 0) continue
      const { ja, en } = sentences[rule](joined(listed))
      say(
        kindOf[rule],
        tag,
        listed.map(({ clause }) => clause),
        ja,
        en,
      )
    }
  }

  list(
    'beneficiaries',
    beneficiary.options.map((value) => ({ ...tags.beneficiaries[value], word: beneficiaryWords[value] })),
    {
      allow: (who) => ({ ja: `利用できる人: ${who.ja}。`, en: `May be used by: ${who.en}.` }),
      ask: (who) => ({ ja: `先に権利者へ相談する人: ${who.ja}。`, en: `Ask the holder first: ${who.en}.` }),
      deny: (who) => ({ ja: `利用できない人: ${who.ja}。`, en: `May not be used by: ${who.en}.` }),
    },
  )
  if (tags.inventorOnly.value) {
    say(
      'must',
      'inventorOnly',
      [tags.inventorOnly.clause],
      '対象特許の発明者として確認された人と、その指導のもとで研究する人に限ります。',
      'You must be a confirmed inventor of the patent, or do research under one’s direction.',
    )
  }
  if (tags.reciprocity.value !== 'none')
    tell('must', 'reciprocity', tags.reciprocity.clause, reciprocityWords[tags.reciprocity.value])

  list(
    'purposes',
    purpose.options.map((value) => ({ ...tags.purposes[value], word: purposeWords[value] })),
    {
      allow: (what) => ({ ja: `使える目的: ${what.ja}。`, en: `Use for: ${what.en}.` }),
      ask: (what) => ({ ja: `先に権利者へ相談する目的: ${what.ja}。`, en: `Ask the holder first about: ${what.en}.` }),
      deny: (what) => ({ ja: `使えない目的: ${what.ja}。`, en: `Not for: ${what.en}.` }),
    },
  )
  const granted = purpose.options
    .map((value) => ({ ...tags.purposes[value], word: purposeWords[value] }))
    .filter(({ grant }) => grant === 'required')
  if (granted.length > 0) {
    const { ja, en } = joined(granted)
    say(
      'must',
      'purposes',
      granted.map(({ clause }) => clause),
      `始める前に許諾証を受ける目的: ${ja}。`,
      `Get a grant before you start: ${en}.`,
    )
  }
  list(
    'modes',
    mode.options.map((value) => ({ ...tags.modes[value], word: modeWords[value] })),
    {
      allow: (how) => ({ ja: `できる研究: ${how.ja}。`, en: `Do: ${how.en}.` }),
      ask: (how) => ({ ja: `先に権利者へ相談する研究: ${how.ja}。`, en: `Ask the holder first about: ${how.en}.` }),
      deny: (how) => ({ ja: `できない研究: ${how.ja}。`, en: `Not for: ${how.en}.` }),
    },
  )
  list(
    'acts',
    act.options.map((value) => ({ ...tags.acts[value], word: actWords[value] })),
    {
      allow: (acts) => ({
        ja: `研究に必要な範囲でできる行為: ${acts.ja}。`,
        en: `As far as the research needs: ${acts.en}.`,
      }),
      ask: (acts) => ({ ja: `先に権利者へ相談する行為: ${acts.ja}。`, en: `Ask the holder first about: ${acts.en}.` }),
      deny: (acts) => ({ ja: `できない行為: ${acts.ja}。`, en: `Not: ${acts.en}.` }),
    },
  )

  tell('may', 'price', tags.price.clause, fixedTagWords.price[tags.price.value])
  tell('may', 'territory', tags.territory.clause, fixedTagWords.territory[tags.territory.value])
  tell(
    'may',
    'resultsOwnership',
    tags.resultsOwnership.clause,
    fixedTagWords.resultsOwnership[tags.resultsOwnership.value],
  )
  tell('may', 'publication', tags.publication.clause, fixedTagWords.publication[tags.publication.value])
  say(
    'may',
    'tailDays',
    [tags.tailDays.clause],
    `許諾が終わってから${tags.tailDays.value}日の間、始めた実験を終え、成果をまとめられます。`,
    `For ${tags.tailDays.value} days after the permission ends you may finish what you had begun and write it up.`,
  )

  for (const test of tags.researchStage.value)
    tell('must', 'researchStage', tags.researchStage.clause, researchStageTestWords[test])
  const months = tags.evaluationMonthsMax.value
  if (months !== null) {
    say(
      'must',
      'evaluationMonthsMax',
      [tags.evaluationMonthsMax.clause],
      `採否の評価は、最初の許諾証の始まりから通算${months}か月以内です。`,
      `Evaluation takes no more than ${months} months in all from the start of the first grant.`,
    )
  }
  const statement = tags.attribution.value
  say(
    'must',
    'attribution',
    [tags.attribution.clause],
    `成果を公表するときは、次の文を付けます。「${statement.ja}」`,
    `In publications, add this statement: “${statement.en}”`,
  )
  tell(tags.report.value === 'none' ? 'know' : 'must', 'report', tags.report.clause, reportDutyWords[tags.report.value])

  tell('may_not', 'sublicensing', tags.sublicensing.clause, fixedTagWords.sublicensing[tags.sublicensing.value])
  tell('may_not', 'transfer', tags.transfer.clause, fixedTagWords.transfer[tags.transfer.value])
  if (tags.suspendedWhileAsserting.value) {
    say(
      'may_not',
      'suspendedWhileAsserting',
      [tags.suspendedWhileAsserting.clause],
      '権利者の研究に対して特許権を行使している間は、利用できません。',
      'You may not use it while you assert patents against a holder’s research.',
    )
  }

  tell('know', 'grantBack', tags.grantBack.clause, fixedTagWords.grantBack[tags.grantBack.value])
  tell('know', 'reachThrough', tags.reachThrough.clause, fixedTagWords.reachThrough[tags.reachThrough.value])
  say(
    'know',
    'grantLifetimeDaysMax',
    [tags.grantLifetimeDaysMax.clause],
    `許諾証の期間は${tags.grantLifetimeDaysMax.value}日以内です。続けるときは、新しい許諾証を受けられます。`,
    `A grant lasts no more than ${tags.grantLifetimeDaysMax.value} days; a new one may follow.`,
  )
  say(
    'know',
    'noticePeriodDays',
    [tags.noticePeriodDays.clause],
    `権利者は撤回できますが、効力が生じるのは公開から${tags.noticePeriodDays.value}日後です。`,
    `The holder may withdraw, with effect ${tags.noticePeriodDays.value} days after publishing it.`,
  )
  tell(
    'know',
    'withdrawalEffect',
    tags.withdrawalEffect.clause,
    fixedTagWords.withdrawalEffect[tags.withdrawalEffect.value],
  )
  say(
    'know',
    'revocationReasons',
    [tags.revocationReasons.clause],
    '許諾証が取り消されるのは、条文に挙げた理由があるときだけです。',
    'A grant is revoked only on the grounds that the clauses list.',
  )
  tell(
    'know',
    'whileHolderSuspended',
    tags.whileHolderSuspended.clause,
    fixedTagWords.whileHolderSuspended[tags.whileHolderSuspended.value],
  )
  tell('know', 'coOwners', tags.coOwners.clause, fixedTagWords.coOwners[tags.coOwners.value])
  tell('know', 'laterOwners', tags.laterOwners.clause, fixedTagWords.laterOwners[tags.laterOwners.value])
  tell('know', 'inventorMoves', tags.inventorMoves.clause, fixedTagWords.inventorMoves[tags.inventorMoves.value])
  tell('know', 'warranty', tags.warranty.clause, fixedTagWords.warranty[tags.warranty.value])
  tell('know', 'liability', tags.liability.clause, fixedTagWords.liability[tags.liability.value])
  say(
    'know',
    'governingLaw',
    [tags.governingLaw.clause],
    `準拠法の国: ${tags.governingLaw.value}。`,
    `Governing law: ${tags.governingLaw.value}.`,
  )
  say(
    'know',
    'prevailingLanguage',
    [tags.prevailingLanguage.clause],
    tags.prevailingLanguage.value === 'ja'
      ? '日本語と英語が異なるときは、日本語によります。'
      : '日本語と英語が異なるときは、英語によります。',
    tags.prevailingLanguage.value === 'ja'
      ? 'If the Japanese and the English differ, the Japanese prevails.'
      : 'If the Japanese and the English differ, the English prevails.',
  )
  return rows
}

type Listed = { rule: Rule; clause: string; word: Word }
type Sentence = (values: Text) => Text

const rulesInOrder = ['allow', 'ask', 'deny'] as const
const kindOf: Readonly<Record<Rule, DeedKind>> = { allow: 'may', ask: 'ask', deny: 'may_not' }

function joined(values: readonly { word: Word }[]): Text {
  return {
    ja: values.map(({ word }) => word.label.ja).join('、'),
    en: values.map(({ word }) => word.label.en.charAt(0).toLowerCase() + word.label.en.slice(1)).join(', '),
  }
}
