import { holdsOn } from '../../policies/question.ts'
import { type Context, today } from '../context.ts'
import { invalid, RegistryError } from '../errors.ts'
import { commit, settle } from '../log/commit.ts'
import { keepInventors } from './inventors/keep.ts'
import { numbersPerPatentMax, type PatentChange } from './patent.ts'
import { findRecord, hasOpenDeclaration, noDeclarationStands, updatePatent } from './queries.ts'
import { canonicalSpelling, dated, type PatentRecord, readClasses, readNumbers } from './record.ts'
import { readHolders, refuseTaken, requireHolder } from './register.ts'

/**
 * Mends or continues a patent's record. `version` is the one that the caller has read.
 * Holders cannot change while a declaration stands on the patent: who must consent would change under it.
 */
export function changePatent(
  ctx: Context,
  id: string,
  version: number,
  change: PatentChange,
): Promise<{ record: PatentRecord; version: number }> {
  return settle(async () => {
    const found = await findRecord(ctx.db.read, id)
    requireHolder(
      ctx,
      (found?.record.holders ?? []).filter((holder) => holdsOn(holder, today(ctx))),
    )
    if (!found) throw new RegistryError('not_found', 'There is no such patent.')
    if (found.version !== version)
      throw new RegistryError('stale_version', `The record is at version ${found.version}.`)
    const record = await changed(ctx, found.record, change)
    await refuseTaken(ctx, record)
    const passesOn = periodsOf(found.record) !== periodsOf(record)
    if (passesOn && (await hasOpenDeclaration(ctx.db.read, id)))
      throw new RegistryError(
        'not_allowed_now',
        'A declaration stands on this patent: withdraw it before its holders change.',
      )
    const kept = await keepInventors(ctx, found.record, record)
    return commit(ctx, {
      write: [
        kept,
        ...updatePatent(found.record, record, version, ctx.now.toISOString()),
        ...(passesOn ? [noDeclarationStands(id)] : []),
      ],
      events: [
        {
          event: 'patent_changed',
          subject: id,
          source: change.status?.source ?? 'officer',
          before: found.record,
          after: record,
        },
      ],
      touched: [id],
      answer: { record, version: version + 1 },
    })
  })
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
    if (after.numbers.some(({ office }) => office !== before.office))
      throw invalid('/numbers/0', 'other_office', `All numbers of this patent are of the office ${before.office}.`)
    if (after.numbers.length > numbersPerPatentMax)
      throw invalid('/numbers', 'too_big', `A patent has up to ${numbersPerPatentMax} numbers.`)
  }
  if (status) after.statuses = [...before.statuses, dated(status, after)]
  if (holders) after.holders = await readHolders(ctx, holders)
  return after
}

/** Who holds the patent and when; a share may be mended at any time. */
function periodsOf({ holders }: PatentRecord): string {
  return JSON.stringify(holders.map(({ organisationId, from, until }) => [organisationId, from, until]))
}
