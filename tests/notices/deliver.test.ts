import { Webhook } from 'standardwebhooks'
import { expect, test, vi } from 'vitest'
import { deliverDue } from '../../src/notices/deliver.ts'
import { SendError } from '../../src/notices/send.ts'
import type { Holders } from '../support/holders.ts'
import { declare, openHolders } from '../support/holders.ts'
import { contextOf, deliveriesOf, noticesOf, receiver, subscribed } from './outbox.ts'

/** Kyoto asks Toyota, whose system listens. */
async function withOneDue(): Promise<Holders & { webhook: Awaited<ReturnType<typeof subscribed>> }> {
  const registry = await openHolders()
  const webhook = await subscribed(registry.toyota.officer)
  await declare(registry.kyoto.officer, [registry.shared.number])
  return { ...registry, webhook }
}

function advance(registry: Holders, milliseconds: number): void {
  registry.clock.now = new Date(registry.clock.now.getTime() + milliseconds)
}

test('what arrives is the notice, and a Standard Webhooks library verifies it with the secret', async () => {
  const registry = await withOneDue()
  const { send, received } = receiver(204)
  expect(await deliverDue(contextOf(registry), { send })).toEqual({ attempted: 1, delivered: 1 })
  const [message] = received
  expect(message?.url).toBe('https://hooks.example/iriai?key=path')
  const { items } = await noticesOf(registry.toyota.officer)
  expect(message?.headers['webhook-id']).toBe(items[0]?.id)
  vi.useFakeTimers({ now: registry.clock.now, toFake: ['Date'] })
  try {
    const verified = new Webhook(registry.webhook.secret).verify(message?.body ?? '', { ...message?.headers })
    expect(verified).toEqual({ type: 'consent_asked', timestamp: items[0]?.createdAt, data: items[0] })
  } finally {
    vi.useRealTimers()
  }
  expect(await deliveriesOf(registry.toyota.officer, registry.webhook.id)).toEqual([
    { notice: items[0]?.id, kind: 'consent_asked', state: 'delivered', attempts: 1, lastStatus: 204 },
  ])
  advance(registry, 86_400_000)
  expect(await deliverDue(contextOf(registry), { send })).toEqual({ attempted: 0, delivered: 0 })
  expect(received).toHaveLength(1)
})

test('a webhook hears the kinds that it asked for, of its own organisation, and nothing from before it was made', async () => {
  const registry = await openHolders()
  const { kyoto, toyota, shared } = registry
  await declare(kyoto.officer, [shared.number])
  const other = await subscribed(toyota.officer, { kinds: ['grant_issued'] })
  const late = await subscribed(toyota.officer)
  const strangers = await subscribed(registry.nara.officer)
  expect(await deliveriesOf(toyota.officer, late.id)).toEqual([])
  await declare(kyoto.officer, [shared.number], 'RPC-OPEN-1.0')
  expect(await deliveriesOf(registry.nara.officer, strangers.id)).toEqual([])
  expect(await deliveriesOf(toyota.officer, other.id)).toEqual([])
  expect((await deliveriesOf(toyota.officer, late.id)).map(({ kind }) => kind)).toEqual(['consent_asked'])
})

test('waits longer after each attempt that fails, then gives up; a dead letter is sent again when asked', async () => {
  const registry = await withOneDue()
  const { webhook, toyota } = registry
  const { send, received } = receiver(500)
  const [second, minute, hour] = [1000, 60_000, 3_600_000]
  const waits = [5 * second, 5 * minute, 30 * minute, 2 * hour, 5 * hour, 10 * hour, 14 * hour]
  for (const [i, wait] of waits.entries()) {
    await deliverDue(contextOf(registry), { send })
    expect(received).toHaveLength(i + 1)
    const due = new Date(registry.clock.now.getTime() + wait).toISOString()
    expect(await deliveriesOf(toyota.officer, webhook.id)).toMatchObject([
      { state: 'pending', attempts: i + 1, nextAt: due, lastStatus: 500, lastError: 'status' },
    ])
    advance(registry, wait - 1)
    expect(await deliverDue(contextOf(registry), { send })).toEqual({ attempted: 0, delivered: 0 })
    advance(registry, 1)
  }
  await deliverDue(contextOf(registry), { send })
  expect(received).toHaveLength(8)
  expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
  expect(new Set(received.map(({ headers }) => headers['webhook-timestamp'])).size).toBe(8)
  const [dead] = await deliveriesOf(toyota.officer, webhook.id, '?state=dead')
  expect(dead).toMatchObject({ state: 'dead', attempts: 8 })
  expect(dead?.nextAt).toBeUndefined()
  advance(registry, 30 * 24 * hour)
  expect((await deliverDue(contextOf(registry), { send })).attempted).toBe(0)
  const path = `/v1/webhooks/${webhook.id}/deliveries/${dead?.notice}/retry`
  expect((await toyota.officer.post(path, {})).status).toBe(202)
  expect((await toyota.officer.post(path, {})).problem().code).toBe('not_allowed_now')
  const mended = receiver(200)
  expect(await deliverDue(contextOf(registry), mended)).toEqual({ attempted: 1, delivered: 1 })
  expect((await toyota.officer.post(path, {})).problem().code).toBe('not_allowed_now')
  expect(await deliveriesOf(toyota.officer, webhook.id)).toMatchObject([{ state: 'delivered', attempts: 1 }])
})

