import { holdsOn } from '../../policies/question.ts'
import { type Context, today } from '../context.ts'
import { invalid, RegistryError } from '../errors.ts'
import { commit, settle } from '../log/commit.ts'
import { actedBy } from '../mandates/acting.ts'
import { findOrganisations } from '../organisations/queries.ts'
import { keepInventors } from './inventors/keep.ts'
import { numbersPerPatentMax, type PatentChange, statusesPerPatentMax } from './patent.ts'
import { declaredAmong, findRecord, noDeclarationStands, updatePatent } from './queries.ts'
import { canonicalSpelling, dated, officeOf, type PatentRecord, readClasses, readNumbers } from './record.ts'
import { joinFamily, readHolders, refuseTaken, requireHolder } from './register.ts'

/**
 * Mends or continues a patent's record. `version` is the one that the caller has read.
 * Holders cannot change so while a declaration stands on the patent, for who must consent would change under it: a later
 * owner is recorded as an assignment.
 */
export function changePatent(
  ctx: Context,
  id: string,
  version: number,
  change: PatentChange,
): Promise<{ record: PatentRecord; version: number }> {
  return settle(async () => {
    const found = await findRecord(ctx.db.read, id)
    const acting = await requireHolder(
      ctx,
      (found?.record.holders ?? []).filter((holder) => holdsOn(holder, today(ctx))),
    )
    if (!found) throw new RegistryError('not_found', 'There is no such patent.')
    if (found.version !== version)
      throw new RegistryError('stale_version', `The record is at version ${found.version}.`)
    const record = await changed(ctx, found.record, change)
    await refuseTaken(ctx, record)
    const passesOn = periodsOf(found.record) !== periodsOf(record)
    if (passesOn && (await declaredAmong(ctx.db.read, [id], today(ctx))).has(id))
      throw new RegistryError(
        'not_allowed_now',
        'A declaration stands on this patent, or is withdrawn and its notice not over: record an assignment, or wait for its end before the holders change otherwise.',
      )
    if (passesOn) await refuseTakingOff(ctx, found.record, record, acting?.organisationId)
    const ofFamily = record.family === found.record.family ? [] : await joinFamily(ctx, record)
    const kept = await keepInventors(ctx, found.record, record)
    return commit(ctx, {
      write: [
        ...(acting?.guards ?? []),
        kept,
        ...updatePatent(found.record, record, version, ctx.now.toISOString()),
        ...ofFamily,
        ...(passesOn ? [noDeclarationStands([id], today(ctx))] : []),
      ],
      events: [
        {
          event: 'patent_changed',
          subject: id,
          source: change.status?.source ?? 'officer',
          before: found.record,
          after: record,
          ...actedBy(acting),
        },
      ],
      touched: [id],
      answer: { record, version: version + 1 },
    })
  })
}

/**
 * A holder that takes part is never taken off by another: it would then be asked no more before the patent is opened. It
 * gives up its share itself, by an assignment.
 */
async function refuseTakingOff(
  ctx: Context,
  before: PatentRecord,
  after: PatentRecord,
  by: string | undefined,
): Promise<void> {
  const on = today(ctx)
  const holding = ({ holders }: PatentRecord) =>
    holders.filter((one) => holdsOn(one, on)).map(({ organisationId }) => organisationId)
  const still = holding(after)
  const gone = holding(before).filter((id) => id !== by && !still.includes(id))
  const members = await findOrganisations(ctx.db.read, gone)
  const member = [...members.values()].find(({ state }) => state === 'approved' || state === 'suspended')
  if (member && by !== undefined)
    throw new RegistryError(
      'forbidden',
      `${member.name.en} takes part in the commons and is recorded as a holder: it gives up its share itself, by an assignment.`,
    )
}

async function changed(ctx: Context, before: PatentRecord, change: PatentChange): Promise<PatentRecord> {
  const { numbers, holders, classes, status, title, ...plain } = change
  const given = Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined))
  const after: PatentRecord = { ...before, ...given }
  if (title) after.title = { ...before.title, ...title }
  if (classes) Object.assign(after, readClasses(classes))
  if (numbers) {
    const all = new Map([...before.numbers, ...readNumbers(numbers)].map((number) => [number.key, number]))
    after.numbers = [...all.values()]
    after.number = canonicalSpelling(after.numbers) ?? before.number
    if (after.numbers.some((number) => officeOf(number) !== before.office))
      throw invalid('/numbers/0', 'other_office', `All numbers of this patent are of the office ${before.office}.`)
    if (after.numbers.length > numbersPerPatentMax)
      throw invalid('/numbers', 'too_big', `A patent has up to ${numbersPerPatentMax} numbers.`)
  }
  if (status) after.statuses = withStatus(before, dated(status, after), '/status')
  if (holders) after.holders = await readHolders(ctx, holders)
  return after
}

/** @throws invalid_input when the record is full */
export function withStatus(
  { number, statuses }: PatentRecord,
  status: PatentRecord['statuses'][number],
  pointer: string,
): PatentRecord['statuses'] {
  if (statuses.length >= statusesPerPatentMax)
    throw invalid(
      pointer,
      'too_big',
      `The record of ${number} has ${statusesPerPatentMax} statuses, and holds no more. Send a status only when it has changed, not whenever it is seen; write to the registry’s stewards about what still has to be recorded.`,
    )
  return [...statuses, status]
}

/** Who holds the patent and when; a share may be mended at any time. */
function periodsOf({ holders }: PatentRecord): string {
  return JSON.stringify(holders.map(({ organisationId, from, until }) => [organisationId, from, until]))
}
