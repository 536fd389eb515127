import { expect, test } from 'vitest'
import { declaration } from '../../src/declarations/declaration.ts'
import { sendLinkMails } from '../../src/declarations/links/mail.ts'
import { remindCoOwners } from '../../src/declarations/remind.ts'
import { dueConsentsSql } from '../../src/declarations/waiting-queries.ts'
import { noticesOf } from '../notices/outbox.ts'
import { checkRegistry, dumpState } from '../support/check-registry.ts'
import { namedOrganisation } from '../support/named.ts'
import { declarationOf, enrolled, newRor } from '../support/opening.ts'
import { type Caller, type LocalRegistry, openLocalRegistry } from '../support/registry.ts'

async function waiting() {
  const registry = await openLocalRegistry()
  const [first, second] = await Promise.all([registry.organisation(), registry.organisation()])
  const [holder, coOwner] = await Promise.all([registry.member(first.id), registry.member(second.id)])
  const { number } = await enrolled(holder, [first, second])
  const made = (await holder.post('/v1/declarations', declarationOf('RPC-OPEN-1.0', [number]))).as(declaration)
  return { registry, first, holder, coOwner, made }
}

/** The scheduled work of two processes at once, on that day. */
async function onDay(registry: LocalRegistry, day: string): Promise<number> {
  registry.clock.now = new Date(`${day}T10:00:00Z`)
  const [one, other] = await Promise.all([remindCoOwners(registry.context()), remindCoOwners(registry.context())])
  return one + other
}

async function kinds(caller: Caller): Promise<string[]> {
  return (await noticesOf(caller)).items.map(({ kind }) => kind).reverse()
}

test('a co-owner is reminded after a week and after three, the holder is told after a month, each once', async () => {
  const { registry, holder, coOwner } = await waiting()
  const before = await dumpState(registry)
  expect(await onDay(registry, '2026-11-27')).toBe(0)
  expect(await dumpState(registry)).toBe(before)
  expect(await onDay(registry, '2026-11-28')).toBe(1)
  expect(await onDay(registry, '2026-12-05')).toBe(0)
  expect(await kinds(coOwner)).toEqual(['consent_asked', 'consent_reminder'])
  expect(await onDay(registry, '2026-12-12')).toBe(1)
  expect(await onDay(registry, '2026-12-21')).toBe(1)
  expect(await onDay(registry, '2027-03-01')).toBe(0)
  expect(await kinds(coOwner)).toEqual(['consent_asked', 'consent_reminder', 'consent_reminder'])
  expect(await kinds(holder)).toEqual(['consent_overdue'])
  await checkRegistry(registry)
})

test('a registry that was off for a month sends one reminder, not two at once', async () => {
  const { registry, coOwner } = await waiting()
  expect(await onDay(registry, '2026-12-20')).toBe(1)
  expect(await kinds(coOwner)).toEqual(['consent_asked', 'consent_reminder'])
})

test('who has answered, or whose declaration is withdrawn, is not reminded', async () => {
  const { registry, holder, coOwner, made } = await waiting()
  await coOwner.post(`/v1/declarations/${made.id}/consents`, { answer: 'refused', reason: 'No.' })
  expect(await onDay(registry, '2026-12-25')).toBe(0)
  await holder.post(`/v1/declarations/${made.id}/withdrawal`, { reason: 'No.' })
  expect(await onDay(registry, '2027-01-25')).toBe(0)
})

