import { decide, type Use, type Verdict } from '../../policies/decide.ts'
import { catalogue, findTerms } from '../../policies/terms.ts'
import { ambiguous, notEnrolled, unrecognised, worst } from '../../policies/verdict.ts'
import { actorId, type Context, today } from '../context.ts'
import type { Statement } from '../database.ts'
import { daysAfter, monthsAfter } from '../dates.ts'
import { holdsDeclarationOn, patentsUnchanged } from '../declarations/queries.ts'
import { invalid, RegistryError } from '../errors.ts'
import { commit, type HistoryEvent, settle } from '../log/commit.ts'
import { beneficiaryOf, type Organisation } from '../organisations/organisation.ts'
import { findOrganisation, suspendedOn } from '../organisations/queries.ts'
import { requireOfficer } from '../organisations/rights.ts'
import { holdersOn, type PatentFacts } from '../patents/facts.ts'
import type { ParsedNumber } from '../patents/numbers/number.ts'
import { parseNumber } from '../patents/numbers/parse.ts'
import { findFacts } from '../patents/queries.ts'
import type { GrantClaims } from './claims.ts'
import { type GrantInput, grantStartDaysAheadMax, type IssuedGrant, type LeftOut } from './grant.ts'
import { type Bearer, type GrantScope, grantedEntry, makeGrant } from './make.ts'
import { coverOf, isDeclared } from './participation.ts'
import {
  declarationsUnchanged,
  firstEvaluation,
  type GrantRecord,
  holdersTakePart,
  insertGrant,
  type KeptRequest,
} from './queries.ts'
import { statusListUri } from './status-list.ts'

/** For whom a grant is made and what it rests on, shown before. */
export type Issue = {
  bearer: Bearer
  grantee: KeptRequest['grantee']
  /** The facts as this kind of grant reads them, and whether the grantee is the inventor; given once all are known. */
  reading?: (all: readonly PatentFacts[]) => Promise<(facts: PatentFacts) => Reading>
  /** What else was relied on. */
  guards?: readonly Statement[]
  /** What is written and said with it. */
  also?: (grant: GrantRecord) => { write: readonly Statement[]; events?: readonly HistoryEvent[] }
}
export type Reading = { facts: PatentFacts; inventor?: boolean }

/**
 * One signed permission over the patents that the verdict allows, whoever holds them, for an institution that names one
 * of its people.
 * @throws terms_not_accepted naming every version still to be accepted; nothing_covered with the reasons
 */
export function issueGrant(ctx: Context, input: GrantInput): Promise<IssuedGrant> {
  const officer = requireOfficer(ctx.actor, 'grants:issue')
  return issueFor(ctx, officer.organisationId, input)
}

/** For those who have shown that they act for the institution. */
export function issueFor(ctx: Context, organisationId: string, input: GrantInput): Promise<IssuedGrant> {
  const { grantee } = input
  if (grantee === undefined) throw invalid('/grantee', 'required', 'Name the person or the project.')
  return settle(async () => {
    const institution = await institutionOf(ctx, organisationId, grantee)
    const bearer: Bearer = { kind: 'research', institution, personId: null, affiliation: undefined }
    return issueOnce(ctx, input, { bearer, grantee })
  })
}

/** Decides and commits, once: callers `settle`, and load what the issue rests on within. */
export async function issueOnce(ctx: Context, input: GrantInput, issue: Issue): Promise<IssuedGrant> {
  const { institution } = issue.bearer
  if (input.numbers.length === 0) throw invalid('/numbers', 'too_small', 'Name at least one patent.')
  const from = startOf(ctx, input)
  const { covered, leftOut } = await decideAll(ctx, issue, input, from)
  if (covered.length === 0 || (input.allOrNothing && leftOut.length > 0))
    throw new RegistryError(
      'nothing_covered',
      covered.length === 0
        ? 'None of the patents can be covered.'
        : 'Not all can be covered, and you asked for all or nothing.',
      { extra: { leftOut } },
    )
  requireAcceptance(covered, input)
  const until = await endOf(ctx, institution, input, from, covered)
  const { grant, claims } = await prepare(ctx, issue, input, from, until, covered)
  const { write = [], events = [] } = issue.also?.(grant) ?? {}
  return commit(ctx, {
    write: [
      patentsUnchanged(covered.map(({ facts }) => facts)),
      declarationsUnchanged(reliedOn(covered)),
      holdersTakePart(
        covered.map(({ facts }) => facts.patentId),
        today(ctx),
      ),
      ...(issue.guards ?? []),
      ...insertGrant(grant, actorId(ctx.actor)),
      ...write,
    ],
    entries: [grantedEntry(grant, claims)],
    events,
    answer: issued(
      ctx,
      grant,
      covered.map(({ input: written }) => written),
      leftOut,
    ),
  })
}

