import { describe, expect, test } from 'vitest'
import { session } from '../../src/people/session.ts'
import { dumpState } from '../support/check-registry.ts'
import { signedIn, withSession } from '../support/people.ts'
import { type LocalRegistry, openLocalRegistry } from '../support/registry.ts'

const hour = 3_600_000
const mySessions = '/v1/me/sessions'

function later({ clock }: LocalRegistry, milliseconds: number): void {
  clock.now = new Date(clock.now.getTime() + milliseconds)
}

test('a person acts through a session for the organisation that made them its officer', async () => {
  const registry = await openLocalRegistry()
  const kyoto = await registry.organisation()
  const officer = await signedIn(registry, { name: '入会 花子', memberOf: kyoto.id })
  expect((await officer.get(`/v1/organisations/${kyoto.id}/clients`)).status).toBe(200)
  const oneself = await signedIn(registry, { name: '入会 太郎', memberOf: kyoto.id, actingFor: null })
  expect((await oneself.get(`/v1/organisations/${kyoto.id}/clients`)).problem().code).toBe('forbidden')
})

test('a viewer reads and does no officer’s act', async () => {
  const registry = await openLocalRegistry()
  const kyoto = await registry.organisation()
  const viewer = await signedIn(registry, { name: '入会 花子', memberOf: [{ organisation: kyoto.id, role: 'viewer' }] })
  const before = await dumpState(registry)
  const act = await viewer.post(`/v1/organisations/${kyoto.id}/invitations`, { role: 'viewer' })
  expect([act.status, act.problem().code]).toEqual([403, 'forbidden'])
  expect(await dumpState(registry)).toBe(before)
})

test('a session ends after twelve hours without use', async () => {
  const registry = await openLocalRegistry()
  const person = await signedIn(registry, { name: '入会 花子' })
  later(registry, 12 * hour - 1)
  expect((await person.get(mySessions)).status).toBe(200)
  later(registry, 12 * hour - 1)
  expect((await person.get(mySessions)).status).toBe(200)
  later(registry, 12 * hour)
  expect((await person.get(mySessions)).status).toBe(401)
})

test('a session ends after thirty days however often it is used', async () => {
  const registry = await openLocalRegistry()
  const person = await signedIn(registry, { name: '入会 花子' })
  for (let half = 0; half < 59; half++) {
    later(registry, 12 * hour - 1)
    await person.get(mySessions)
  }
  expect((await person.get(mySessions)).status).toBe(200)
  later(registry, 12 * hour + 60)
  await person.get(mySessions)
  later(registry, 1000)
  expect((await person.get(mySessions)).status).toBe(401)
})

test('reading pages writes at most once in five minutes', async () => {
  const registry = await openLocalRegistry()
  const person = await signedIn(registry, { name: '入会 花子' })
  const before = registry.db.revision()
  for (let i = 0; i < 5; i++) {
    later(registry, 59_000)
    await person.get('/ja/check')
  }
  expect(registry.db.revision()).toBe(before)
  later(registry, 10_000)
  await Promise.all([person.get('/ja/check')])
  expect(registry.db.revision()).toBe(before + 1)
})

test('a session that its person ends is refused at once, from the API and from the page', async () => {
  const registry = await openLocalRegistry()
  const here = await signedIn(registry, { name: '入会 花子', orcid: 'https://orcid.org/0000-0002-1825-0097' })
  for (const way of ['api', 'page']) {
    const there = await signedIn(registry, { name: '', orcid: 'https://orcid.org/0000-0002-1825-0097' })
    expect(there.person.id).toBe(here.person.id)
    const items = session.array().parse(JSON.parse((await here.get(mySessions)).text).items)
    expect(items).toHaveLength(2)
    const other = items.find(({ current }) => !current)
    if (way === 'api') expect((await here.delete(`${mySessions}/${other?.id}`)).status).toBe(204)
    else expect((await here.submit('/ja/me/sessions/end', { session: other?.id ?? '' })).status).toBe(303)
    expect((await there.get(mySessions)).status).toBe(401)
    expect((await here.get(mySessions)).status).toBe(200)
  }
})

