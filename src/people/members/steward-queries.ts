import { and, eq, gt, isNull } from 'drizzle-orm'
import * as schema from '../../../schema/index.ts'
import { build, type Reader, type Statement, statement } from '../../database.ts'
import type { StewardInvitation } from './steward.ts'

const { stewardInvitations: table, stewards } = schema

export async function findStewardInvitation(
  read: Reader,
  tokenSha256: string,
  now: string,
): Promise<StewardInvitation | undefined> {
  const [row] = await read.select().from(table).where(eq(table.tokenSha256, tokenSha256))
  if (!row) return undefined
  const state = row.usedAt !== null ? 'used' : row.expiresAt > now ? 'open' : 'expired'
  return { id: row.id, madeAt: row.madeAt, expiresAt: row.expiresAt, state }
}

export function insertStewardInvitation(row: typeof table.$inferInsert): Statement {
  return statement(build.insert(table).values(row))
}

/** Uses an invitation that is open at that moment, once. */
export function useStewardInvitation(id: string, personId: string, at: string): Statement {
  return statement(
    build
      .update(table)
      .set({ usedAt: at, usedBy: personId })
      .where(and(eq(table.id, id), isNull(table.usedAt), gt(table.expiresAt, at))),
    'invitation',
  )
}

export function putSteward(personId: string, since: string): Statement {
  return statement(build.insert(stewards).values({ personId, since }).onConflictDoNothing())
}

export function deleteSteward(personId: string): Statement[] {
  return [
    statement(build.delete(stewards).where(eq(stewards.personId, personId)), 'steward'),
    { sql: 'update sessions set as_steward = 0 where person_id = ?', args: [personId] },
  ]
}

/** Who they are, for the operator's shell. */
export async function listStewards(read: Reader): Promise<{ id: string; name: string; since: string }[]> {
  const rows = await read.rows(
    'select s.person_id, p.name, s.since from stewards s join people p on p.id = s.person_id order by s.since, p.id',
    [],
  )
  return rows.map(([id, name, since]) => ({ id: String(id), name: String(name ?? ''), since: String(since) }))
}