/**
 * What is refused already while somebody else has yet to approve: a first day that cannot be, and terms of patents that
 * could be covered now and were not accepted. Whether any patent is covered is for the day of the approval.
 * @throws terms_not_accepted naming every version still to be accepted
 */
export async function requireReadyToIssue(ctx: Context, input: GrantInput, issue: Issue): Promise<void> {
  const { covered } = await decideAll(ctx, issue, input, startOf(ctx, input))
  requireAcceptance(covered, input)
}

type Covered = { input: string; facts: PatentFacts; verdict: Verdict; termsId: string; declarationId: string }

async function institutionOf(
  ctx: Context,
  organisationId: string,
  { organisation }: KeptRequest['grantee'],
): Promise<Organisation> {
  const found = await findOrganisation(ctx.db.read, organisationId)
  if (!found) throw new RegistryError('not_found', 'There is no such organisation.')
  if (organisation !== undefined) {
    const named = await findOrganisation(ctx.db.read, organisation)
    if (named?.organisation.id !== organisationId)
      throw new RegistryError('forbidden', 'A client asks for grants for the people of its own institution only.')
  }
  return found.organisation
}

function startOf(ctx: Context, { from }: GrantInput): string {
  if (from === undefined) return today(ctx)
  if (from < today(ctx)) throw invalid('/from', 'in_the_past', 'A grant cannot begin before it is issued.')
  if (from > daysAfter(today(ctx), grantStartDaysAheadMax))
    throw invalid('/from', 'too_far_ahead', `A grant begins within ${grantStartDaysAheadMax} days.`)
  return from
}

async function decideAll(
  ctx: Context,
  { bearer: { institution }, reading }: Issue,
  input: GrantInput,
  from: string,
): Promise<{ covered: Covered[]; leftOut: LeftOut[] }> {
  const read = input.numbers.map((number) => parseNumber(number))
  const keys = read.flatMap(({ candidates }) => (candidates.length === 1 ? candidates.map(({ key }) => key) : []))
  const [known, suspendedHolders, holdsDeclaration] = await Promise.all([
    keys.length === 0 ? new Map<string, PatentFacts>() : findFacts(ctx.db.read, keys),
    suspendedOn(ctx.db.read, today(ctx)),
    holdsDeclarationOn(ctx.db.read, institution.id, today(ctx)),
  ])
  const use: Use = {
    purpose: input.purpose,
    mode: input.mode,
    beneficiary: beneficiaryOf(institution.kind),
    holdsDeclaration,
    assertsPatents: input.assertsPatents,
    on: today(ctx),
  }
  const readFacts = (await reading?.([...known.values()])) ?? ((facts: PatentFacts): Reading => ({ facts }))
  const covered = new Map<string, Covered>()
  const leftOut: LeftOut[] = []
  for (const number of read) {
    const found = known.get(number.candidates[0]?.key ?? '')
    const { facts, inventor } = found ? readFacts(found) : {}
    const asked = inventor === undefined ? use : { ...use, inventor }
    const verdict = verdictOn(number, facts && { ...facts, suspendedHolders }, asked, input.territory, from)
    const { termsId, declarationId } = verdict
    if (verdict.verdict === 'allowed' && facts && termsId !== undefined && declarationId !== undefined) {
      if (!covered.has(facts.patentId))
        covered.set(facts.patentId, { input: number.input, facts, verdict, termsId, declarationId })
    } else {
      const { verdict: value, sentence, reasons } = verdict
      leftOut.push({ input: number.input, verdict: value, sentence, reasons })
    }
  }
  return { covered: [...covered.values()], leftOut }
}

/** Allowed today, on the first day of the grant and in every country asked for; else the first verdict that is not. */
function verdictOn(
  { candidates }: ParsedNumber,
  facts: Parameters<typeof decide>[2] | undefined,
  use: Use,
  territory: readonly string[] | undefined,
  from: string,
): Verdict {
  if (candidates.length === 0) return unrecognised
  if (candidates.length > 1) return ambiguous
  if (facts === undefined) return notEnrolled
  const days = from === use.on ? [use.on] : [use.on, from]
  const verdicts = days.flatMap((on) =>
    (territory ?? [undefined]).map((country) => decide(catalogue, { ...use, on, country }, facts)),
  )
  const needed = verdicts.filter(({ verdict }) => verdict !== 'not_needed')
  const lowest = worst(needed.length > 0 ? needed : verdicts)
  return verdicts.find(({ verdict }) => verdict === lowest) ?? unrecognised
}