test('nobody ends, or sees, another person’s session', async () => {
  const registry = await openLocalRegistry()
  const [one, other] = [await signedIn(registry, { name: '一' }), await signedIn(registry, { name: '二' })]
  const [mine] = session.array().parse(JSON.parse((await one.get(mySessions)).text).items)
  expect((await other.delete(`${mySessions}/${mine?.id}`)).status).toBe(404)
  expect((await other.submit('/ja/me/sessions/end', { session: mine?.id ?? '' })).status).toBe(404)
  expect((await other.get(mySessions)).text).not.toContain(mine?.id)
  expect((await one.get(mySessions)).status).toBe(200)
})

describe('/v1 takes the cookie', () => {
  const post = async (registry: LocalRegistry, headers: Record<string, string>) => {
    const kyoto = await registry.organisation()
    const officer = await signedIn(registry, { name: '入会 花子', memberOf: kyoto.id })
    const before = await dumpState(registry)
    const response = await registry.fetch(`/v1/organisations/${kyoto.id}/invitations`, {
      method: 'POST',
      headers: { Cookie: officer.cookie, ...headers },
      body: JSON.stringify({ role: 'viewer' }),
    })
    return { status: response.status, unchanged: before === (await dumpState(registry)) }
  }
  const json = { 'Content-Type': 'application/json' }

  test.each<[string, Record<string, string>]>([
    ['with `Origin`', { ...json, Origin: 'https://registry.test' }],
    ['with `Sec-Fetch-Site`', { ...json, 'Sec-Fetch-Site': 'same-origin' }],
  ])('from our own pages, %s', async (_, headers) => {
    expect(await post(await openLocalRegistry(), headers)).toEqual({ status: 201, unchanged: false })
  })

  test.each<[string, Record<string, string>]>([
    ['another site', { ...json, Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' }],
    ['another site in an old browser', { ...json, Origin: 'https://evil.example' }],
    ['another host of the same site', { ...json, Origin: 'https://www.registry.test', 'Sec-Fetch-Site': 'same-site' }],
    ['another site that hides its origin', { ...json, Origin: 'null' }],
    ['an origin that begins as ours', { ...json, Origin: 'https://registry.test.evil.example' }],
    ['nobody knows where', json],
    ['the address bar', { ...json, 'Sec-Fetch-Site': 'none' }],
  ])('not from %s', async (_, headers) => {
    expect(await post(await openLocalRegistry(), headers)).toEqual({ status: 401, unchanged: true })
  })

  test.each([
    '',
    'text/plain',
    'application/x-www-form-urlencoded',
    'text/plain; application/json',
    'application/jsonp',
  ])('not for a change with a body of type "%s", which is not JSON', async (type) => {
    const registry = await openLocalRegistry()
    const person = await signedIn(registry, { name: '入会 花子' })
    const [mine] = session.array().parse(JSON.parse((await person.get(mySessions)).text).items)
    const path = `${mySessions}/${mine?.id}`
    expect((await person.delete(path, { 'Content-Type': type })).status).toBe(401)
    expect((await person.delete(path)).status).toBe(204)
  })

  test('not on addresses for machines', async () => {
    const registry = await openLocalRegistry()
    const { cookie } = await signedIn(registry, { name: '入会 花子' })
    const { db } = registry
    const before = db.revision()
    registry.clock.now = new Date(registry.clock.now.getTime() + hour)
    for (const path of ['/log/checkpoint', '/.well-known/jwks.json', '/healthz', '/openapi.json'])
      await registry.fetch(path, { headers: { Cookie: cookie, 'Sec-Fetch-Site': 'same-origin' } })
    const [row] = await db.read.rows('select last_seen_at, created_at from sessions', [])
    expect(row?.[0]).toBe(row?.[1])
    expect(db.revision()).toBeLessThanOrEqual(before + 1) // the checkpoint
  })
})

test('under https a cookie without the prefix opens nothing', async () => {
  const registry = await openLocalRegistry()
  const { sessionId } = await signedIn(registry, { name: '入会 花子' })
  const plain = await registry.fetch(mySessions, {
    headers: { Cookie: `sid=${sessionId}`, 'Sec-Fetch-Site': 'same-origin' },
  })
  expect(plain.status).toBe(401)
  expect((await (await withSession(registry, sessionId)).get(mySessions)).status).toBe(200)
})
