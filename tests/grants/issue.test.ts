import { decodeJwt } from 'jose'
import { expect, test } from 'vitest'
import { grantClaims } from '../../src/grants/claims.ts'
import { publicGrant } from '../../src/grants/grant.ts'
import { checkRegistry, dumpState } from '../support/check-registry.ts'
import { granted, grantOf, numbersOf, opened } from '../support/opening.ts'
import { type LocalRegistry, openLocalRegistry } from '../support/registry.ts'

async function company(registry: LocalRegistry) {
  const { id } = await registry.organisation({ kind: 'company' })
  return { id, officer: await registry.member(id) }
}

test('evaluation lasts 24 months in all from the first grant, however many follow', async () => {
  const registry = await openLocalRegistry()
  const [toyota, { patents }] = await Promise.all([company(registry), opened(registry, 'RPC-OPEN-1.0', { count: 2 })])
  const [first = '', second = ''] = numbersOf(patents)
  const evaluate = (numbers: string[], more: Record<string, unknown> = {}) =>
    grantOf(numbers, ['RPC-OPEN-1.0'], { purpose: 'evaluation', ...more })
  const untilOf = async (numbers: string[], more: Record<string, unknown> = {}) => {
    const { id } = await granted(toyota.officer, evaluate(numbers, more))
    return (await registry.anonymous.get(`/v1/grants/${id}`)).as(publicGrant).until
  }
  const refusalOf = async (numbers: string[], more: Record<string, unknown> = {}) =>
    (await toyota.officer.post('/v1/grants', evaluate(numbers, more))).problem().errors

  expect(await refusalOf([first], { until: '2028-11-21' })).toMatchObject([{ pointer: '/until', code: 'too_long' }])
  // A year from the first day is the default.
  expect(await untilOf([first])).toBe('2027-11-20')
  registry.clock.now = new Date('2027-11-21T00:00:00Z')
  expect(await refusalOf([first], { until: '2028-11-21' })).toMatchObject([{ code: 'too_long' }])
  expect(await untilOf([first], { until: '2028-11-20' })).toBe('2028-11-20')
  registry.clock.now = new Date('2028-06-01T00:00:00Z')
  expect(await untilOf([first])).toBe('2028-11-20')
  // A patent that is new to the company does not give the other one more time.
  expect(await untilOf([first, second])).toBe('2028-11-20')
  registry.clock.now = new Date('2028-11-21T00:00:00Z')
  expect(await refusalOf([first])).toMatchObject([{ pointer: '/purpose', code: 'evaluation_used_up' }])
  expect(await untilOf([second])).toBe('2029-11-20')
  // Another company has its own 24 months, and research needs none.
  const honda = await company(registry)
  expect((await granted(honda.officer, evaluate([first]))).covered).toHaveLength(1)
  expect((await granted(toyota.officer, grantOf([first], ['RPC-OPEN-1.0']))).covered).toHaveLength(1)
  await checkRegistry(registry)
})

test('an evaluation that begins before one already granted is measured from its own first day', async () => {
  const registry = await openLocalRegistry()
  const [toyota, { patents }] = await Promise.all([company(registry), opened(registry, 'RPC-OPEN-1.0')])
  const evaluate = (more: Record<string, unknown>) =>
    toyota.officer.post('/v1/grants', grantOf(numbersOf(patents), ['RPC-OPEN-1.0'], { purpose: 'evaluation', ...more }))
  expect((await evaluate({ from: '2027-02-01', until: '2027-03-01' })).status).toBe(201)
  expect((await evaluate({ until: '2028-11-21' })).problem().errors).toMatchObject([{ code: 'too_long' }])
  expect((await evaluate({ until: '2028-11-20' })).status).toBe(201)
})

test.each([
  ['2028-02-29', '2029-02-27'],
  ['2026-12-31', '2027-12-30'],
  ['2027-03-01', '2028-02-29'],
])('a year from %s ends on %s', async (from, until) => {
  const registry = await openLocalRegistry()
  registry.clock.now = new Date(`${from}T15:00:00Z`)
  const [osaka, { patents }] = await Promise.all([company(registry), opened(registry, 'RPC-OPEN-1.0')])
  const { id, token } = await granted(osaka.officer, grantOf(numbersOf(patents), ['RPC-OPEN-1.0']))
  expect((await registry.anonymous.get(`/v1/grants/${id}`)).as(publicGrant)).toMatchObject({ from, until })
  const { iat, nbf, exp } = grantClaims.parse(decodeJwt(token))
  expect([iat, nbf]).toEqual([registry.clock.now.getTime() / 1000, registry.clock.now.getTime() / 1000])
  expect(exp).toBe(Date.parse(`${until}T00:00:00Z`) / 1000 + 86_400)
})

test('the token keeps the name, and the log and the refused request keep none', async () => {
  const registry = await openLocalRegistry()
  const [osaka, { patents }] = await Promise.all([company(registry), opened(registry, 'RPC-OPEN-1.0')])
  const before = await dumpState(registry)
  expect((await osaka.officer.post('/v1/grants', grantOf(numbersOf(patents), []))).status).toBe(422)
  expect((await osaka.officer.post('/v1/grants', grantOf(['nothing'], []))).status).toBe(422)
  expect(await dumpState(registry)).toBe(before)
  const { id, token } = await granted(osaka.officer, grantOf(numbersOf(patents), ['RPC-OPEN-1.0']))
  const logged = await registry.db.read.rows(
    'select r.record from log_entries e join log_records r on r.sequence = e.sequence where e.subject = ?',
    [id],
  )
  expect(logged).toHaveLength(1)
  expect(String(logged[0]?.[0])).not.toContain('入会')
  expect(String(logged[0]?.[0])).not.toContain('Ion transport')
  expect(grantClaims.parse(decodeJwt(token)).grantee.name).toBe('入会 花子')
  const [row] = await registry.db.read.rows('select count(*) from history where "after" like ?', ['%入会 花子%'])
  expect(Number(row?.[0])).toBe(0)
})
