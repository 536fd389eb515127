import { citation, type Terms } from './terms.ts'
import type { Condition, ConditionCode } from './verdict.ts'
import { type GrantNeeded, type Purpose, researchStageTestWords } from './vocabulary.ts'

/** Step 10: what the user must keep to when the purpose is allowed, each with its clause. */
export function conditionsOf(terms: Terms, purpose: Purpose, grantNeeded: GrantNeeded): readonly Condition[] {
  const { tags } = terms
  const conditions: Condition[] = []
  const add = (code: ConditionCode, clause: string, ja: string, en: string) =>
    conditions.push({ code, clause: citation(terms.id, clause), text: { ja, en } })
  const tests = tags.researchStage.value.map((test) => researchStageTestWords[test].sentence)
  add(
    'research_stage',
    tags.researchStage.clause,
    tests.map(({ ja }) => ja).join(''),
    tests.map(({ en }) => en).join(' '),
  )
  if (grantNeeded === 'required') {
    add(
      'grant_required',
      tags.purposes[purpose].clause,
      '始める前に許諾証を受けてください。',
      'Get a grant before you start.',
    )
  }
  const months = tags.evaluationMonthsMax.value
  if (purpose === 'evaluation' && months !== null) {
    add(
      'evaluation_period',
      tags.evaluationMonthsMax.clause,
      `評価は、最初の許諾証の始まりから通算${months}か月以内です。`,
      `Evaluation lasts no more than ${months} months in all from the start of the first grant.`,
    )
  }
  add(
    'named_partners_only',
    tags.transfer.clause,
    '発明の物は、許諾証に名前のある研究相手にだけ渡せます。',
    'Pass material only to research partners named in the grant.',
  )
  add(
    'no_sublicence',
    tags.sublicensing.clause,
    'ほかの人に許諾を与えることはできません。',
    'Do not pass the permission on to others.',
  )
  add(
    'attribution',
    tags.attribution.clause,
    `成果を公表するときは、次の文を付けます。「${tags.attribution.value.ja}」`,
    `In publications, add this statement: “${tags.attribution.value.en}”`,
  )
  if (tags.report.value === 'on_publication') {
    add(
      'report_on_publication',
      tags.report.clause,
      '成果を公表したら、1年以内に書誌情報を登録簿に知らせます。',
      'Within a year of publishing results, tell the registry where.',
    )
  } else if (tags.report.value === 'yearly') {
    add(
      'report_yearly',
      tags.report.clause,
      '年に一度、成果の概要を登録簿に知らせます。',
      'Once a year, tell the registry the outline of the results.',
    )
  }
  return conditions
}
