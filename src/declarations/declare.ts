import { findTerms } from '../../policies/terms.ts'
import { type Context, today } from '../context.ts'
import { type InputFault, invalid, RegistryError } from '../errors.ts'
import { sha256Hex } from '../log/canonical.ts'
import { commit, settle } from '../log/commit.ts'
import { notify } from '../notices/notify.ts'
import { findOrganisation } from '../organisations/queries.ts'
import { requireOfficer } from '../organisations/rights.ts'
import { holdersOn, type PatentFacts, statusOn } from '../patents/facts.ts'
import { parseNumber } from '../patents/numbers/parse.ts'
import { findFacts } from '../patents/queries.ts'
import type { Declaration, DeclarationInput } from './declaration.ts'
import { insertDeclaration, notYetDeclared, patentsUnchanged } from './queries.ts'

/**
 * A holder opens patents under one terms version. It is in force at once when the holder owns them alone, else once
 * every co-owner has consented.
 * @throws invalid_input with a fault per number that cannot be declared; nothing is recorded then
 */
export function declare(ctx: Context, input: DeclarationInput): Promise<Declaration> {
  const officer = requireOfficer(ctx.actor, 'declarations:write')
  return declareFor(ctx, officer.organisationId, input)
}

/** For those who have shown that they act for the organisation. */
export function declareFor(ctx: Context, organisationId: string, input: DeclarationInput): Promise<Declaration> {
  const terms = findTerms(input.termsId)
  if (!terms) throw invalid('/termsId', 'unknown_terms', `${input.termsId} is not published. See GET /v1/terms.`)
  if (terms.sha256 !== input.termsSha256)
    throw invalid(
      '/termsSha256',
      'other_text',
      `The published text of ${terms.id} has the fingerprint ${terms.sha256}.`,
    )
  const from = input.from ?? today(ctx)
  if (from < today(ctx)) throw invalid('/from', 'in_the_past', 'A declaration cannot begin before it is made.')
  if (input.until !== undefined && input.until < from)
    throw invalid('/until', 'before_from', '`until` is before `from`.')
  return settle(async () => {
    const [holder, patents] = await Promise.all([
      findOrganisation(ctx.db.read, organisationId),
      readPatents(ctx, organisationId, input, terms.id, from),
    ])
    if (!holder) throw new RegistryError('not_found', 'There is no such organisation.')
    const coOwners = new Map(
      patents.flatMap((facts) => holdersOn(facts, today(ctx)).map(({ id, name }) => [id, { id, name }])),
    )
    coOwners.delete(organisationId)
    const complete = coOwners.size === 0
    const numbers = patents.map(({ number }) => number).sort()
    const declaration: Declaration = {
      id: ctx.newId(),
      organisation: { id: organisationId, name: holder.organisation.name },
      termsId: terms.id,
      termsSha256: terms.sha256,
      state: complete ? 'in_force' : 'awaiting_consent',
      from,
      ...(input.until === undefined ? {} : { until: input.until }),
      ...(complete ? { inForceFrom: today(ctx) } : {}),
      patents: {
        count: numbers.length,
        sha256: await sha256Hex(numbers.map((number) => `${number}\n`).join('')),
        numbers,
      },
      consents: [...coOwners.values()].map((organisation) => ({ organisation, answer: 'pending' as const })),
      declaredAt: ctx.now.toISOString(),
    }
    const patentIds = patents.map(({ patentId }) => patentId)
    const subject = declaration.id
    return commit(ctx, {
      write: [
        patentsUnchanged(patents),
        notYetDeclared(terms.id, patentIds, from),
        ...insertDeclaration({ declaration, version: 1, patentIds }),
        ...[...coOwners.keys()].flatMap((coOwner) =>
          notify(ctx, {
            to: { organisationId: coOwner },
            kind: 'consent_asked',
            subject,
            body: { declaration: subject, by: organisationId, terms: terms.id, patents: patentIds.length },
          }),
        ),
      ],
      entries: complete
        ? [
            { type: 'declared', subject, record: declaration },
            { type: 'declaration_in_force', subject, record: { id: subject, inForceFrom: declaration.inForceFrom } },
          ]
        : [{ type: 'declared', subject, record: declaration }],
      touched: patentIds,
      answer: declaration,
    })
  })
}

async function readPatents(
  ctx: Context,
  organisationId: string,
  input: DeclarationInput,
  termsId: string,
  from: string,
): Promise<PatentFacts[]> {
  const read = input.numbers.map((written) => parseNumber(written))
  const byKey = await findFacts(
    ctx.db.read,
    read.flatMap(({ candidates }) => candidates.map(({ key }) => key)),
  )
  const faults: InputFault[] = []
  const patents = new Map<string, PatentFacts>()
  for (const [i, { input: written, candidates }] of read.entries()) {
    const facts = candidates.length === 1 ? byKey.get(candidates[0]?.key ?? '') : undefined
    const fault =
      candidates.length === 0
        ? (['unrecognised_number', `${written} is not a number we can read.`] as const)
        : candidates.length > 1
          ? ([
              'ambiguous_number',
              `${written} can mean ${candidates.map(({ display }) => `${display.en} (${display.ja})`).join(' or ')}.`,
            ] as const)
          : facts === undefined
            ? (['not_enrolled', `${candidates[0]?.docdb} is not enrolled; register it first.`] as const)
            : whyNot(facts, organisationId, termsId, today(ctx), from)
    if (fault) faults.push({ pointer: `/numbers/${i}`, code: fault[0], detail: fault[1] })
    else if (facts) patents.set(facts.patentId, facts)
  }
  if (faults.length > 0)
    throw new RegistryError(
      'invalid_input',
      `${faults.length} of the numbers cannot be declared. Nothing was recorded.`,
      {
        faults,
      },
    )
  return [...patents.values()]
}

/** Why this patent cannot be declared by this organisation today, to be open from that day. */
function whyNot(facts: PatentFacts, organisationId: string, termsId: string, on: string, from: string) {
  const { number } = facts
  if (!holdersOn(facts, on).some(({ id }) => id === organisationId))
    return ['not_a_holder', `Your organisation is not recorded as a holder of ${number}.`] as const
  const status = statusOn(facts, on).value
  if (ended.has(status)) return ['right_ended', `The right ${number} is ${status}; nothing is left to open.`] as const
  const blocking = facts.encumbrances.some(
    ({ kind, researchReserved, from, until }) =>
      kind === 'exclusive_licence' &&
      !researchReserved &&
      (from === undefined || from <= on) &&
      (until === undefined || until >= on),
  )
  if (blocking)
    return ['encumbered', `An exclusive licence without a research reservation stands on ${number}.`] as const
  const standing = facts.declarations.find(
    (declaration) =>
      declaration.termsId === termsId &&
      declaration.state !== 'withdrawn' &&
      (declaration.until === undefined || declaration.until >= from),
  )
  if (standing) return ['already_declared', `${number} is declared under ${termsId} by ${standing.id}.`] as const
  return undefined
}

const ended: ReadonlySet<string> = new Set(['expired', 'lapsed', 'refused', 'withdrawn', 'revoked'])
