import type { Context } from '../context.ts'
import { invalid, RegistryError } from '../errors.ts'
import { sha256Hex } from '../log/canonical.ts'
import { commit, settle } from '../log/commit.ts'
import { toBase64url } from '../log/encoding.ts'
import { managedOrganisation } from '../organisations/managed.ts'
import type { ClientInput, ClientRecord, NewClient } from './client.ts'
import { insertClient } from './queries.ts'

/**
 * A machine client that acts for an organisation. Its officer makes it, the first one a steward. A client can give no
 * scope that stewards keep for themselves.
 */
export async function createClient(ctx: Context, organisationId: string, input: ClientInput): Promise<NewClient> {
  const { id } = (await managedOrganisation(ctx, organisationId)).organisation
  if (input.scopes.includes('registry:steward'))
    throw new RegistryError('forbidden', 'The scope registry:steward is for stewards alone.')
  if (input.role === 'viewer' && input.scopes.some((scope) => scope !== 'grants:read'))
    throw invalid('/scopes', 'viewer_reads_only', 'A viewer may have the scope grants:read only.')
  return settle(() => enrol(ctx, { ...input, organisation: id }))
}

/** A steward's client. Made from the operator's shell, by those who hold the database. */
export function createSteward(ctx: Context, name: string): Promise<NewClient> {
  if (ctx.actor.kind !== 'registry') throw new RegistryError('forbidden', 'Stewards are made by the operator alone.')
  return enrol(ctx, { name, role: 'steward', scopes: ['registry:steward'], organisation: null })
}

async function enrol(
  ctx: Context,
  input: Pick<NewClient, 'name' | 'role' | 'scopes' | 'organisation'> & { jwks?: ClientInput['jwks'] },
): Promise<NewClient> {
  const secret = input.jwks ? undefined : toBase64url(ctx.randomBytes(32))
  const record: ClientRecord = {
    client: {
      client_id: ctx.newId(),
      organisation: input.organisation,
      role: input.role,
      name: input.name,
      scopes: input.scopes,
      token_endpoint_auth_method: input.jwks ? 'private_key_jwt' : 'client_secret_basic',
      createdAt: ctx.now.toISOString(),
    },
    secretSha256: secret === undefined ? null : await sha256Hex(secret),
    jwks: input.jwks ?? null,
  }
  return commit(ctx, {
    write: [insertClient(record)],
    events: [{ event: 'client_created', subject: record.client.client_id, source: 'officer', after: record.client }],
    answer: secret === undefined ? record.client : { ...record.client, client_secret: secret },
    ...(secret === undefined ? {} : { secret: true }),
  })
}
