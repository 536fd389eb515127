import { and, asc, desc, eq, inArray } from 'drizzle-orm'
import { z } from 'zod'
import * as schema from '../../../schema/index.ts'
import { build, type Reader, type Statement, statement } from '../../database.ts'
import { type Batch, type BatchFault, batchFault, batchFaults, batchState } from './batch.ts'
import type { Group } from './effect.ts'

const { declarationBatches: table, declarationBatchGroups: groupTable } = schema

export type BatchRow = typeof table.$inferSelect
export type GroupRow = typeof groupTable.$inferSelect

export async function findBatch(read: Reader, id: string): Promise<BatchRow | undefined> {
  const [row] = await read.select().from(table).where(eq(table.id, id))
  return row
}

/** How far it has come. */
export async function readBatch(read: Reader, row: BatchRow): Promise<Batch> {
  const rows = await read.rows(
    `select state, json_array_length(patent_ids), declaration_id, left_out from declaration_batch_groups
     where batch_id = ? order by position`,
    [row.id],
  )
  const shape = z.array(z.object({ number: z.string(), code: z.string() }))
  const groups = rows.map(([state, patents, declarationId, leftOut]) => ({
    state: String(state),
    patents: Number(patents),
    declarationId: declarationId === null ? undefined : String(declarationId),
    leftOut: leftOut === null ? [] : shape.parse(JSON.parse(String(leftOut))),
  }))
  const finished = groups.filter(({ state }) => state !== 'waiting')
  const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0)
  const leftOut = groups.flatMap((one) => one.leftOut)
  return {
    id: row.id,
    organisation: row.organisationId,
    state: batchState.parse(row.state),
    ...faultShown(row.fault),
    confirmedAt: row.confirmedAt,
    groups: { total: groups.length, finished: finished.length },
    patents: {
      declared: sum(finished.map(({ patents }) => patents)) - leftOut.length,
      leftOut: leftOut.length,
      waiting: sum(groups.filter(({ state }) => state === 'waiting').map(({ patents }) => patents)),
    },
    declarations: groups.flatMap(({ declarationId }) => declarationId ?? []),
    leftOut,
  }
}

function faultShown(fault: string | null): Pick<Batch, 'fault'> {
  if (fault === null) return {}
  const code = batchFault.parse(fault)
  return { fault: { code, text: batchFaults[code] } }
}

/** Batches that have something left to do: those that failed come last, else the oldest first. */
export async function workingBatchIds(read: Reader, limit: number): Promise<string[]> {
  const rows = await read
    .select({ id: table.id })
    .from(table)
    .where(eq(table.state, 'working'))
    .orderBy(asc(table.attempts), asc(table.id))
    .limit(limit)
  return rows.map(({ id }) => id)
}

/** The organisation's batches that are not over, the newest first. */
export async function listOpenBatches(read: Reader, organisationId: string, limit: number): Promise<BatchRow[]> {
  return read
    .select()
    .from(table)
    .where(and(eq(table.organisationId, organisationId), inArray(table.state, ['working', 'set_aside'])))
    .orderBy(desc(table.id))
    .limit(limit)
}

export async function nextGroup(read: Reader, batchId: string): Promise<GroupRow | undefined> {
  const [row] = await read
    .select()
    .from(groupTable)
    .where(and(eq(groupTable.batchId, batchId), eq(groupTable.state, 'waiting')))
    .orderBy(asc(groupTable.position))
    .limit(1)
  return row
}

export function insertBatch(batch: BatchRow, groups: readonly Group[]): Statement[] {
  const lines = groups.map(({ termsId, termsSha256, coOwnerIds, patents }, position) => ({
    position,
    termsId,
    termsSha256,
    coOwnerIds,
    patentIds: patents.map(({ id }) => id),
  }))
  return [
    statement(build.insert(table).values(batch)),
    {
      sql: `insert into declaration_batch_groups
              (batch_id, position, terms_id, terms_sha256, co_owner_ids, patent_ids, state)
            select ?1, value ->> 'position', value ->> 'termsId', value ->> 'termsSha256', value -> 'coOwnerIds',
              value -> 'patentIds', 'waiting' from json_each(?2)`,
      args: [batch.id, JSON.stringify(lines)],
    },
  ]
}

/** The group is dealt with, by this act alone; with the last one the batch is done. */
export function finishGroup(
  { batchId, position }: GroupRow,
  outcome: { declarationId: string | null; leftOut: readonly { number: string; code: string }[] },
): Statement[] {
  const { declarationId, leftOut } = outcome
  return [
    statement(
      build
        .update(groupTable)
        .set({
          state: declarationId === null ? 'left_out' : 'declared',
          declarationId,
          leftOut: leftOut.length === 0 ? null : leftOut.map(({ number, code }) => ({ number, code })),
        })
        .where(
          and(eq(groupTable.batchId, batchId), eq(groupTable.position, position), eq(groupTable.state, 'waiting')),
        ),
      'group',
    ),
    {
      sql: `update declaration_batches set attempts = 0, fault = null, state = iif(exists (
              select 1 from declaration_batch_groups where batch_id = ?1 and state = 'waiting'), state, 'done')
            where id = ?1`,
      args: [batchId],
    },
  ]
}

export function stopBatch(id: string): Statement {
  return statement(
    build
      .update(table)
      .set({ state: 'stopped' })
      .where(and(eq(table.id, id), eq(table.state, 'working'))),
    'batch',
  )
}

/** It failed once more; with the last of so many times in a row it is set aside. */
export function countFault(id: string, fault: BatchFault, attemptsMax: number): Statement {
  return {
    sql: `update declaration_batches set attempts = attempts + 1, fault = ?2,
            state = iif(attempts + 1 >= ?3, 'set_aside', state) where id = ?1 and state = 'working'`,
    args: [id, fault, attemptsMax],
  }
}

/** It is worked on again, from where it came to. */
export function takeUpBatch(id: string): Statement {
  return statement(
    build
      .update(table)
      .set({ state: 'working', attempts: 0 })
      .where(and(eq(table.id, id), eq(table.state, 'set_aside'))),
    'batch',
  )
}

/** The holder for whom it was confirmed still takes part. */
export function stillApproved(organisationId: string): Statement {
  return {
    sql: `insert into guard select count(*) = 1, 'organisation' from organisations where id = ? and state = 'approved'`,
    args: [organisationId],
  }
}
