import { and, desc, eq, lt } from 'drizzle-orm'
import { z } from 'zod'
import * as schema from '../../../schema/index.ts'
import { build, type Reader, type Statement, statement } from '../../database.ts'
import { known } from '../../shapes.ts'
import { type GrantInput, type GrantRequest, grantee, grantInput } from '../grant.ts'

const { grantRequests: table } = schema
const requestState = z.enum(['waiting', 'approved', 'refused'])
const kept = grantInput.extend({ grantee })

export type GrantRequestRecord = {
  id: string
  personId: string
  organisationId: string
  request: z.infer<typeof kept>
  state: GrantRequest['state']
  requestedAt: string
  decidedBy: string | null
  decidedAt: string | null
  reason: string | null
  grantId: string | null
  version: number
}

export async function findRequest(read: Reader, id: string): Promise<GrantRequestRecord | undefined> {
  const [row] = await read.select().from(table).where(eq(table.id, id))
  return row && toRecord(row)
}

export async function listRequests(
  read: Reader,
  of: { organisationId: string } | { personId: string },
  before: string | undefined,
  limit: number,
): Promise<GrantRequestRecord[]> {
  const mine = 'personId' in of ? eq(table.personId, of.personId) : eq(table.organisationId, of.organisationId)
  const rows = await read
    .select()
    .from(table)
    .where(and(mine, before === undefined ? undefined : lt(table.id, before)))
    .orderBy(desc(table.id))
    .limit(limit)
  return rows.map(toRecord)
}

export function insertObjection(objection: typeof schema.grantObjections.$inferInsert): Statement {
  return statement(build.insert(schema.grantObjections).values(objection))
}

export function insertRequest(request: GrantRequestRecord): Statement {
  return statement(build.insert(table).values(request))
}

/** Writes the state that follows `request.version - 1`. */
export function updateRequest({ id, state, decidedBy, decidedAt, reason, grantId, version }: GrantRequestRecord) {
  return statement(
    build
      .update(table)
      .set({ state, decidedBy, decidedAt, reason, grantId, version })
      .where(and(eq(table.id, id), eq(table.version, version - 1))),
    'grant request',
  )
}

/** `withPerson`: for the institution, which decides. */
export function showRequest(record: GrantRequestRecord, withPerson: boolean): GrantRequest {
  const { request } = record
  const { name, orcid } = request.grantee
  return {
    id: record.id,
    state: record.state,
    organisation: record.organisationId,
    numbers: request.numbers,
    purpose: request.purpose,
    mode: request.mode,
    project: request.project,
    requestedAt: record.requestedAt,
    ...known({ decidedAt: record.decidedAt, reason: record.reason, grant: record.grantId }),
    ...(withPerson ? { person: { name, ...(orcid === undefined ? {} : { orcid }) } } : {}),
  }
}

export function inputOf(record: GrantRequestRecord): GrantInput {
  return record.request
}

function toRecord(row: typeof table.$inferSelect): GrantRequestRecord {
  return { ...row, request: kept.parse(row.request), state: requestState.parse(row.state) }
}
