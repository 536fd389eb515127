import { decide, type Use, type Verdict } from '../../policies/decide.ts'
import { statutoryNote } from '../../policies/statutory.ts'
import { catalogue } from '../../policies/terms.ts'
import { ambiguous, notEnrolled, unrecognised } from '../../policies/verdict.ts'
import { type Context, today } from '../context.ts'
import { holdsDeclarationOn } from '../declarations/queries.ts'
import { invalid } from '../errors.ts'
import { beneficiaryOf, shownToOthers } from '../organisations/organisation.ts'
import { findOrganisation, suspendedOn } from '../organisations/queries.ts'
import { holdersOn, type PatentFacts } from '../patents/facts.ts'
import type { ParsedNumber } from '../patents/numbers/number.ts'
import { findFacts } from '../patents/queries.ts'
import type { CheckResult, Question } from './check.ts'

/**
 * One verdict for each number read, in their order. Two reads of the database, however many numbers.
 * @throws invalid_input at `organisationAt` when the organisation is not one that is shown
 */
export async function checkNumbers(
  ctx: Context,
  read: readonly ParsedNumber[],
  question: Question,
  organisationAt: '/organisation' | '?organisation' = '?organisation',
): Promise<CheckResult[]> {
  const keys = read.flatMap(({ candidates }) => (candidates.length === 1 ? candidates.map(({ key }) => key) : []))
  const use = await useOf(ctx, question, organisationAt)
  const [facts, suspended] = await Promise.all([
    keys.length === 0 ? new Map<string, PatentFacts>() : findFacts(ctx.db.read, keys),
    suspendedOn(ctx.db.read, use.on),
  ])
  return read.map((number) => resultFor(number, use, facts, suspended))
}

/** The question as the policy takes it: what the organisation's record tells fills in what was not said. */
async function useOf(ctx: Context, question: Question, organisationAt: string): Promise<Use> {
  const { organisation, on = today(ctx), ...said } = question
  if (organisation === undefined) return { ...said, on }
  const found = await findOrganisation(ctx.db.read, organisation)
  if (!found || !shownToOthers(found))
    throw invalid(organisationAt, 'unknown_organisation', 'There is no such organisation.')
  const { id, kind } = found.organisation
  return {
    beneficiary: beneficiaryOf(kind),
    holdsDeclaration: await holdsDeclarationOn(ctx.db.read, id, on),
    ...said,
    on,
  }
}

function resultFor(
  { input, candidates }: ParsedNumber,
  use: Use,
  known: ReadonlyMap<string, PatentFacts>,
  suspendedHolders: readonly string[],
): CheckResult {
  const [only] = candidates
  if (only === undefined) return result(input, unrecognised)
  if (candidates.length > 1) return { ...result(input, ambiguous), candidates }
  const facts = known.get(only.key)
  if (facts === undefined) return result(input, notEnrolled)
  const verdict = decide(catalogue, use, { ...facts, suspendedHolders })
  const note = use.mode && statutoryNote(use.country ?? facts.office, use.mode)
  const made = result(input, verdict)
  made.patent = {
    id: facts.patentId,
    number: facts.number,
    title: facts.title,
    holders: holdersOn(facts, use.on).map(({ id, name }) => ({ id, name })),
  }
  if (note) made.statutory = note
  return made
}

/** Member by member: copying the rest of a verdict by `...` shows in the time of a long list. */
function result(input: string, verdict: Verdict): CheckResult {
  const { grantNeeded, sentence, conditions, reasons, legalStatus, next } = verdict
  const made: CheckResult = {
    input,
    verdict: verdict.verdict,
    grantNeeded,
    sentence,
    conditions,
    reasons,
    legalStatus,
    next,
  }
  const { clause, termsId, termsSha256, declarationId } = verdict
  if (clause !== undefined) made.clause = clause
  if (termsId !== undefined && termsSha256 !== undefined) made.terms = { id: termsId, sha256: termsSha256 }
  if (declarationId !== undefined) made.declaration = { id: declarationId }
  return made
}
