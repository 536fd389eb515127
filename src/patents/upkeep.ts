import { z } from '@hono/zod-openapi'
import { holdsOn } from '../../policies/question.ts'
import { legalStatus } from '../../policies/vocabulary.ts'
import { type Context, today } from '../context.ts'
import { monthsAfter } from '../dates.ts'
import { invalid, RegistryError } from '../errors.ts'
import { commit, settle } from '../log/commit.ts'
import { actedBy, requireActingFor } from '../mandates/acting.ts'
import { notify } from '../notices/notify.ts'
import { findOrganisation } from '../organisations/queries.ts'
import { date, line } from '../shapes.ts'
import { withStatus } from './change.ts'
import { type Dated, statusOn } from './facts.ts'
import { findRecord, updatePatent } from './queries.ts'
import { dated, type PatentRecord } from './record.ts'
import { requireHolder } from './register.ts'
import {
  type Expiring,
  endedBy,
  listExpiring,
  monthTold,
  setMonthTold,
  settleEnds,
  untoldOfEnds,
  untoldStill,
} from './upkeep-queries.ts'

/** One act touches so many patents, with their families, within Turso's five seconds. */
const endsPerActMax = 200
/** On a day on which very many end the rest follows a minute later. */
const actsPerRunMax = 10
const organisationsPerActMax = 50
/** Officers look a year ahead: fees of the last years are decided yearly. */
export const expiringMonths = 12

export const statusEventInput = z
  .strictObject({
    value: legalStatus,
    on: date.exactOptional().openapi({ description: 'Since when; by default the date that the status implies.' }),
    source: line(200),
    seenOn: date.openapi({ description: 'The day on which the source said so.' }),
  })
  .openapi('StatusEventInput', {
    example: { value: 'lapsed', on: '2026-10-01', source: 'J-PlatPat', seenOn: '2026-11-20' },
  })
export type StatusEventInput = z.infer<typeof statusEventInput>

/**
 * Adds what a source says of the legal status; nothing is ever taken away. What is on record just so is not added again.
 * A right that has ended leaves the commons from that day: its declarations stay, and open it no longer.
 */
export function recordStatus(
  ctx: Context,
  id: string,
  input: StatusEventInput,
): Promise<{ number: string; status: Dated; statuses: Dated[]; version: number }> {
  for (const [name, day] of [
    ['on', input.on],
    ['seenOn', input.seenOn],
  ] as const)
    if (day !== undefined && day > today(ctx))
      throw invalid(`/${name}`, 'in_the_future', 'A status is recorded once it has been seen.')
  return settle(async () => {
    const found = await findRecord(ctx.db.read, id)
    const acting = await requireHolder(
      ctx,
      (found?.record.holders ?? []).filter((holder) => holdsOn(holder, today(ctx))),
    )
    if (!found) throw new RegistryError('not_found', 'There is no such patent.')
    const { record, version } = found
    const event = dated(input, record)
    const same = record.statuses.some(
      (one) =>
        one.value === event.value && one.on === event.on && one.source === event.source && one.seenOn === event.seenOn,
    )
    if (same) return shown(record, version, today(ctx))
    const after: PatentRecord = { ...record, statuses: withStatus(record, event, '/value') }
    return commit(ctx, {
      write: [...(acting?.guards ?? []), ...updatePatent(record, after, version, ctx.now.toISOString())],
      events: [{ event: 'status_recorded', subject: id, source: input.source, after: event, ...actedBy(acting) }],
      touched: [id],
      answer: shown(after, version + 1, today(ctx)),
    })
  })
}

function shown({ number, statuses, expires }: PatentRecord, version: number, on: string) {
  const all = statuses
    .map((one) => ({ ...one, on: one.on ?? one.seenOn }))
    .map((one, i) => ({ one, i }))
    .sort((a, b) => (a.one.on === b.one.on ? a.i - b.i : a.one.on < b.one.on ? -1 : 1))
    .map(({ one }) => one)
  const end = expires && { ...expires, estimated: false }
  return { number, status: statusOn({ statuses: all, ...(end ? { end } : {}) }, on), statuses: all, version }
}

/**
 * Scheduled: a patent whose recorded end has come gets the status `expired`, with that record's source. Estimated ends
 * never do. Writes nothing when nothing is due; processes that do it at once do each patent once. How many were due.
 */
export async function expireEnded(ctx: Context): Promise<number> {
  let settled = 0
  for (let act = 0; act < actsPerRunMax; act++) {
    const count = await expireSome(ctx)
    settled += count
    if (count < endsPerActMax) break
  }
  return settled
}

function expireSome(ctx: Context): Promise<number> {
  return settle(async () => {
    const ended = await endedBy(ctx.db.read, today(ctx), endsPerActMax)
    const [first, ...rest] = ended.map(({ id, on, source, status }) => ({
      event: 'patent_term_ended',
      subject: id,
      source,
      before: { status },
      after: { on },
    }))
    if (!first) return 0
    await commit(ctx, {
      write: settleEnds(ended, today(ctx), ctx.now.toISOString()),
      events: [first, ...rest],
      touched: ended.map(({ id }) => id),
      answer: undefined,
    })
    return ended.length
  })
}

/** Scheduled: once a month officers hear how many of their patents end in the next twelve. How many organisations. */
export function tellOfExpiring(ctx: Context): Promise<number> {
  const on = today(ctx)
  const month = on.slice(0, 7)
  const since = `${month}-01`
  return settle(async () => {
    if ((await monthTold(ctx.db.read)) === month) return 0
    const until = monthsAfter(on, expiringMonths)
    const untold = await untoldOfEnds(ctx.db.read, on, until, since, organisationsPerActMax)
    const complete = untold.length < organisationsPerActMax
    await commit(ctx, {
      write: [
        untoldStill(
          untold.map(({ organisationId }) => organisationId),
          since,
        ),
        ...untold.flatMap(({ organisationId, patents, estimated }) =>
          notify(ctx, {
            to: { organisationId },
            kind: 'patents_expiring',
            subject: organisationId,
            body: { patents, estimated, until },
          }),
        ),
        ...(complete ? [setMonthTold(month)] : []),
      ],
      events: [{ event: 'expiring_told', subject: month, source: 'registry', after: { organisations: untold.length } }],
      answer: undefined,
    })
    return untold.length
  })
}

/** What ends in the next months, for officers of the holder and agents that may enrol for it. */
export async function readExpiring(
  ctx: Context,
  idOrRor: string,
  months: number,
  after: readonly [string, string] | undefined,
  limit: number,
): Promise<Expiring[]> {
  const found = await findOrganisation(ctx.db.read, idOrRor)
  const acting = await requireActingFor(ctx, found ? [found.organisation.id] : [], 'enrol')
  return listExpiring(ctx.db.read, acting.organisationId, today(ctx), monthsAfter(today(ctx), months), after, limit)
}

/** As many as a year of the largest portfolio has, in one file. */
export const expiringCsvMax = 20_000

/** The list as rows of a file, the names of the columns first. */
export function expiringRows(all: readonly Expiring[]): string[][] {
  return [
    ['number', 'title_ja', 'title_en', 'ends_on', 'estimated', 'source', 'declarations'],
    ...all.map(({ number, title, endsOn, estimated, source, declarations }) => [
      number,
      title.ja ?? '',
      title.en ?? '',
      endsOn,
      estimated ? 'estimated' : '',
      source,
      String(declarations),
    ]),
  ]
}