test('two runs at once send once, and so does one that comes while another is sending', async () => {
  const registry = await withOneDue()
  const { send, received } = receiver(204)
  let answer = () => {}
  const answered = new Promise<void>((done) => {
    answer = done
  })
  const slow: typeof send = async (message) => {
    const said = await send(message)
    await answered
    return said
  }
  const runs = Array.from({ length: 5 }, () => deliverDue(contextOf(registry), { send: slow }))
  // This one has seen that something is due before the others took it, and comes to take it after them.
  const { db, ...late } = contextOf(registry)
  const write: typeof db.write = async (statements) => {
    await expect.poll(() => received.length).toBe(1)
    return db.write(statements)
  }
  runs.push(deliverDue({ ...late, db: { ...db, write } }, { send }))
  await runs.at(-1)
  expect(await deliverDue(contextOf(registry), { send })).toEqual({ attempted: 0, delivered: 0 })
  answer()
  expect((await Promise.all(runs)).reduce((sum, { attempted }) => sum + attempted, 0)).toBe(1)
  expect(received).toHaveLength(1)
})

test('what a run took before its end is taken over later, and counts as an attempt', async () => {
  const registry = await withOneDue()
  const crashed = { ...contextOf(registry) }
  let writes = 0
  const db = {
    ...crashed.db,
    write: (statements: Parameters<typeof crashed.db.write>[0]) => {
      writes += 1
      return writes === 2 ? Promise.reject(new Error('the process ended')) : crashed.db.write(statements)
    },
  }
  const { send, received } = receiver(204)
  await expect(deliverDue({ ...crashed, db }, { send })).rejects.toThrow('the process ended')
  expect((await deliverDue(contextOf(registry), { send })).attempted).toBe(0)
  advance(registry, 60_000)
  expect((await deliverDue(contextOf(registry), { send })).attempted).toBe(1)
  expect(received).toHaveLength(2)
  expect(await deliveriesOf(registry.toyota.officer, registry.webhook.id)).toMatchObject([
    { state: 'delivered', attempts: 2 },
  ])
})

test.each([
  [302, 'pending', 'redirect'],
  [404, 'pending', 'status'],
  [410, 'dead', 'gone'],
])('an answer of %i leaves it %s as %s', async (status, state, lastError) => {
  const registry = await withOneDue()
  const { send, received } = receiver(status)
  await deliverDue(contextOf(registry), { send })
  expect(received).toHaveLength(1)
  const found = await deliveriesOf(registry.toyota.officer, registry.webhook.id)
  expect(found).toMatchObject([{ state, lastStatus: status, lastError }])
})

test.each([
  [new SendError('refused_address'), 'refused_address'],
  [new SendError('unreachable', new Error('connect ECONNREFUSED 10.0.0.7:443')), 'unreachable'],
  [new Error('getaddrinfo ENOTFOUND db.corp'), 'unreachable'],
])('a failure to send tells the officer nothing of our network: %s', async (error, lastError) => {
  const registry = await withOneDue()
  await deliverDue(contextOf(registry), { send: () => Promise.reject(error) })
  const { text } = await registry.toyota.officer.get(`/v1/webhooks/${registry.webhook.id}/deliveries`)
  expect(JSON.parse(text).items).toMatchObject([{ state: 'pending', lastError }])
  expect(text).not.toMatch(/10\.0|corp/)
})

test('an address that has become a private one is not sent to', async () => {
  const registry = await withOneDue()
  await registry.db.write([{ sql: 'update webhooks set url = ?', args: ['https://127.0.0.1/'] }])
  const { send, received } = receiver(204)
  await deliverDue(contextOf(registry), { send })
  expect(received).toEqual([])
  expect(await deliveriesOf(registry.toyota.officer, registry.webhook.id)).toMatchObject([
    { state: 'pending', lastError: 'refused_address' },
  ])
})

test('a receiver that never answers holds a run up for five seconds, and no other receiver', async () => {
  const registry = await withOneDue()
  await subscribed(registry.toyota.officer, { url: 'https://quick.example/' })
  await declare(registry.kyoto.officer, [registry.shared.number], 'RPC-OPEN-1.0')
  const started = performance.now()
  const ended = await deliverDue(contextOf(registry), {
    send: ({ url }) => (url.includes('quick') ? Promise.resolve({ status: 200 }) : new Promise(() => {})),
  })
  expect(ended).toEqual({ attempted: 3, delivered: 1 })
  expect(performance.now() - started).toBeLessThan(8000)
  const stuck = await deliveriesOf(registry.toyota.officer, registry.webhook.id)
  expect(stuck.map(({ lastError }) => lastError)).toEqual(['timeout', 'timeout'])
})

test('one run sends a bounded number, and the many of one receiver come after the one of another', async () => {
  const registry = await withOneDue()
  const { db, toyota, webhook } = registry
  const [row] = await db.read.rows('select id from notices', [])
  const copies = Array.from({ length: 50 }, (_, i) => [
    {
      sql: `insert into notices select ?, organisation_id, person_id, kind, subject, body, created_at, read_at
            from notices where id = ?`,
      args: [`0198c0de-0000-7000-8000-${String(i).padStart(12, '0')}`, String(row?.[0])],
    },
    {
      sql: `insert into deliveries (notice_id, target, webhook_id, state, attempts, next_at)
            values (?, ?, ?, 'pending', 0, '2026-11-01T00:00:00.000Z')`,
      args: [`0198c0de-0000-7000-8000-${String(i).padStart(12, '0')}`, webhook.id, webhook.id],
    },
  ]).flat()
  await db.write(copies)
  const other = await subscribed(toyota.officer, { url: 'https://quick.example/' })
  await declare(registry.kyoto.officer, [registry.shared.number], 'RPC-OPEN-1.0')
  const { send, received } = receiver(204)
  expect(await deliverDue(contextOf(registry), { send })).toEqual({ attempted: 20, delivered: 20 })
  expect(received.filter(({ url }) => url === other.url)).toHaveLength(1)
})
