import type { Facts, Use } from './question.ts'
import { isKnownPlace, rightReaches } from './territory.ts'
import type { Next, Reason, Verdict } from './verdict.ts'
import type { LegalStatus } from './vocabulary.ts'

/** Step 3: the right in that country on that day. With a `stop`, the question ends here. */
export type Right = {
  legalStatus: Verdict['legalStatus']
  reasons: readonly Reason[]
  stop?: { verdict: 'ask' | 'not_needed'; next: Next }
}

/** Without a recorded end, the term is taken as 20 years from filing (TRIPS article 33), and is called an estimate. */
const termYearsEstimated = 20
/** Enough to act on in one go; the rest is counted. */
const familyNamedMax = 20

const ended: ReadonlySet<LegalStatus> = new Set(['expired', 'lapsed', 'refused', 'withdrawn', 'revoked'])

export function readRight(use: Use, facts: Facts): Right {
  const country = use.country ?? facts.office
  if (!isDate(use.on)) return { legalStatus: { value: 'unknown' }, reasons: [dateUnreadable], stop: completeQuestion }

  const legalStatus = statusOn(facts, use.on)
  const over = ended.has(legalStatus.value)
  // A recorded end holds wherever the research is done, so a place that cannot be read only matters for a living right.
  const placeKnown = use.country === undefined || isKnownPlace(country)
  if (!over && !placeKnown) return { legalStatus, reasons: [countryUnknown], stop: completeQuestion }

  const reaches = !placeKnown || rightReaches(facts.office, country)
  if (over || !reaches) {
    const family = placeKnown ? familyIn(facts, country) : []
    const reasons = [reaches ? rightEnded(legalStatus, facts) : rightElsewhere(facts.office, country)]
    if (family.length > 0) reasons.push(familyToCheck(family, country))
    const next = family.length > 0 ? checkFamily : reaches ? keepRecord : checkRegisterThere
    return { legalStatus, reasons, stop: { verdict: 'not_needed', next } }
  }

  const reasons = [living(legalStatus, facts)]
  if (facts.end !== undefined && !facts.end.estimated && facts.end.on < use.on) reasons.push(recordsDisagree)
  else if (estimatedEndPassed(facts, use.on)) reasons.push(estimatedTermPassed)
  return { legalStatus, reasons }
}

function statusOn(facts: Facts, on: string): Verdict['legalStatus'] {
  let last: Facts['statuses'][number] | undefined
  for (const status of facts.statuses) {
    if (status.on <= on && (last === undefined || status.on >= last.on)) last = status
  }
  const end = facts.end
  if (end !== undefined && !end.estimated && end.on < on) {
    // A status recorded after the end (a restored or extended right) speaks against it, and then the right stays in question.
    if (last === undefined || (last.on <= end.on && !ended.has(last.value))) {
      return { value: 'expired', on: end.on, source: end.source, seenOn: end.seenOn }
    }
  }
  if (last !== undefined) return { value: last.value, on: last.on, source: last.source, seenOn: last.seenOn }
  return { value: facts.office === 'WO' ? 'pending' : 'unknown' }
}

function estimatedEndPassed(facts: Facts, on: string): boolean {
  if (facts.end !== undefined) return facts.end.on < on
  if (facts.filedOn === undefined || !isDate(facts.filedOn)) return false
  return Number(facts.filedOn.slice(0, 4)) + termYearsEstimated + facts.filedOn.slice(4) < on
}

function familyIn(facts: Facts, country: string): string[] {
  const numbers: string[] = []
  for (const member of facts.family) {
    if (member.office !== 'WO' && member.number !== facts.number && rightReaches(member.office, country)) {
      numbers.push(member.number)
    }
  }
  return numbers
}

function living(status: Verdict['legalStatus'], facts: Facts): Reason {
  const seen = {
    ja: status.source === undefined ? '' : `（出典: ${status.source}、確認日 ${status.seenOn}）`,
    en: status.source === undefined ? '' : ` (source: ${status.source}, seen ${status.seenOn})`,
  }
  if (status.value === 'granted') {
    return {
      code: 'right_in_force',
      text: {
        ja: `特許は ${status.on} から登録の状態にあります${seen.ja}。`,
        en: `The patent stands granted since ${status.on}${seen.en}.`,
      },
    }
  }
  if (facts.office === 'WO') {
    return {
      code: 'international_application_pending',
      text: {
        ja: `国際出願です。各国で権利になる可能性があるため、効力のある権利として扱います${seen.ja}。`,
        en: `This is an international application. A right may follow in any country, so it counts as in force${seen.en}.`,
      },
    }
  }
  if (status.value === 'pending') {
    return {
      code: 'right_pending',
      text: {
        ja: `出願中です。権利になる可能性があるため、効力のある権利として扱います${seen.ja}。`,
        en: `The application is pending. A right may follow, so it counts as in force${seen.en}.`,
      },
    }
  }
  return {
    code: 'right_status_unknown',
    text: {
      ja: `この日の法的状態は記録されていません。効力のある権利として扱います${seen.ja}。`,
      en: `The legal status on this day is not recorded. It counts as in force${seen.en}.`,
    },
  }
}

