import { expect, test } from 'vitest'
import { z } from 'zod'
import { client, newClient } from '../../src/clients/client.ts'
import { checkRegistry } from '../support/check-registry.ts'
import { openLocalRegistry } from '../support/registry.ts'

const list = z.object({ items: z.array(client), next: z.null() })

test('an organisation keeps its own clients: made, listed without their secrets, ended', async () => {
  const registry = await openLocalRegistry()
  const { id } = await registry.organisation()
  const officer = await registry.member(id)
  const path = `/v1/organisations/${id}/clients`
  const answer = await officer.post(path, { name: '管理システム', role: 'viewer', scopes: ['grants:read'] })
  const made = answer.as(newClient)
  expect(made).toMatchObject({ organisation: id, role: 'viewer', token_endpoint_auth_method: 'client_secret_basic' })
  expect(answer.headers.get('Cache-Control')).toBe('no-store')
  const listed = await officer.get(path)
  expect(listed.as(list).items.find(({ client_id }) => client_id === made.client_id)?.name).toBe('管理システム')
  expect(listed.text).not.toContain(made.client_secret)
  const stored = await registry.db.read.rows('select * from clients where id = ?', [made.client_id])
  expect(JSON.stringify(stored)).not.toContain(made.client_secret)

  expect((await officer.delete(`${path}/${made.client_id}`)).status).toBe(204)
  expect((await officer.get(path)).as(list).items.map(({ client_id }) => client_id)).not.toContain(made.client_id)
  await checkRegistry(registry)
})

test('a request for a client that was carried out does not show its secret again', async () => {
  const registry = await openLocalRegistry()
  const { id } = await registry.organisation()
  const officer = await registry.member(id)
  const body = { name: 'Portfolio', role: 'officer', scopes: ['patents:write'] }
  const headers = { 'Idempotency-Key': 'once' }
  expect((await officer.post(`/v1/organisations/${id}/clients`, body, headers)).status).toBe(201)
  const again = await officer.post(`/v1/organisations/${id}/clients`, body, headers)
  expect(again.problem()).toMatchObject({ status: 409, code: 'idempotency_spent' })
  const rows = await registry.db.read.rows('select answer from idempotent_requests', [])
  expect(rows).toEqual([[null]])
})

test('a client that signs its own assertions sends public keys only', async () => {
  const registry = await openLocalRegistry()
  const { id } = await registry.organisation()
  const body = (key: Record<string, unknown>) => ({
    name: 'Portfolio',
    role: 'officer',
    scopes: ['patents:write'],
    jwks: { keys: [{ kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo', ...key }] },
  })
  const path = `/v1/organisations/${id}/clients`
  const made = (await registry.steward.post(path, body({}))).as(newClient)
  expect(made).toMatchObject({ token_endpoint_auth_method: 'private_key_jwt' })
  expect(made).not.toHaveProperty('client_secret')
  const leaked = await registry.steward.post(path, body({ d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A' }))
  expect([leaked.status, leaked.problem().errors?.[0]?.pointer]).toEqual([422, '/jwks/keys/0/d'])
  expect(leaked.text).not.toContain('nWGxne')
})