test('a link goes out by mail once, and neither address nor link stays behind; without mail the holder is told', async () => {
  const { registry, first, holder } = await waiting()
  const named = await namedOrganisation(registry)
  const { number } = await enrolled(holder, [first, named])
  const made = (await holder.post('/v1/declarations', declarationOf('RPC-OPEN-1.0', [number]))).as(declaration)
  const path = `/v1/declarations/${made.id}`
  const ask = { organisation: named.id, email: 'chizai@example.co.jp' }
  const { url } = JSON.parse((await holder.post(`${path}/consent-links`, ask)).text)
  const sent: { to: string; text: string }[] = []
  let works = false
  const send = async (mail: { to: string; text: string }) => {
    if (!works) throw new Error('the mail service is down')
    sent.push(mail)
  }
  expect(await sendLinkMails(registry.context(), send)).toBe(0)
  works = true
  expect(await sendLinkMails(registry.context(), send)).toBe(0)
  registry.clock.now = new Date('2026-11-21T09:06:00Z')
  const both = await Promise.all([1, 2].map(() => sendLinkMails(registry.context(), send)))
  expect(both.sort()).toEqual([0, 1])
  expect(sent.map(({ to, text }) => [to, text.includes(url)])).toEqual([['chizai@example.co.jp', true]])
  const token = url.slice(url.lastIndexOf('/') + 1)
  expect(await dumpState(registry)).not.toContain(token)
  expect(await dumpState(registry)).not.toContain('chizai@')
  expect((await holder.get(`${path}/consents`)).text).toContain('"mail":"sent"')

  await holder.post(`${path}/consent-links`, ask)
  await sendLinkMails(registry.context(), undefined)
  expect((await holder.get(`${path}/consents`)).text).toContain('"mail":"not_configured"')
  expect(await dumpState(registry)).not.toContain('chizai@')
})

test('of more than two hundred that wait the newest is reminded by hand as well, and shows since when it is asked', async () => {
  const { registry, first, holder, coOwner, made } = await waiting()
  const sql = 'select organisation_id from consents where declaration_id = ?'
  const [row] = await registry.db.read.rows(sql, [made.id])
  const older = Array.from({ length: 200 }, () => crypto.randomUUID())
  await registry.db.write(
    older.flatMap((id) => [
      {
        sql: `insert into declarations (id, organisation_id, terms_id, terms_sha256, state, from_on, patent_count,
                patents_sha256, version, created_at, updated_at)
              select ?, ?, terms_id, terms_sha256, state, from_on, 0, patents_sha256, 1, '2020-01-01', '2020-01-01'
              from declarations where id = ?`,
        args: [id, first.id, made.id],
      },
      {
        sql: `insert into consents (declaration_id, organisation_id, answer) values (?, ?, 'pending')`,
        args: [id, String(row?.[0])],
      },
    ]),
  )
  const path = `/v1/declarations/${made.id}/consents`
  expect((await holder.post(`${path}/${String(row?.[0])}/reminder`, {})).status).toBe(201)
  expect((await holder.get(path)).text).toContain('by hand 2026-11-21')
  expect(await kinds(coOwner)).toContain('consent_reminder')
})

test('what is not due is not read, however many answers are awaited', async () => {
  const { registry } = await waiting()
  const plan = await registry.db.read.rows(`explain query plan ${dueConsentsSql}`, ['2026-11-28T10:00:00Z', 50])
  const [first] = plan.map((row) => String(row.at(-1)))
  expect(first).toContain('consents_next_reminder (next_reminder_at<?)')
  expect(plan.map((row) => String(row.at(-1))).filter((step) => step.startsWith('SCAN c'))).toEqual([])
})

test('a co-owner that joins after the reminders had their time is reminded then, once', async () => {
  const registry = await openLocalRegistry()
  const ror = newRor()
  const named = await namedOrganisation(registry)
  await registry.db.write([{ sql: 'update organisations set ror = ? where id = ?', args: [ror, named.id] }])
  const first = await registry.organisation()
  const holder = await registry.member(first.id)
  const { number } = await enrolled(holder, [first, named])
  await holder.post('/v1/declarations', declarationOf('RPC-OPEN-1.0', [number]))
  for (const day of ['2026-11-28', '2026-12-12']) expect(await onDay(registry, day)).toBe(0)
  expect(await onDay(registry, '2026-12-21')).toBe(1)
  const joining = { name: named.name, kind: 'company', country: 'JP', ror }
  expect((await registry.steward.post('/v1/organisations', joining)).status).toBe(201)
  await registry.steward.post(`/v1/organisations/${named.id}/approval`, { state: 'approved' })
  expect(await onDay(registry, '2026-12-22')).toBe(1)
  expect(await onDay(registry, '2026-12-23')).toBe(0)
  expect(await kinds(await registry.member(named.id))).toContain('consent_reminder')
  expect(await kinds(holder)).toEqual(['consent_overdue'])
  await checkRegistry(registry)
})
