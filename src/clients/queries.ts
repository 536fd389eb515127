import { and, eq, isNull, sql } from 'drizzle-orm'
import { z } from 'zod'
import * as schema from '../../schema/index.ts'
import { type Actor, roles, scopes } from '../context.ts'
import { build, type Reader, ready, type Statement, statement } from '../database.ts'
import type { Client, ClientRecord } from './client.ts'

const { clients: table, clientAssertions, organisations } = schema
const role = z.enum(roles)
const scopeList = z.array(z.enum(scopes))

export async function findClient(read: Reader, id: string): Promise<ClientRecord | undefined> {
  const [row] = await read
    .select()
    .from(table)
    .where(and(eq(table.id, id), isNull(table.revokedAt)))
  if (!row) return undefined
  return { client: toClient(row), secretSha256: row.secretSha256, jwks: row.jwks }
}

/** Who a client acts for at this moment; undefined once it is revoked. `granted` are the scopes of its access token. */
export async function findActor(read: Reader, id: string, granted: readonly string[]): Promise<Actor | undefined> {
  const [row] = await clientWithOrganisation(read).all({ id })
  if (!row) return undefined
  const held = new Set(scopeList.parse(row.client.scopes).filter((scope) => granted.includes(scope)))
  const known = role.parse(row.client.role)
  if (known === 'steward') return { kind: 'steward', id, scopes: held }
  if (row.client.organisationId === null) return undefined
  return {
    kind: 'member',
    id,
    organisationId: row.client.organisationId,
    organisationApproved: row.organisationState === 'approved',
    role: known,
    scopes: held,
  }
}

const clientWithOrganisation = ready((read) =>
  read
    .select({ client: table, organisationState: organisations.state })
    .from(table)
    .leftJoin(organisations, eq(organisations.id, table.organisationId))
    .where(and(eq(table.id, sql.placeholder('id')), isNull(table.revokedAt)))
    .prepare(),
)

export async function listClients(read: Reader, organisationId: string): Promise<Client[]> {
  const rows = await read
    .select()
    .from(table)
    .where(and(eq(table.organisationId, organisationId), isNull(table.revokedAt)))
    .orderBy(table.createdAt, table.id)
  return rows.map(toClient)
}

export function insertClient({ client, secretSha256, jwks }: ClientRecord): Statement {
  return statement(
    build.insert(table).values({
      id: client.client_id,
      organisationId: client.organisation,
      role: client.role,
      name: client.name,
      secretSha256,
      jwks,
      scopes: client.scopes,
      createdAt: client.createdAt,
    }),
  )
}

export function closeClient(organisationId: string, id: string, at: string): Statement {
  return statement(
    build
      .update(table)
      .set({ revokedAt: at })
      .where(and(eq(table.id, id), eq(table.organisationId, organisationId), isNull(table.revokedAt))),
    'client',
  )
}

/** Marks an assertion as used; fails as `unique` when it was used before. Old ones are dropped on the way. */
export function useAssertion(clientId: string, jti: string, expiresAt: string, now: string): Statement[] {
  return [
    { sql: 'delete from client_assertions where expires_at < ?', args: [now] },
    statement(build.insert(clientAssertions).values({ clientId, jti, expiresAt })),
  ]
}

function toClient(row: typeof table.$inferSelect): Client {
  return {
    client_id: row.id,
    organisation: row.organisationId,
    role: role.parse(row.role),
    name: row.name,
    scopes: scopeList.parse(row.scopes),
    token_endpoint_auth_method: row.jwks === null ? 'client_secret_basic' : 'private_key_jwt',
    createdAt: row.createdAt,
  }
}
