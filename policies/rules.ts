import { conditionsOf } from './conditions.ts'
import type { Use } from './question.ts'
import { citation, clauseName, type Terms } from './terms.ts'
import type { Condition, Reason, ReasonCode } from './verdict.ts'
import {
  type Beneficiary,
  beneficiaryWords,
  type GrantNeeded,
  type Mode,
  modeWords,
  type Purpose,
  purposeWords,
  type Rule,
  type Text,
  type Word,
} from './vocabulary.ts'

/** What one step finds. `missing` names what the question lacks; such a step never allows. */
export type Step = { rule: Rule; reason: Reason; missing?: keyof Use }

/** What one terms version says of a use: steps 6 to 10. */
export type Judgement = {
  rule: Rule
  steps: readonly Step[]
  /** The step that decides: the first refusal, else the first need to ask, else the first thing missing. */
  deciding: Step | undefined
  grantNeeded: GrantNeeded
  conditions: readonly Condition[]
}

/** Steps 6 to 10 in their order. All are taken, so one answer tells everything that stands in the way; a refusal outweighs a need to ask. */
export function judge(terms: Terms, use: Use, holderSuspended: boolean): Judgement {
  const rules = rulesOf(terms)
  const steps: Step[] = [rules.beneficiary.get(use.beneficiary) ?? rules.beneficiaryMissing]
  if (rules.inventorOnly) steps.push(threeWays(use.inventor, rules.inventor))
  steps.push(rules.purpose.get(use.purpose) ?? rules.purposeMissing)
  steps.push(rules.mode.get(use.mode) ?? rules.modeMissing)
  steps.push(rules.territory)
  if (rules.reciprocal) steps.push(threeWays(use.holdsDeclaration, rules.reciprocity))
  if (rules.suspends) steps.push(threeWays(use.assertsPatents, rules.assertion))
  if (holderSuspended) steps.push(rules.holderSuspended)
  steps.push(rules.duties)

  const deciding = decidingStep(steps)
  const rule = deciding === undefined ? 'allow' : deciding.rule
  const outcome = rule === 'allow' ? rules.outcome.get(use.purpose) : undefined
  return {
    rule,
    steps,
    deciding,
    grantNeeded: outcome?.grantNeeded ?? 'no',
    conditions: outcome?.conditions ?? [],
  }
}

function decidingStep(steps: readonly Step[]): Step | undefined {
  let best: Step | undefined
  for (const step of steps) {
    if (step.rule === 'deny') return step
    if (step.rule === 'ask' && (best === undefined || (best.missing !== undefined && step.missing === undefined)))
      best = step
  }
  return best
}

type ThreeWays = { yes: Step; no: Step; unknown: Step }

function threeWays(value: boolean | undefined, ways: ThreeWays): Step {
  if (value === true) return ways.yes
  return value === false ? ways.no : ways.unknown
}

type Rules = {
  beneficiary: ReadonlyMap<Beneficiary | undefined, Step>
  beneficiaryMissing: Step
  inventorOnly: boolean
  inventor: ThreeWays
  purpose: ReadonlyMap<Purpose | undefined, Step>
  purposeMissing: Step
  mode: ReadonlyMap<Mode | undefined, Step>
  modeMissing: Step
  territory: Step
  reciprocal: boolean
  reciprocity: ThreeWays
  suspends: boolean
  assertion: ThreeWays
  holderSuspended: Step
  duties: Step
  outcome: ReadonlyMap<Purpose | undefined, { grantNeeded: GrantNeeded; conditions: readonly Condition[] }>
}

const known = new WeakMap<Terms, Rules>()

/** The table of a terms version, made once: a request asks it up to a thousand times. */
function rulesOf(terms: Terms): Rules {
  const before = known.get(terms)
  if (before !== undefined) return before
  const rules = tabulate(terms)
  known.set(terms, rules)
  return rules
}

