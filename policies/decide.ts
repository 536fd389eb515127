import { type DeclarationFact, type Facts, holdsOn, type Use, unaskedBy } from './question.ts'
import { type Right, readRight } from './right.ts'
import { type Judgement, judge } from './rules.ts'
import {
  askAboutExclusiveLicence,
  askHolder,
  askHolderToOpen,
  askLead,
  askSteward,
  begin,
  consentMissing,
  declarationEnded,
  declarationWithdrawn,
  declaredOpen,
  exclusiveLicence,
  exclusiveLicenceReservesResearch,
  type Finding,
  fingerprintDiffers,
  holderMayOpen,
  holderUnknown,
  incompleteLead,
  type Names,
  namesOf,
  negativeSentence,
  nextAfter,
  notDeclared,
  notNeededLead,
  notYetInForce,
  positiveSentence,
  requestGrant,
  termsUnknown,
} from './sentences.ts'
import { citation, type Terms } from './terms.ts'
import type { Condition, Next, Reason, Verdict } from './verdict.ts'
import type { GrantNeeded, Rule } from './vocabulary.ts'

/**
 * May this use be made of this patent, on this day, as far as the record shows? Steps 3 to 10 in their order:
 * 3 the right, 4 the holder's authority and 5 the declaration each end the question when they fail; 6 who, 7 what for
 * and how, 8 where, 9 reciprocity and suspension and 10 duties are all taken, a refusal outweighing a need to ask.
 * Several declarations in force: the one with the best result counts. Pure, and nothing unknown is ever allowed.
 */
export function decide(catalogue: ReadonlyMap<string, Terms>, use: Use, facts: Facts): Verdict {
  const right = readRight(use, facts)
  if (right.stop !== undefined) return stopped(right, right.stop.verdict, right.stop.next, right.reasons)

  const holders = facts.holders.filter((holder) => holdsOn(holder, use.on))
  const obstacle = obstacleInTheWay(use, facts, holders.length)
  if (obstacle !== undefined) return stopped(right, 'ask', obstacle.next, [...right.reasons, obstacle.reason])

  const suspended = holders.some((holder) => facts.suspendedHolders.includes(holder.id))
  const offer = bestOffer(catalogue, use, facts, suspended)
  const names = namesOf(holders)
  if (offer === undefined) {
    const closed = whyClosed(use.on, facts, names)
    return stopped(right, 'ask', closed.next, [...right.reasons, closed.reason])
  }
  return answer(use, facts, right, offer, names)
}

type Offer = { declaration: DeclarationFact; terms: Terms | undefined; judgement: Judgement }

/** Step 4, as far as it stands in the way of every declaration. */
function obstacleInTheWay(use: Use, facts: Facts, holderCount: number): Finding | undefined {
  if (holderCount === 0) return { reason: holderUnknown, next: askSteward }
  for (const encumbrance of facts.encumbrances) {
    if (encumbrance.kind === 'exclusive_licence' && !encumbrance.researchReserved && holdsOn(encumbrance, use.on)) {
      return { reason: exclusiveLicence, next: askAboutExclusiveLicence }
    }
  }
  return undefined
}

/** Step 5: the declarations in force on that day, each judged by its terms; undefined when there is none. */
function bestOffer(
  catalogue: ReadonlyMap<string, Terms>,
  use: Use,
  facts: Facts,
  suspended: boolean,
): Offer | undefined {
  let best: Offer | undefined
  // Terms for inventors say nothing to anyone else, so they answer only when no other declaration does.
  let notAddressed: Offer | undefined
  for (const declaration of facts.declarations) {
    if (!inForceOn(declaration, use.on) || unaskedBy(declaration, facts.holders).length > 0) continue
    const terms = catalogue.get(declaration.termsId)
    if (terms === undefined || terms.sha256 !== declaration.termsSha256) {
      const judgement =
        terms === undefined ? termsUnknown(declaration.termsId) : fingerprintDiffers(declaration.termsId)
      best = better({ declaration, terms: undefined, judgement }, best)
    } else {
      const offer = { declaration, terms, judgement: judge(terms, use, suspended) }
      if (terms.tags.inventorOnly.value && use.inventor === false) notAddressed = better(offer, notAddressed)
      else best = better(offer, best)
    }
  }
  return best ?? notAddressed
}

