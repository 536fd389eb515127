import { expect, test } from 'vitest'
import { checkAnswer } from '../../src/check/check.ts'
import { newClient } from '../../src/clients/client.ts'
import { numbersPerPatentMax, patent } from '../../src/patents/patent.ts'
import { checkRegistry, dumpState } from '../support/check-registry.ts'
import { documentOf } from '../support/document.ts'
import { declare, enrolPatent, grantOf, openHolders } from '../support/holders.ts'
import { patentOf } from '../support/patents.ts'

// Single requests that once got further than they should, or that would if one line were missing.

const json = { 'Content-Type': 'application/json' }
const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`

test('a key with members that are not ours is kept without them, however deep they are', async () => {
  const { kyoto, db } = await openHolders()
  const path = `/v1/organisations/${kyoto.organisation.id}/clients`
  const key = `{"kty":"OKP","crv":"Ed25519","x":"AA","more":${deep},"__proto__":{"d":"x"}}`
  const body = `{"name":"Signs","role":"viewer","scopes":[],"jwks":{"keys":[${key}]}}`
  const { client_id } = (await kyoto.officer.send('POST', path, { body, headers: json })).as(newClient)
  const [row] = await db.read.rows('select jwks from clients where id = ?', [client_id])
  expect(JSON.parse(String(row?.[0]))).toEqual({ keys: [{ kty: 'OKP', crv: 'Ed25519', x: 'AA' }] })
})

test.each([
  ['/v1/check', `{"numbers":${deep}}`, 422],
  ['/v1/check', `{"numbers":["JP1"],"more":${deep}}`, 422],
  ['/v1/numbers', `{"inputs":[${deep}]}`, 422],
  ['/v1/grants/verify', `{"token":${deep}}`, 422],
  [
    '/access/v1/evaluation',
    `{"subject":{"type":"a","id":"b","properties":{"mode":${deep}}},"action":{"name":"c"},"resource":{"type":"patent","id":"JP1"}}`,
    200,
  ],
  [
    '/access/v1/evaluations',
    `{"options":{"more":${deep}},"subject":{"type":"a","id":"b"},"action":{"name":"c"},"resource":{"type":"patent","id":"JP1"},"context":{"on":${deep}}}`,
    200,
  ],
])('lists within lists, sent to %s, are answered (%#)', async (path, body, status) => {
  const { anonymous } = await openHolders()
  const answer = await anonymous.send('POST', path, { body, headers: json })
  expect(answer.status, answer.text.slice(0, 300)).toBe(status)
})

test.each([
  ['/v1/numbers', `{"inputs":[${'1,'.repeat(500_000)}1]}`],
  ['/v1/check', `{"numbers":[${'{},'.repeat(300_000)}{}]}`],
  ['/v1/check', `{"numbers":["JP1"],${Array.from({ length: 80_000 }, (_, i) => `"k${i}":1`).join(',')}}`],
  ['/access/v1/evaluations', `{"evaluations":[${'{"subject":1},'.repeat(70_000)}{}]}`],
])(
  'hundreds of thousands of wrong members, sent to %s, are refused in no more than seconds (%#)',
  async (path, body) => {
    const { anonymous } = await openHolders()
    const started = performance.now()
    const answer = await anonymous.send('POST', path, { body, headers: json })
    expect([answer.status, answer.problem().code]).toEqual([422, 'invalid_input'])
    expect(answer.text.length).toBeLessThan(20_000)
    expect(performance.now() - started).toBeLessThan(5000)
  },
)

test.each(['javascript:alert(1)', 'data:text/html,x', 'ftp://example.org/', 'vbscript:x'])(
  'a project has no address %s that a page would link to',
  async (url) => {
    const { kyoto, osaka, own } = await openHolders()
    await declare(kyoto.officer, [own.number])
    const asked = grantOf([own.number], { project: { title: 'Ion transport', url } })
    expect((await osaka.officer.post('/v1/grants', asked)).problem().errors?.[0]?.pointer).toBe('/project/url')
  },
)

test.each(['9999-12-31', '0000-01-01', '9979-12-31'])(
  'a patent filed on %s is shown and checked as any other',
  async (filedOn) => {
    const registry = await openHolders()
    const { kyoto, anonymous } = registry
    const body = patentOf([kyoto.organisation], { filedOn, priorityOn: filedOn, publishedOn: filedOn })
    const { number } = (await kyoto.officer.post('/v1/patents', body)).as(patent)
    expect((await anonymous.get(`/v1/patents/${number}`)).as(patent).filedOn).toBe(filedOn)
    for (const on of ['0000-01-01', '2026-11-21', '9999-12-31'])
      (await anonymous.post('/v1/check', { numbers: [number], purpose: 'basic_research', mode: 'on', on })).as(
        checkAnswer,
      )
    expect((await anonymous.get(`/ja/patents/${number}`)).status).toBe(200)
    await checkRegistry(registry)
  },
)

test('half a surrogate pair is refused, or stands for nothing', async () => {
  const registry = await openHolders()
  const { kyoto, osaka, own, anonymous } = registry
  await declare(kyoto.officer, [own.number])
  const before = await dumpState(registry)
  const half = '\ud800'
  const refused = [
    await kyoto.officer.post('/v1/patents', patentOf([kyoto.organisation], { title: { ja: half } })),
    await kyoto.officer.post('/v1/patents', patentOf([kyoto.organisation], { numbers: [half] })),
    await kyoto.officer.post('/v1/patents', patentOf([kyoto.organisation], { family: half })),
    await kyoto.officer.post('/v1/patents', patentOf([], { holders: [{ organisation: half }] })),
    await osaka.officer.post('/v1/grants', grantOf([own.number], { grantee: { name: half } })),
    await osaka.officer.post('/v1/grants', grantOf([own.number], { partners: [half] })),
    await osaka.officer.post('/v1/grants', grantOf([half])),
  ]
  for (const answer of refused) expect(answer.status, answer.text).toBe(422)
  expect(await dumpState(registry)).toBe(before)
  const { results } = (await anonymous.post('/v1/check', { numbers: [half, own.number] })).as(checkAnswer)
  expect(results.map(({ verdict }) => verdict)).toEqual(['unrecognised', 'ask'])
})

test('the numbers of a patent have a limit, however many changes add them', async () => {
  const { kyoto } = await openHolders()
  const { number } = await enrolPatent(kyoto.officer, [kyoto])
  const path = `/v1/patents/${number}`
  const numbers = (first: number, count: number) => Array.from({ length: count }, (_, i) => `特許第${first + i}号`)
  const full = numbers(7_000_000, numbersPerPatentMax - 1)
  expect((await kyoto.officer.patch(path, { numbers: full }, { 'If-Match': '"v1"' })).status).toBe(200)
  const over = await kyoto.officer.patch(path, { numbers: numbers(7_100_000, 1) }, { 'If-Match': '"v2"' })
  expect(over.problem().errors?.[0]?.code).toBe('too_big')
  expect((await kyoto.officer.patch(path, { numbers: full }, { 'If-Match': '"v2"' })).status).toBe(200)
})

test('members named as those of every object change nothing but what they are', async () => {
  const { kyoto, anonymous } = await openHolders()
  for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
    const body = `{"numbers":["JP1"],"${name}":{"admin":true,"numbers":["x"]}}`
    expect((await anonymous.send('POST', '/v1/check', { body, headers: json })).status).toBeLessThan(500)
    const key = { 'Idempotency-Key': name }
    const made = await kyoto.officer.post('/v1/patents', patentOf([kyoto.organisation]), key)
    expect([made.status, made.headers.get('Idempotency-Replayed')]).toEqual([201, null])
    for (const path of ['/v1/terms', '/v1/organisations', '/v1/keys', '/problems', '/v1/grants', '/docs'])
      expect((await anonymous.get(`${path}/${name}`)).status, path).toBe(404)
  }
  expect('admin' in {}).toBe(false)
})

test('nobody hears what is wrong with a body before having said who they are', async () => {
  const registry = await openHolders()
  const { operations } = await documentOf(registry)
  const closed = operations.filter(
    ({ method, security = [] }) =>
      method !== 'GET' && security.length > 0 && security.every((way) => Object.keys(way).length > 0),
  )
  expect(closed.length).toBeGreaterThan(20)
  for (const { method, path } of closed) {
    const address = path.replaceAll(/\{[^}]+\}/g, 'x')
    const answer = await registry.anonymous.send(method, address, { body: '{"rubbish', headers: json })
    expect([`${method} ${path}`, answer.status]).toEqual([`${method} ${path}`, 401])
  }
})