function requireAcceptance(covered: readonly Covered[], { acceptTerms }: GrantInput): void {
  const accepted = new Set(acceptTerms.map(({ id, sha256 }) => `${id} ${sha256}`))
  const needed = termsOf(covered).filter(({ id, sha256 }) => !accepted.has(`${id} ${sha256}`))
  if (needed.length > 0)
    throw new RegistryError('terms_not_accepted', 'Read these terms and accept them by id and sha256.', {
      extra: { needed },
    })
}

function termsOf(covered: readonly { termsId: string }[]): { id: string; sha256: string }[] {
  return [...new Set(covered.map(({ termsId }) => termsId))]
    .sort()
    .map((id) => ({ id, sha256: findTerms(id)?.sha256 ?? '' }))
}

function reliedOn(covered: readonly Covered[]): { id: string; version: number }[] {
  const relied = new Map<string, { id: string; version: number }>()
  for (const { facts, declarationId } of covered) {
    if (!isDeclared(declarationId)) continue
    const declaration = facts.declarations.find(({ id }) => id === declarationId)
    if (declaration) relied.set(declaration.id, { id: declaration.id, version: declaration.version })
  }
  return [...relied.values()]
}

/** The last day: as asked, within what every terms version covered allows. */
async function endOf(
  ctx: Context,
  institution: Organisation,
  input: GrantInput,
  from: string,
  covered: readonly Covered[],
): Promise<string> {
  const tags = covered.flatMap(({ termsId }) => findTerms(termsId)?.tags ?? [])
  const latest = [...new Set(tags.map((one) => daysAfter(from, one.grantLifetimeDaysMax.value - 1)))]
  if (input.purpose === 'evaluation') {
    const ids = covered.map(({ facts }) => facts.patentId)
    const earliest = await firstEvaluation(ctx.db.read, institution.id, ids)
    const first = earliest !== undefined && earliest < from ? earliest : from
    for (const months of new Set(tags.map((one) => one.evaluationMonthsMax.value)))
      if (months !== null) latest.push(daysAfter(monthsAfter(first, months), -1))
  }
  const allowed = latest.sort()[0] ?? from
  if (allowed < from)
    throw invalid('/purpose', 'evaluation_used_up', 'The months that the terms give for evaluation have been used.')
  const { until } = input
  if (until === undefined) return [daysAfter(monthsAfter(from, 12), -1), allowed].sort()[0] ?? allowed
  if (until < from) throw invalid('/until', 'before_from', '`until` is before `from`.')
  if (until > allowed) throw invalid('/until', 'too_long', `The terms allow a grant until ${allowed}.`)
  return until
}

function prepare(
  ctx: Context,
  { bearer, grantee }: Issue,
  input: GrantInput,
  from: string,
  until: string,
  covered: readonly Covered[],
): Promise<{ grant: GrantRecord; claims: GrantClaims }> {
  const holders = new Map(
    covered.flatMap(({ facts }) => holdersOn(facts, today(ctx)).map(({ id, name }) => [id, name.en] as const)),
  )
  const scope: GrantScope = {
    patents: covered.map(({ facts, termsId, declarationId }) => ({
      patentId: facts.patentId,
      number: facts.number,
      termsId,
      declarationId: isDeclared(declarationId) ? declarationId : null,
    })),
    territory: input.territory ?? [...new Set(covered.map(({ facts }) => facts.office))].sort(),
    terms: termsOf(covered),
    holders: [...holders].map(([id, name]) => ({ id: `${ctx.registryUrl}/v1/organisations/${id}`, name })),
    conditions: [...new Set(covered.flatMap(({ verdict }) => verdict.conditions.map(({ code }) => code)))],
  }
  const { numbers: _numbers, ...request } = input
  return makeGrant(ctx, bearer, { ...request, grantee }, from, until, scope)
}

function issued(ctx: Context, grant: GrantRecord, inputs: readonly string[], leftOut: LeftOut[]): IssuedGrant {
  const { id, number, token } = grant
  return {
    id,
    number,
    token,
    covered: grant.covered.map((one, i) => ({ input: inputs[i] ?? one.number, number: one.number, ...coverOf(one) })),
    leftOut,
    urls: {
      self: `${ctx.registryUrl}/v1/grants/${id}`,
      certificate: `${ctx.registryUrl}/g/${number}`,
      proof: `${ctx.registryUrl}/v1/grants/${id}.tlog-proof`,
      status: statusListUri(ctx.registryUrl, grant.statusList),
    },
  }
}
