import { createServer } from 'node:http'
import { expect, onTestFinished, test } from 'vitest'
import { settings } from '../../src/config.ts'
import { deliverDue } from '../../src/notices/deliver.ts'
import { type Mail, mailTransport } from '../../src/notices/mail.ts'
import { declare, type Holders, openHolders } from '../support/holders.ts'
import type { Answer, Caller } from '../support/registry.ts'
import { contextOf, receiver } from './outbox.ts'

const address = 'ip-office@toyota.example'

async function change(registry: Holders, caller: Caller, body: Record<string, unknown>): Promise<Answer> {
  const path = `/v1/organisations/${registry.toyota.organisation.id}`
  const { headers } = await registry.anonymous.get(path)
  return caller.patch(path, body, { 'If-Match': headers.get('ETag') ?? '' })
}

function postbox() {
  const mails: Mail[] = []
  const mail = async (one: Mail) => {
    mails.push(one)
  }
  return { mails, mail, send: receiver(204).send }
}

test('a notice goes once to the address that the officer set, in both languages and without names', async () => {
  const registry = await openHolders()
  const { kyoto, toyota, shared } = registry
  const { mails, ...transports } = postbox()
  await declare(kyoto.officer, [shared.number])
  expect((await change(registry, toyota.officer, { noticeAddress: address })).status).toBe(200)
  await declare(kyoto.officer, [shared.number], 'RPC-OPEN-1.0')
  expect(await deliverDue(contextOf(registry), transports)).toEqual({ attempted: 1, delivered: 1 })
  expect(await deliverDue(contextOf(registry), transports)).toEqual({ attempted: 0, delivered: 0 })
  expect(mails.map(({ to }) => to)).toEqual([address])
  expect(mails[0]?.subject).toContain('同意するかどうか')
  expect(mails[0]?.text).toContain('You are asked whether you consent')
})

test('with mail off nothing is tried; what is older than three days when it is turned on is not sent', async () => {
  const registry = await openHolders()
  const { kyoto, toyota, shared, clock } = registry
  await change(registry, toyota.officer, { noticeAddress: address })
  await declare(kyoto.officer, [shared.number])
  const { mails, mail, send } = postbox()
  expect(await deliverDue(contextOf(registry), { send })).toEqual({ attempted: 0, delivered: 0 })
  clock.now = new Date(clock.now.getTime() + 2 * 86_400_000)
  await declare(kyoto.officer, [shared.number], 'RPC-OPEN-1.0')
  clock.now = new Date(clock.now.getTime() + 86_400_000)
  expect(await deliverDue(contextOf(registry), { send, mail })).toEqual({ attempted: 1, delivered: 1 })
  expect(mails).toHaveLength(1)
})

test('an address that was taken away gets no mail, and a mail service that fails is tried again', async () => {
  const registry = await openHolders()
  const { kyoto, toyota, shared, clock } = registry
  await change(registry, toyota.officer, { noticeAddress: address })
  await declare(kyoto.officer, [shared.number])
  const { send } = receiver(204)
  const failing = () => Promise.reject(new Error('503'))
  expect(await deliverDue(contextOf(registry), { send, mail: failing })).toEqual({ attempted: 1, delivered: 0 })
  await change(registry, toyota.officer, { noticeAddress: null })
  clock.now = new Date(clock.now.getTime() + 5000)
  const { mails, mail } = postbox()
  expect(await deliverDue(contextOf(registry), { send, mail })).toEqual({ attempted: 1, delivered: 0 })
  clock.now = new Date(clock.now.getTime() + 86_400_000)
  expect(await deliverDue(contextOf(registry), { send, mail })).toEqual({ attempted: 0, delivered: 0 })
  expect(mails).toEqual([])
})

test('the address is shown to its own officers alone, and stands in no history and no log', async () => {
  const registry = await openHolders()
  const { kyoto, toyota, steward, anonymous, db } = registry
  expect((await change(registry, toyota.officer, { noticeAddress: address })).text).not.toContain(address)
  const path = `/v1/organisations/${toyota.organisation.id}`
  const mine = await toyota.officer.get(path)
  expect(JSON.parse(mine.text).noticeAddress).toBe(address)
  expect(mine.headers.get('Cache-Control')).toBe('private, no-store')
  const viewer = await registry.member(toyota.organisation.id, { role: 'viewer' })
  const narrow = await registry.member(toyota.organisation.id, { scopes: ['patents:write'] })
  for (const caller of [anonymous, kyoto.officer, steward, viewer, narrow]) {
    expect((await caller.get(path)).text).not.toContain(address)
    expect((await caller.get('/v1/organisations')).text).not.toContain(address)
  }
  for (const table of ['history', 'log_records', 'log_entries', 'idempotent_requests']) {
    const rows = await db.read.rows(`select * from ${table}`, [])
    expect(JSON.stringify(rows, (_, value) => (typeof value === 'bigint' ? String(value) : value))).not.toContain(
      address,
    )
  }
})

test('nobody else sets it, not even a steward, and only to an address', async () => {
  const registry = await openHolders()
  const { kyoto, toyota, steward } = registry
  for (const caller of [kyoto.officer, steward]) {
    const { code } = (await change(registry, caller, { noticeAddress: address })).problem()
    expect(['forbidden', 'insufficient_scope']).toContain(code)
  }
  for (const wrong of ['', 'nobody', 'a@b', `a@b.example\r\nBcc: c@d.example`, `${'a'.repeat(250)}@b.example`])
    expect((await change(registry, toyota.officer, { noticeAddress: wrong })).problem().code).toBe('invalid_input')
})

test('hands a mail over to the service of the settings, with its token; without all three there is no mail', async () => {
  const received: { authorization: string | undefined; body: string }[] = []
  const statuses = [202, 500, 302]
  const server = createServer(async (incoming, outgoing) => {
    let body = ''
    for await (const chunk of incoming) body += chunk
    received.push({ authorization: incoming.headers.authorization, body })
    outgoing.writeHead(statuses[received.length - 1] ?? 500, { Location: '/' }).end()
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  onTestFinished(() => {
    server.close()
  })
  const at = server.address()
  if (at === null || typeof at === 'string') throw new Error('the server has no port')
  const given = settings.parse({
    MAIL_URL: `http://127.0.0.1:${at.port}/`,
    MAIL_TOKEN: 't',
    MAIL_FROM: 'r@iriai.example',
  })
  const { mail } = mailTransport(given)
  const one = { to: address, subject: '同意', text: 'x' }
  const signal = AbortSignal.timeout(2000)
  await mail?.(one, signal)
  expect(received[0]?.authorization).toBe('Bearer t')
  expect(JSON.parse(received[0]?.body ?? '')).toEqual({ from: 'r@iriai.example', ...one, to: [address] })
  await expect(mail?.(one, signal)).rejects.toThrow('500')
  await expect(mail?.(one, signal)).rejects.toThrow('302')
  expect(received).toHaveLength(3)
  expect(mailTransport({ ...given, MAIL_TOKEN: undefined })).toEqual({})
  expect(mailTransport(settings.parse({}))).toEqual({})
})