function rightEnded(status: Verdict['legalStatus'], facts: Facts): Reason {
  const words = endedWords.get(status.value) ?? { ja: '権利は終わっています', en: 'The right ended' }
  return {
    code: 'right_ended',
    text: {
      ja: `${facts.number} の${words.ja}（${status.on}、出典: ${status.source}、確認日 ${status.seenOn}）。`,
      en: `${facts.number}: ${words.en} (${status.on}, source: ${status.source}, seen ${status.seenOn}).`,
    },
  }
}

const endedWords: ReadonlyMap<LegalStatus, { ja: string; en: string }> = new Map([
  ['expired', { ja: '存続期間は満了しています', en: 'the term has run out' }],
  ['lapsed', { ja: '権利は消滅しています', en: 'the right has lapsed' }],
  ['refused', { ja: '出願は拒絶されています', en: 'the application was refused' }],
  ['withdrawn', { ja: '出願は取り下げられています', en: 'the application was withdrawn' }],
  ['revoked', { ja: '特許は無効または取消しになっています', en: 'the patent was revoked' }],
])

function rightElsewhere(office: string, country: string): Reason {
  return {
    code: 'right_elsewhere',
    text: {
      ja: `これは ${office} の権利で、${country} には効力が及びません。`,
      en: `This is a right of ${office} and has no effect in ${country}.`,
    },
  }
}

function familyToCheck(numbers: readonly string[], country: string): Reason {
  const named = numbers.slice(0, familyNamedMax)
  const more = numbers.length - named.length
  return {
    code: 'family_to_check',
    text: {
      ja: `${country} に効力が及びうる同じファミリーの権利があります: ${named.join('、')}${more > 0 ? `、ほか ${more} 件` : ''}。`,
      en: `Rights of the same family may have effect in ${country}: ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`,
    },
  }
}

const estimatedTermPassed: Reason = {
  code: 'estimated_term_passed',
  text: {
    ja: '推定の存続期間は過ぎていますが、消滅の記録はありません。原簿を確かめてください。',
    en: 'The estimated term has passed, but no end is on record. Check the register.',
  },
}

const recordsDisagree: Reason = {
  code: 'records_disagree',
  text: {
    ja: '記録された終期より後に、存続を示す記録があります。原簿を確かめてください。',
    en: 'A record later than the recorded end shows the right alive. Check the register.',
  },
}

const dateUnreadable: Reason = {
  code: 'date_unreadable',
  text: { ja: '日付（on）を YYYY-MM-DD の形で示してください。', en: 'Give the date (on) as YYYY-MM-DD.' },
}

const countryUnknown: Reason = {
  code: 'country_unknown',
  text: {
    ja: '国コード（country）が読み取れません。研究する国を ST.3 の二文字で示してください。',
    en: 'The country code (country) is not known. Give the country of the research by its two-letter ST.3 code.',
  },
}

const completeQuestion: NonNullable<Right['stop']> = {
  verdict: 'ask',
  next: {
    code: 'complete_question',
    text: {
      ja: '国と日付を直して、もう一度照会してください。',
      en: 'Correct the country or the date and check again.',
    },
  },
}

const checkFamily: Next = {
  code: 'check_family',
  text: { ja: '挙げられた番号も照会してください。', en: 'Check the numbers named here as well.' },
}

const keepRecord: Next = {
  code: 'keep_record',
  text: {
    ja: 'この回答を、日付と出典とともに保存してください。',
    en: 'Keep this answer with its date and source.',
  },
}

const checkRegisterThere: Next = {
  code: 'check_register',
  text: {
    ja: 'その国に対応する権利は記録されていません。念のため、その国の登録原簿でも確かめてください。',
    en: 'No corresponding right in that country is on record here. Look in that country’s register to be sure.',
  },
}

/** `YYYY-MM-DD` by shape; days compare as strings. */
function isDate(text: string): boolean {
  if (text.length !== 10) return false
  for (let index = 0; index < 10; index++) {
    const code = text.charCodeAt(index)
    if (index === 4 || index === 7 ? code !== 45 : code < 48 || code > 57) return false
  }
  return true
}
