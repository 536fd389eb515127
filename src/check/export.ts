import { grantNeededWords, legalStatusWords, verdictWords } from '../../policies/vocabulary.ts'
import { csvText } from '../csv.ts'
import type { Bilingual } from '../shapes.ts'
import type { CheckResult } from './check.ts'
import { checkWords } from './words.ts'

/** Answers as a table for spreadsheets, in the order in which the numbers were given, with all that a file of it should keep. */
export function checkCsv(results: readonly CheckResult[], on: string, lang: keyof Bilingual): string {
  const say = checkWords[lang]
  const head = [
    say.entered,
    say.number,
    say.patent,
    say.holder,
    say.verdict,
    say.sentence,
    say.terms,
    say.clause,
    say.conditions,
    say.grantNeeded,
    say.status,
    say.source,
    say.seen,
    say.next,
    say.on,
  ]
  return csvText([head, ...results.map((result) => cellsOf(result, on, lang))])
}

function cellsOf(result: CheckResult, on: string, lang: keyof Bilingual): string[] {
  const { input, patent, verdict, sentence, terms, clause, conditions, grantNeeded, legalStatus, next } = result
  const between = lang === 'ja' ? '、' : '; '
  return [
    input,
    patent?.number ?? '',
    patent?.title[lang] ?? patent?.title.ja ?? patent?.title.en ?? '',
    patent?.holders.map(({ name }) => name[lang]).join(between) ?? '',
    verdictWords[verdict].label[lang],
    sentence[lang],
    terms?.id ?? '',
    clause ?? '',
    conditions.map(({ text }) => text[lang]).join(' '),
    patent === undefined ? '' : grantNeededWords[grantNeeded].label[lang],
    legalStatusWords[legalStatus.value].label[lang],
    legalStatus.source ?? '',
    legalStatus.seenOn ?? '',
    next.text[lang],
    on,
  ]
}