function inForceOn(declaration: DeclarationFact, on: string): boolean {
  if (declaration.state === 'awaiting_consent' || !holdsOn(declaration, on)) return false
  if (declaration.inForceFrom === undefined || on < declaration.inForceFrom) return false
  return declaration.withdrawnOn === undefined ? declaration.state === 'in_force' : on < declaration.withdrawnOn
}

const ruleRank: Readonly<Record<Rule, number>> = { allow: 0, ask: 1, deny: 2 }
const grantRank: Readonly<Record<GrantNeeded, number>> = { no: 0, recommended: 1, required: 2 }

/** The better of two for the user; the ids settle a tie, so the order of the declarations does not matter. */
function better(one: Offer, other: Offer | undefined): Offer {
  if (other === undefined) return one
  const difference =
    ruleRank[one.judgement.rule] - ruleRank[other.judgement.rule] ||
    openSteps(one) - openSteps(other) ||
    Number(one.terms?.tags.inventorOnly.value ?? false) - Number(other.terms?.tags.inventorOnly.value ?? false) ||
    grantRank[one.judgement.grantNeeded] - grantRank[other.judgement.grantNeeded]
  if (difference !== 0) return difference < 0 ? one : other
  if (one.declaration.termsId !== other.declaration.termsId) {
    return one.declaration.termsId < other.declaration.termsId ? one : other
  }
  return one.declaration.id <= other.declaration.id ? one : other
}

function openSteps(offer: Offer): number {
  let count = 0
  for (const step of offer.judgement.steps) if (step.rule !== 'allow') count++
  return count
}

function answer(use: Use, facts: Facts, right: Right, offer: Offer, names: Names): Verdict {
  const { declaration, terms, judgement } = offer
  const reasons: Reason[] = [...right.reasons]
  if (facts.encumbrances.some((one) => one.kind === 'exclusive_licence' && holdsOn(one, use.on))) {
    reasons.push(exclusiveLicenceReservesResearch)
  }
  reasons.push(holderMayOpen, declaredOpen(declaration, names))
  for (const step of judgement.steps) reasons.push(step.reason)

  const accepted = { declarationId: declaration.id, termsId: declaration.termsId, termsSha256: declaration.termsSha256 }
  const { deciding } = judgement
  if (deciding !== undefined) {
    const { clause } = deciding.reason
    // Another declaration may be about to open more: say whose consent it waits for.
    const awaited = awaitingOn(use.on, facts)
    if (awaited !== undefined) reasons.splice(-judgement.steps.length, 0, awaited.reason)
    const next = nextAfter(deciding, judgement, names)
    return {
      verdict: deciding.rule === 'deny' ? 'not_allowed' : 'ask',
      grantNeeded: 'no',
      sentence: negativeSentence(use, deciding),
      ...accepted,
      ...(clause === undefined ? {} : { clause }),
      conditions: [],
      reasons,
      legalStatus: right.legalStatus,
      next: awaited !== undefined && deciding.reason.code === 'inventor_only' ? awaited.next : next,
    }
  }

  const clauseId = terms === undefined || use.purpose === undefined ? '1.1' : terms.tags.purposes[use.purpose].clause
  return {
    verdict: 'allowed',
    grantNeeded: judgement.grantNeeded,
    sentence: positiveSentence(use, declaration.termsId, clauseId, names),
    ...accepted,
    clause: citation(declaration.termsId, clauseId),
    conditions: filledIn(judgement.conditions, declaration, terms, { names, number: facts.number }),
    reasons,
    legalStatus: right.legalStatus,
    next: judgement.grantNeeded === 'required' ? requestGrant : begin,
  }
}

