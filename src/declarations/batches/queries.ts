import { and, asc, eq } from 'drizzle-orm'
import { z } from 'zod'
import * as schema from '../../../schema/index.ts'
import { build, type Reader, type Statement, statement } from '../../database.ts'
import type { Batch } from './batch.ts'
import type { Group } from './effect.ts'

const { declarationBatches: table, declarationBatchGroups: groupTable } = schema
const batchState = z.enum(['working', 'done', 'stopped'])

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

/** Batches that have something left to do, the oldest first. */
export async function workingBatchIds(read: Reader, limit: number): Promise<string[]> {
  const rows = await read
    .select({ id: table.id })
    .from(table)
    .where(eq(table.state, 'working'))
    .orderBy(asc(table.id))
    .limit(limit)
  return rows.map(({ id }) => id)
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
      sql: `update declaration_batches set state = 'done' where id = ?1 and not exists (
              select 1 from declaration_batch_groups where batch_id = ?1 and state = 'waiting')`,
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

/** The holder for whom it was confirmed still takes part. */
export function stillApproved(organisationId: string): Statement {
  return {
    sql: `insert into guard select count(*) = 1, 'organisation' from organisations where id = ? and state = 'approved'`,
    args: [organisationId],
  }
}
