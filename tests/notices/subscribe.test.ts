import { expect, test } from 'vitest'
import { deliverDue } from '../../src/notices/deliver.ts'
import { dumpState } from '../support/check-registry.ts'
import { declare, openHolders } from '../support/holders.ts'
import { signedIn } from '../support/people.ts'
import { contextOf, deliveriesOf, receiver, subscribed } from './outbox.ts'

test('the secret is shown once: in no later answer, message, history or log', async () => {
  const registry = await openHolders()
  const { kyoto, toyota, shared, db } = registry
  const headers = { 'Idempotency-Key': 'once' }
  const input = { url: 'https://hooks.example/' }
  const made = await toyota.officer.post('/v1/webhooks', input, headers)
  expect(made.headers.get('Cache-Control')).toBe('no-store')
  const { id, secret } = JSON.parse(made.text)
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
  expect((await toyota.officer.post('/v1/webhooks', input, headers)).problem().code).toBe('idempotency_spent')
  await declare(kyoto.officer, [shared.number])
  const { send, received } = receiver(500)
  await deliverDue(contextOf(registry), { send })
  const later = [
    (await toyota.officer.get('/v1/webhooks')).text,
    (await toyota.officer.get('/v1/notices')).text,
    (await toyota.officer.get(`/v1/webhooks/${id}/deliveries`)).text,
    (await toyota.officer.post(`/v1/webhooks/${id}/test`, {})).text,
    JSON.stringify(received),
  ]
  for (const text of later) expect(text).not.toContain(secret.slice('whsec_'.length))
  const tables = await db.read.rows("select name from sqlite_schema where type = 'table' and name <> 'webhooks'", [])
  expect(tables.length).toBeGreaterThan(20)
  for (const [table] of tables) {
    const rows = await db.read.rows(`select * from "${table}"`, [])
    expect(JSON.stringify(rows, (_, value) => (typeof value === 'bigint' ? String(value) : value))).not.toContain(
      secret.slice('whsec_'.length),
    )
  }
})

test('no two webhooks have one secret', async () => {
  const { toyota } = await openHolders()
  const [one, other] = [await subscribed(toyota.officer), await subscribed(toyota.officer)]
  expect(one.secret).not.toBe(other.secret)
})

test('what another organisation has made is not there: to read, to test, to end, to send again', async () => {
  const registry = await openHolders()
  const { toyota, kyoto, steward, anonymous } = registry
  const { id } = await subscribed(toyota.officer)
  const person = await signedIn(registry, { name: '入会 太郎', memberOf: kyoto.organisation.id })
  const before = await dumpState(registry)
  for (const stranger of [kyoto.officer, person]) {
    expect(JSON.parse((await stranger.get('/v1/webhooks')).text).items).toEqual([])
    const answers = [
      await stranger.get(`/v1/webhooks/${id}/deliveries`),
      await stranger.delete(`/v1/webhooks/${id}`),
      await stranger.post(`/v1/webhooks/${id}/test`, {}),
      await stranger.post(`/v1/webhooks/${id}/deliveries/x/retry`, {}),
    ]
    expect(answers.map((answer) => answer.problem().code)).toEqual(Array.from({ length: 4 }, () => 'not_found'))
  }
  const viewer = await registry.member(toyota.organisation.id, { role: 'viewer' })
  for (const [caller, code] of [
    [anonymous, 'unauthenticated'],
    [viewer, 'insufficient_scope'],
    [steward, 'insufficient_scope'],
  ] as const) {
    expect((await caller.get('/v1/webhooks')).problem().code).toBe(code)
    expect((await caller.post('/v1/webhooks', { url: 'https://hooks.example/' })).problem().code).toBe(code)
    expect((await caller.delete(`/v1/webhooks/${id}`)).problem().code).toBe(code)
  }
  expect(await deliveriesOf(toyota.officer, id)).toEqual([])
  expect((await toyota.officer.get('/v1/webhooks')).text).toContain(id)
  expect(before).toContain(id)
})

test('a person who is an officer subscribes for the organisation; a viewer may not', async () => {
  const registry = await openHolders()
  const { toyota } = registry
  const officer = await signedIn(registry, { name: '入会 花子', memberOf: toyota.organisation.id })
  const { id } = await subscribed(officer)
  expect((await toyota.officer.get('/v1/webhooks')).text).toContain(id)
  const posts = [{ organisation: toyota.organisation.id, role: 'viewer' as const }]
  const viewer = await signedIn(registry, { name: '入会 次郎', memberOf: posts })
  expect((await viewer.get('/v1/webhooks')).problem().code).toBe('forbidden')
  expect((await officer.delete(`/v1/webhooks/${id}`)).status).toBe(204)
})

test.each([
  ['http://hooks.example/', 'not_https'],
  ['https://127.0.0.1/', 'private_address'],
  ['https://0x7f.1/', 'private_address'],
  ['https://[::ffff:10.0.0.1]/', 'private_address'],
  ['https://metadata.google.internal/', 'private_name'],
  ['https://user:secret@hooks.example/', 'credentials'],
  ['https://hooks.example:9200/', 'port'],
])('refuses %s as %s and records nothing', async (url, code) => {
  const { toyota } = await openHolders()
  const answer = await toyota.officer.post('/v1/webhooks', { url })
  expect(answer.status).toBe(422)
  expect(answer.problem().errors).toMatchObject([{ pointer: '/url', code }])
  expect(JSON.parse((await toyota.officer.get('/v1/webhooks')).text).items).toEqual([])
})

test('an organisation has up to ten, also when more are asked for at once', async () => {
  const { toyota } = await openHolders()
  const answers = await Promise.all(
    Array.from({ length: 12 }, () => toyota.officer.post('/v1/webhooks', { url: 'https://hooks.example/' })),
  )
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(10)
  expect(JSON.parse((await toyota.officer.get('/v1/webhooks')).text).items).toHaveLength(10)
})

test('a test goes to the one webhook, whatever kinds it asked for, and one at a time', async () => {
  const registry = await openHolders()
  const { toyota } = registry
  const tested = await subscribed(toyota.officer, { kinds: ['grant_issued'] })
  const other = await subscribed(toyota.officer)
  const path = `/v1/webhooks/${tested.id}/test`
  const answers = await Promise.all(Array.from({ length: 4 }, () => toyota.officer.post(path, {})))
  expect(answers.map(({ status }) => status).sort()).toEqual([202, 409, 409, 409])
  const { send, received } = receiver(204)
  expect(await deliverDue(contextOf(registry), { send })).toEqual({ attempted: 1, delivered: 1 })
  expect(JSON.parse(received[0]?.body ?? '')).toMatchObject({ type: 'webhook_test', data: { subject: tested.id } })
  expect(await deliveriesOf(toyota.officer, other.id)).toEqual([])
  expect((await toyota.officer.post(path, {})).status).toBe(202)
})

test('after its end nothing is sent there, not even what was due', async () => {
  const registry = await openHolders()
  const { kyoto, toyota, shared } = registry
  const { id } = await subscribed(toyota.officer)
  await declare(kyoto.officer, [shared.number])
  expect((await toyota.officer.delete(`/v1/webhooks/${id}`)).status).toBe(204)
  const { send, received } = receiver(204)
  expect((await deliverDue(contextOf(registry), { send })).attempted).toBe(0)
  expect(received).toEqual([])
  expect((await toyota.officer.delete(`/v1/webhooks/${id}`)).problem().code).toBe('not_found')
})
