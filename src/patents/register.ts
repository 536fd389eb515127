import type { Context } from '../context.ts'
import type { Statement } from '../database.ts'
import { invalid, RegistryError } from '../errors.ts'
import { commit, settle } from '../log/commit.ts'
import { type Acting, actedBy, requireActingFor } from '../mandates/acting.ts'
import { findOrganisation } from '../organisations/queries.ts'
import { requireScope } from '../organisations/rights.ts'
import { known } from '../shapes.ts'
import { refuseOwnIdentifier } from './inventors/keep.ts'
import { membersPerFamilyMax, type PatentInput } from './patent.ts'
import { countFamily, familyWithin, findNumbersTaken, insertPatent } from './queries.ts'
import { canonicalSpelling, officeOf, type PatentRecord, readClasses, readNumbers, readStatuses } from './record.ts'

/**
 * Enrols one right of one office. The caller is an officer of one of its holders, or of an agent of one.
 * @throws already_registered naming the record that has one of the numbers
 */
export function registerPatent(ctx: Context, input: PatentInput): Promise<PatentRecord> {
  return settle(() => enrol(ctx, input))
}

async function enrol(ctx: Context, input: PatentInput): Promise<PatentRecord> {
  requireScope(ctx.actor, 'patents:write')
  const holders = await readHolders(ctx, input.holders)
  const acting = await requireHolder(ctx, holders)
  const numbers = readNumbers(input.numbers)
  const [first] = numbers
  const canonical = canonicalSpelling(numbers)
  if (!first || canonical === undefined) throw invalid('/numbers', 'too_small', 'A patent has at least one number.')
  const { numbers: _written, holders: _named, status: _given, ...rest } = input
  const record: PatentRecord = {
    ...rest,
    ...readClasses(input.classes),
    id: ctx.newId(),
    number: canonical,
    office: officeOf(first),
    numbers,
    holders,
    statuses: readStatuses(input),
  }
  refuseOwnIdentifier(ctx, [], record.inventors)
  await refuseTaken(ctx, record)
  const ofFamily = await joinFamily(ctx, record)
  return commit(ctx, {
    write: [...(acting?.guards ?? []), ...insertPatent(record, ctx.now.toISOString()), ...ofFamily],
    events: [
      {
        event: 'patent_registered',
        subject: record.id,
        source: input.status.source,
        after: record,
        ...actedBy(acting),
      },
    ],
    touched: [record.id],
    answer: record,
  })
}

/** Holders by id or ROR id, each once at a time. */
export async function readHolders(ctx: Context, named: PatentInput['holders']): Promise<PatentRecord['holders']> {
  const found = await Promise.all(named.map(({ organisation }) => findOrganisation(ctx.db.read, organisation)))
  return named.map(({ organisation: written, ...rest }, i) => {
    const record = found[i]
    if (!record)
      throw invalid(
        `/holders/${i}/organisation`,
        'unknown_organisation',
        `${written} is not a registered organisation.`,
      )
    const first = found.findIndex((other) => other?.organisation.id === record.organisation.id)
    if (first < i && rest.from === undefined)
      throw invalid(
        `/holders/${i}/organisation`,
        'named_twice',
        'An organisation is named once, unless it held the patent at different times.',
      )
    return { ...known(rest), organisationId: record.organisation.id }
  })
}

/** The registry itself may enrol (the sample); else the caller's organisation, or one it is agent of, holds the patent. */
export async function requireHolder(
  ctx: Context,
  holders: readonly { organisationId: string }[],
): Promise<Acting | undefined> {
  if (ctx.actor.kind === 'registry') return undefined
  return requireActingFor(
    ctx,
    holders.map(({ organisationId }) => organisationId),
    'enrol',
  )
}

/** @throws invalid_input for a family that is full; what it gives goes behind the record in the act */
export async function joinFamily(
  ctx: Context,
  { id, family }: Pick<PatentRecord, 'id' | 'family'>,
): Promise<Statement[]> {
  if (family === undefined) return []
  if ((await countFamily(ctx.db.read, family, id)) >= membersPerFamilyMax)
    throw invalid(
      '/family',
      'too_big',
      `A family has up to ${membersPerFamilyMax} members here. Give the same id only to patents for the same invention, such as those of one INPADOC simple family, or leave it out.`,
    )
  return [familyWithin(family, membersPerFamilyMax)]
}

/** Refuses numbers that stand on another record. */
export async function refuseTaken(ctx: Context, record: Pick<PatentRecord, 'id' | 'numbers'>): Promise<void> {
  const [taken] = await findNumbersTaken(
    ctx.db.read,
    record.id,
    record.numbers.map(({ key }) => key),
  )
  if (!taken) return
  throw new RegistryError('already_registered', `${taken.docdb} is a number of ${taken.patent}, which is registered.`, {
    faults: [{ pointer: '/numbers', code: 'already_registered', detail: taken.docdb }],
    extra: { existing: `${ctx.registryUrl}/v1/patents/${encodeURIComponent(taken.patent)}` },
  })
}