function tabulate(terms: Terms): Rules {
  const { tags } = terms
  const reason = (code: ReasonCode, clause: string, ja: string, en: string): Reason => ({
    code,
    clause: citation(terms.id, clause),
    text: { ja: `${ja}（${clauseName(clause).ja}）。`, en: `${en} (${clauseName(clause).en}).` },
  })
  const axis = <Value extends string>(
    name: 'beneficiary' | 'purpose' | 'mode',
    words: Readonly<Record<Value, Word>>,
    entries: readonly [Value, { rule: Rule; clause: string }][],
    called: (word: Word) => Text,
  ) => {
    const steps = new Map<Value | undefined, Step>()
    for (const [value, tag] of entries) {
      const word = called(words[value])
      steps.set(value, {
        rule: tag.rule,
        reason: reason(
          tag.rule === 'allow' ? `${name}_allowed` : tag.rule === 'ask' ? `${name}_ask` : `${name}_denied`,
          tag.clause,
          `${terms.id} は、${word.ja}${ruleSays[tag.rule].ja}`,
          `${terms.id} ${ruleSays[tag.rule].en} ${word.en}`,
        ),
      })
    }
    const missing: Step = entries.every(([, tag]) => tag.rule === 'deny')
      ? {
          rule: 'deny',
          reason: {
            code: `${name}_denied`,
            text: {
              ja: `${terms.id} は、どの${axisName[name].ja}も認めていません。`,
              en: `${terms.id} permits no ${axisName[name].en} at all.`,
            },
          },
        }
      : {
          rule: 'ask',
          missing: name,
          reason: {
            code: `${name}_missing`,
            text: {
              ja: `${axisName[name].ja}（${name}）が示されていません。`,
              en: `The ${axisName[name].en} (${name}) is not given.`,
            },
          },
        }
    return { steps, missing }
  }

  const who = axis('beneficiary', beneficiaryWords, pairs(tags.beneficiaries), (word) => ({
    ja: `${word.label.ja}による利用`,
    en: `use by ${lower(word.label.en)}`,
  }))
  const what = axis('purpose', purposeWords, pairs(tags.purposes), inSentence)
  const how = axis('mode', modeWords, pairs(tags.modes), inSentence)

  return {
    beneficiary: who.steps,
    beneficiaryMissing: who.missing,
    inventorOnly: tags.inventorOnly.value,
    inventor: {
      yes: {
        rule: 'allow',
        reason: reason(
          'inventor_confirmed',
          tags.inventorOnly.clause,
          '利用者は、この特許の発明者として確認されています',
          'The user is confirmed as an inventor of this patent',
        ),
      },
      no: {
        rule: 'ask',
        reason: reason(
          'inventor_only',
          tags.inventorOnly.clause,
          `${terms.id} は、この特許の発明者だけのものです。ほかの人には開放されていません`,
          `${terms.id} is for the inventors of this patent alone; it is not open to others`,
        ),
      },
      unknown: {
        rule: 'ask',
        missing: 'inventor',
        reason: reason(
          'inventor_missing',
          tags.inventorOnly.clause,
          `${terms.id} は、この特許の発明者だけのものです。発明者であるかどうか（inventor）が示されていません`,
          `${terms.id} is for the inventors of this patent alone, and it is not given whether the user is one (inventor)`,
        ),
      },
    },
    purpose: what.steps,
    purposeMissing: what.missing,
    mode: how.steps,
    modeMissing: how.missing,
    territory: {
      rule: 'allow',
      reason: reason(
        'territory_covered',
        tags.territory.clause,
        '権利のあるすべての国での利用に及びます',
        'It covers use in every country where the right is in force',
      ),
    },
    reciprocal: tags.reciprocity.value === 'holds_declaration',
    reciprocity: {
      yes: {
        rule: 'allow',
        reason: reason(
          'reciprocity_met',
          tags.reciprocity.clause,
          '利用者も特許を開放しています',
          'The user has opened patents too',
        ),
      },
      no: {
        rule: 'deny',
        reason: reason(
          'reciprocity_unmet',
          tags.reciprocity.clause,
          `${terms.id} は、自らも特許を開放している機関のものです`,
          `${terms.id} is for organisations that have opened patents themselves`,
        ),
      },
      unknown: {
        rule: 'ask',
        missing: 'holdsDeclaration',
        reason: reason(
          'reciprocity_missing',
          tags.reciprocity.clause,
          '利用者が特許を開放しているかどうか（holdsDeclaration）が示されていません',
          'It is not given whether the user has opened patents itself (holdsDeclaration)',
        ),
      },
    },
    suspends: tags.suspendedWhileAsserting.value,
    assertion: {
      yes: {
        rule: 'deny',
        reason: reason(
          'assertion_made',
          tags.suspendedWhileAsserting.clause,
          '利用者が権利者の研究に対して特許権を行使している間は、利用できません',
          'There is no permission while the user asserts patents against a holder’s research',
        ),
      },
      no: {
        rule: 'allow',
        reason: reason(
          'assertion_none',
          tags.suspendedWhileAsserting.clause,
          '利用者は、権利者の研究に対して特許権を行使していません',
          'The user asserts no patent against a holder’s research',
        ),
      },
      unknown: {
        rule: 'ask',
        missing: 'assertsPatents',
        reason: reason(
          'assertion_missing',
          tags.suspendedWhileAsserting.clause,
          '権利者の研究に対して特許権を行使しているかどうか（assertsPatents）が示されていません',
          'It is not given whether the user asserts patents against a holder’s research (assertsPatents)',
        ),
      },
    },
    holderSuspended: {
      rule: 'ask',
      reason: reason(
        'holder_suspended',
        tags.whileHolderSuspended.clause,
        '権利者の参加が停止されているため、新しい利用は始められません',
        'The holder is suspended, so no new use may begin',
      ),
    },
    duties: {
      rule: 'allow',
      reason: reason(
        'duties_apply',
        tags.attribution.clause,
        '成果を公表するときの表示その他、条件を守ってください',
        'Keep the conditions, the statement in publications among them',
      ),
    },
    outcome: new Map(
      pairs(tags.purposes).map(([purpose, tag]) => [
        purpose,
        { grantNeeded: tag.grant ?? 'required', conditions: conditionsOf(terms, purpose, tag.grant ?? 'required') },
      ]),
    ),
  }
}

const ruleSays: Readonly<Record<Rule, Text>> = {
  allow: { ja: 'を認めています', en: 'permits' },
  ask: { ja: 'について、権利者の個別の同意を求めています', en: 'asks for the holder’s separate consent to' },
  deny: { ja: 'を認めていません', en: 'does not permit' },
}

const axisName = {
  beneficiary: { ja: '利用者の種別', en: 'kind of user' },
  purpose: { ja: '目的', en: 'purpose' },
  mode: { ja: '利用の仕方', en: 'mode of use' },
} as const

function inSentence(word: Word): Text {
  return { ja: word.label.ja, en: lower(word.label.en) }
}

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}

/** The entries of a record whose keys are a closed vocabulary. */
function pairs<Key extends string, Value>(record: Readonly<Record<Key, Value>>): [Key, Value][] {
  const list: [Key, Value][] = []
  for (const key in record) list.push([key, record[key]])
  return list
}