/** The conditions of the terms, with the holder and the patent named in the statement, and a withdrawal that is announced. */
function filledIn(
  conditions: readonly Condition[],
  declaration: DeclarationFact,
  terms: Terms | undefined,
  { names, number }: { names: Names; number: string },
): readonly Condition[] {
  const filled = conditions.map((condition) =>
    condition.code === 'attribution'
      ? {
          code: condition.code,
          clause: condition.clause,
          text: {
            ja: condition.text.ja.replace('{holder}', () => names.ja).replace('{patents}', () => number),
            en: condition.text.en.replace('{holder}', () => names.en).replace('{patents}', () => number),
          },
        }
      : condition,
  )
  if (declaration.withdrawnOn !== undefined && terms !== undefined) {
    filled.push({
      code: 'withdrawal_announced',
      clause: citation(terms.id, terms.tags.noticePeriodDays.clause),
      text: {
        ja: `権利者は宣言の撤回を公開しています。${declaration.withdrawnOn} から、新しい許諾証は発行されません。`,
        en: `The holder has announced a withdrawal. From ${declaration.withdrawnOn} no new grant is issued.`,
      },
    })
  }
  return filled
}

/** Step 5 has failed: the declaration that came nearest says why. */
function whyClosed(on: string, facts: Facts, names: Names): Finding {
  const awaited = awaitingOn(on, facts)
  if (awaited !== undefined) return awaited
  const unasked = facts.declarations.find((declaration) => inForceOn(declaration, on))
  if (unasked !== undefined) return consentMissing({ ...unasked, awaiting: unaskedBy(unasked, facts.holders) })
  let coming: DeclarationFact | undefined
  let withdrawn: DeclarationFact | undefined
  let over: DeclarationFact | undefined
  for (const declaration of facts.declarations) {
    const { withdrawnOn, until, state } = declaration
    if (withdrawnOn === undefined ? state === 'withdrawn' : withdrawnOn <= on) {
      withdrawn = firstById(declaration, withdrawn)
    } else if (until !== undefined && until < on) {
      over = firstById(declaration, over)
    } else {
      coming = firstById(declaration, coming)
    }
  }
  const next = askHolderToOpen(names)
  if (coming !== undefined) return { reason: notYetInForce(coming), next: askHolder(names) }
  if (withdrawn !== undefined) return { reason: declarationWithdrawn(withdrawn), next }
  if (over !== undefined) return { reason: declarationEnded(over), next }
  return { reason: notDeclared, next }
}

/** Step 4: a declaration for that day that still waits for a co-owner. */
function awaitingOn(on: string, facts: Facts): Finding | undefined {
  let awaiting: DeclarationFact | undefined
  for (const declaration of facts.declarations) {
    if (declaration.state === 'awaiting_consent' && holdsOn(declaration, on))
      awaiting = firstById(declaration, awaiting)
  }
  return awaiting === undefined ? undefined : consentMissing(awaiting)
}

function firstById(one: DeclarationFact, other: DeclarationFact | undefined): DeclarationFact {
  return other === undefined || one.id < other.id ? one : other
}

function stopped(right: Right, verdict: 'ask' | 'not_needed', next: Next, reasons: readonly Reason[]): Verdict {
  const told = (verdict === 'ask' ? reasons.at(-1) : reasons[0])?.text ?? { ja: '', en: '' }
  const lead = verdict === 'not_needed' ? notNeededLead : next.code === 'complete_question' ? incompleteLead : askLead
  return {
    verdict,
    grantNeeded: 'no',
    sentence: { ja: lead.ja + told.ja, en: `${lead.en} ${told.en}` },
    conditions: [],
    reasons,
    legalStatus: right.legalStatus,
    next,
  }
}

export type { Facts, Use } from './question.ts'
export type { Reason, Verdict } from './verdict.ts'
export { worst } from './verdict.ts'
