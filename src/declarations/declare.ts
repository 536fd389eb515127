import { findTerms, type Terms } from '../../policies/terms.ts'
import { type Context, today } from '../context.ts'
import { type InputFault, invalid, RegistryError } from '../errors.ts'
import { commit, settle } from '../log/commit.ts'
import { type Acting, requireActingForNamed } from '../mandates/acting.ts'
import type { PatentFacts } from '../patents/facts.ts'
import { parseNumber } from '../patents/numbers/parse.ts'
import { findFacts } from '../patents/queries.ts'
import type { Declaration, DeclarationInput } from './declaration.ts'
import { obstacleTo } from './eligible.ts'
import { excludedAmong, listExclusions } from './exclusions/queries.ts'
import { makeDeclaration } from './make.ts'

/**
 * A holder opens patents under one terms version. It is in force at once when the holder owns them alone, else once
 * every co-owner has consented.
 * @throws invalid_input with a fault per number that cannot be declared; nothing is recorded then
 */
export function declare(ctx: Context, input: DeclarationInput): Promise<Declaration> {
  return settle(async () => {
    const { organisation, ...rest } = input
    return declareActing(ctx, await requireActingForNamed(ctx, organisation, 'declare'), rest)
  })
}

/** For those who have shown that they act for the organisation. */
export function declareFor(ctx: Context, organisationId: string, input: DeclarationInput): Promise<Declaration> {
  return settle(() => declareActing(ctx, { organisationId, guards: [] }, input))
}

async function declareActing(
  ctx: Context,
  acting: Pick<Acting, 'organisationId' | 'agent' | 'guards'>,
  input: DeclarationInput,
): Promise<Declaration> {
  const terms = termsAccepted(input, '')
  const { from, until } = periodAsked(ctx, input)
  const exclusions = await listExclusions(ctx.db.read, acting.organisationId)
  const patents = await readPatents(ctx, acting.organisationId, input, terms.id, from, exclusions)
  const { declaration, ...act } = await makeDeclaration(ctx, { acting, terms, patents, exclusions, from, until })
  return commit(ctx, { ...act, answer: declaration })
}

/** @throws invalid_input for terms that are not published, or of which another text was read */
export function termsAccepted({ termsId, termsSha256 }: { termsId: string; termsSha256: string }, at: string): Terms {
  const terms = findTerms(termsId)
  if (!terms) throw invalid(`${at}/termsId`, 'unknown_terms', `${termsId} is not published. See GET /v1/terms.`)
  if (terms.sha256 !== termsSha256)
    throw invalid(
      `${at}/termsSha256`,
      'other_text',
      `The published text of ${terms.id} has the fingerprint ${terms.sha256}.`,
    )
  return terms
}

/** From when until when it is to be open. @throws invalid_input */
export function periodAsked(
  ctx: Context,
  { from = today(ctx), until }: { from?: string; until?: string },
): { from: string; until: string | undefined } {
  if (from < today(ctx)) throw invalid('/from', 'in_the_past', 'A declaration cannot begin before it is made.')
  if (until !== undefined && until < from) throw invalid('/until', 'before_from', '`until` is before `from`.')
  return { from, until }
}

async function readPatents(
  ctx: Context,
  organisationId: string,
  input: DeclarationInput,
  termsId: string,
  from: string,
  exclusions: Awaited<ReturnType<typeof listExclusions>>,
): Promise<PatentFacts[]> {
  const read = input.numbers.map((written) => parseNumber(written))
  const byKey = await findFacts(
    ctx.db.read,
    read.flatMap(({ candidates }) => candidates.map(({ key }) => key)),
  )
  const ids = [...new Set([...byKey.values()].map(({ patentId }) => patentId))]
  const excluded = await excludedAmong(ctx.db.read, exclusions, ids)
  const faults: InputFault[] = []
  const patents = new Map<string, PatentFacts>()
  for (const [i, { input: written, candidates }] of read.entries()) {
    const [only] = candidates
    const facts = candidates.length === 1 ? byKey.get(only?.key ?? '') : undefined
    const exclusion = facts && excluded.get(facts.patentId)
    const on = today(ctx)
    const fault =
      only === undefined || candidates.length > 1
        ? unclear(written, candidates)
        : facts === undefined
          ? { code: 'not_enrolled', detail: `${only.docdb} is not enrolled; register it first.` }
          : obstacleTo(facts, { organisationId, termsId, on, from, exclusion })
    if (fault) faults.push({ pointer: `/numbers/${i}`, ...fault })
    else if (facts) patents.set(facts.patentId, facts)
  }
  if (faults.length > 0)
    throw new RegistryError(
      'invalid_input',
      `${faults.length} of the numbers cannot be declared. Nothing was recorded.`,
      { faults },
    )
  return [...patents.values()]
}

/** Why a written number names no one document. */
export function unclear(written: string, candidates: ReturnType<typeof parseNumber>['candidates']) {
  if (candidates.length === 0) return { code: 'unrecognised_number', detail: `${written} is not a number we can read.` }
  const meanings = candidates.map(({ display }) => `${display.en} (${display.ja})`).join(' or ')
  return { code: 'ambiguous_number', detail: `${written} can mean ${meanings}.` }
}
