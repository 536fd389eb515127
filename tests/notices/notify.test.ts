import { expect, test } from 'vitest'
import { declarationOf, declare, openHolders } from '../support/holders.ts'
import { signedIn } from '../support/people.ts'
import { kindsOf, noticesOf } from './outbox.ts'

test('each act on a declaration tells those whom it concerns, once, and nobody else', async () => {
  const { kyoto, toyota, nara, shared } = await openHolders()
  const { id } = await declare(kyoto.officer, [shared.number])
  expect(await kindsOf(toyota.officer)).toEqual(['consent_asked'])
  expect(await kindsOf(kyoto.officer)).toEqual([])
  await toyota.officer.post(`/v1/declarations/${id}/consents`, { answer: 'given' })
  expect(await kindsOf(kyoto.officer)).toEqual(['consent_answered', 'declaration_in_force'])
  expect(await kindsOf(toyota.officer)).toEqual(['consent_asked'])
  await toyota.officer.post(`/v1/declarations/${id}/withdrawal`, { reason: 'The patents were assigned.' })
  expect(await kindsOf(kyoto.officer)).toEqual(['consent_answered', 'declaration_in_force', 'declaration_withdrawn'])
  expect(await kindsOf(toyota.officer)).toEqual(['consent_asked'])
  expect(await kindsOf(nara.officer)).toEqual([])
})

test('a notice says what happened in both languages, and to which record', async () => {
  const { kyoto, toyota, shared } = await openHolders()
  const { id } = await declare(kyoto.officer, [shared.number])
  const { items, next } = await noticesOf(toyota.officer)
  expect(next).toBeNull()
  expect(items[0]).toMatchObject({
    kind: 'consent_asked',
    to: { organisation: toyota.organisation.id },
    subject: id,
    body: { declaration: id, by: kyoto.organisation.id, terms: 'RPC-ACADEMIC-1.0', patents: 1 },
    createdAt: '2026-11-21T09:00:00.000Z',
  })
  expect(items[0]?.text.ja).toContain('同意するかどうか')
  expect(items[0]?.readAt).toBeUndefined()
})

test('an act that is refused, and one that loses a race, leaves no notice; the one that wins leaves exactly one', async () => {
  const { kyoto, toyota, shared, db } = await openHolders()
  const refused = declarationOf([shared.number, 'JP-1-B2'])
  expect((await kyoto.officer.post('/v1/declarations', refused)).status).toBe(422)
  expect(await kindsOf(toyota.officer)).toEqual([])
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => kyoto.officer.post('/v1/declarations', declarationOf([shared.number]))),
  )
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
  expect(await kindsOf(toyota.officer)).toEqual(['consent_asked'])
  const [row] = await db.read.rows('select count(*) from notices', [])
  expect(Number(row?.[0])).toBe(1)
})

test('a request repeated under its Idempotency-Key tells nobody twice', async () => {
  const { kyoto, toyota, shared } = await openHolders()
  const headers = { 'Idempotency-Key': 'once' }
  const body = declarationOf([shared.number])
  await kyoto.officer.post('/v1/declarations', body, headers)
  const again = await kyoto.officer.post('/v1/declarations', body, headers)
  expect(again.headers.get('Idempotency-Replayed')).toBe('true')
  expect(await kindsOf(toyota.officer)).toEqual(['consent_asked'])
})

test('notices come in pages, the newest first, and unread ones alone when asked', async () => {
  const registry = await openHolders()
  const { kyoto, toyota, shared } = registry
  const { id } = await declare(kyoto.officer, [shared.number])
  await declare(kyoto.officer, [shared.number], 'RPC-OPEN-1.0')
  const all = await noticesOf(toyota.officer)
  expect(all.items).toHaveLength(2)
  const first = await noticesOf(toyota.officer, '?limit=1')
  const second = await noticesOf(toyota.officer, `?limit=1&cursor=${first.next}`)
  expect([...first.items, ...second.items]).toEqual(all.items)
  expect(second.next).toBeNull()
  const [newer, older] = all.items
  expect(older?.subject).toBe(id)
  const answer = await toyota.officer.post(`/v1/notices/${older?.id}/read`, {})
  expect(JSON.parse(answer.text).readAt).toBe('2026-11-21T09:00:00.000Z')
  registry.clock.now = new Date('2026-11-21T09:01:00.000Z')
  const again = await toyota.officer.post(`/v1/notices/${older?.id}/read`, {})
  expect(JSON.parse(again.text).readAt).toBe('2026-11-21T09:00:00.000Z')
  expect((await noticesOf(toyota.officer, '?unread=true')).items.map((one) => one.id)).toEqual([newer?.id])
})

test('nobody reads or marks the notices of another organisation or person', async () => {
  const registry = await openHolders()
  const { kyoto, toyota, nara, steward, anonymous, shared } = registry
  await declare(kyoto.officer, [shared.number])
  const id = (await noticesOf(toyota.officer)).items[0]?.id ?? ''
  const path = `/v1/notices/${id}/read`
  const stranger = await signedIn(registry, { name: '入会 太郎' })
  const viewer = await registry.member(toyota.organisation.id, { role: 'viewer' })
  const blind = await registry.member(toyota.organisation.id, { scopes: ['patents:write'] })
  for (const caller of [kyoto.officer, nara.officer, stranger]) {
    expect((await caller.get('/v1/notices')).text).not.toContain(id)
    expect((await caller.post(path, {})).problem().code).toBe('not_found')
  }
  expect((await anonymous.get('/v1/notices')).status).toBe(401)
  expect((await anonymous.post(path, {})).status).toBe(401)
  expect((await blind.get('/v1/notices')).problem().code).toBe('insufficient_scope')
  expect((await steward.get('/v1/notices')).problem().code).toBe('insufficient_scope')
  expect((await viewer.post(path, {})).problem().code).toBe('insufficient_scope')
  expect((await viewer.get('/v1/notices')).text).toContain(id)
  expect((await noticesOf(toyota.officer, '?unread=true')).items).toHaveLength(1)
})

test('a person reads the notices of the organisation that the session acts for, and the own ones when asked', async () => {
  const registry = await openHolders()
  const { kyoto, toyota, shared } = registry
  await declare(kyoto.officer, [shared.number])
  const officer = await signedIn(registry, { name: '入会 花子', memberOf: toyota.organisation.id })
  const posts = [{ organisation: toyota.organisation.id, role: 'viewer' as const }]
  const reader = await signedIn(registry, { name: '入会 次郎', memberOf: posts })
  const forOneself = await signedIn(registry, { name: '入会 三郎', memberOf: posts, actingFor: null })
  expect(await kindsOf(officer)).toEqual(['consent_asked'])
  expect(await kindsOf(reader)).toEqual(['consent_asked'])
  expect((await noticesOf(officer, '?of=me')).items).toEqual([])
  expect(await kindsOf(forOneself)).toEqual([])
  expect((await forOneself.get('/v1/notices?of=organisation')).problem().code).toBe('forbidden')
  const path = `/v1/notices/${(await noticesOf(officer)).items[0]?.id}/read`
  expect((await reader.post(path, {})).problem().code).toBe('forbidden')
  expect((await officer.post(path, {})).status).toBe(200)
})
