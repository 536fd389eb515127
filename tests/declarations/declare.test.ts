import { expect, test } from 'vitest'
import { patent } from '../../src/patents/patent.ts'
import { checkRegistry } from '../support/check-registry.ts'
import { openHolders } from '../support/holders.ts'
import { codes, declarationOf, enrolled } from '../support/opening.ts'
import { patentOf } from '../support/patents.ts'
import { openLocalRegistry } from '../support/registry.ts'

test('nobody opens a right for a time in which, as recorded, it is another’s', async () => {
  const { kyoto, toyota, osaka } = await openHolders()
  const held = (more: Record<string, unknown>[]) => patentOf([], { holders: more })
  const change = [
    { organisation: kyoto.organisation.id, until: '2026-11-30' },
    { organisation: toyota.organisation.id, from: '2026-12-01' },
  ]
  const { number } = (await kyoto.officer.post('/v1/patents', held(change))).as(patent)
  const joined = [{ organisation: kyoto.organisation.id }, { organisation: osaka.organisation.id, from: '2026-12-01' }]
  const { number: shared } = (await kyoto.officer.post('/v1/patents', held(joined))).as(patent)
  for (const one of [number, shared]) {
    const later = await kyoto.officer.post(
      '/v1/declarations',
      declarationOf('RPC-OPEN-1.0', [one], { from: '2027-01-01' }),
    )
    expect(codes(later.problem().errors)).toEqual(['not_a_holder'])
    expect((await kyoto.officer.post('/v1/declarations', declarationOf('RPC-OPEN-1.0', [one]))).status).toBe(201)
  }
})

test('of two co-owners who declare a patent under the same terms at once, one has declared it', async () => {
  const registry = await openLocalRegistry()
  const [first, second] = await Promise.all([registry.organisation(), registry.organisation()])
  const officers = await Promise.all([registry.member(first.id), registry.member(second.id)])
  const { number } = await enrolled(officers[0], [first, second])
  const answers = await Promise.all(
    officers.map((officer) => officer.post('/v1/declarations', declarationOf('RPC-OPEN-1.0', [number]))),
  )
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 422])
  const refused = answers.find(({ status }) => status === 422)
  expect(refused?.problem().errors).toMatchObject([{ pointer: '/numbers/0', code: 'already_declared' }])
  await checkRegistry(registry)
})

test('one whose share in the patent has ended neither declares it nor is asked', async () => {
  const registry = await openLocalRegistry()
  const [past, present] = await Promise.all([registry.organisation(), registry.organisation()])
  const officers = await Promise.all([registry.member(past.id), registry.member(present.id)])
  const holders = [
    { organisation: past.id, from: '2016-01-01', until: '2020-12-31' },
    { organisation: present.id, from: '2021-01-01' },
  ]
  const { number } = await enrolled(officers[1], [present], { holders })
  const refused = await officers[0].post('/v1/declarations', declarationOf('RPC-OPEN-1.0', [number]))
  expect(refused.problem().errors).toMatchObject([{ code: 'not_a_holder' }])
  const made = await officers[1].post('/v1/declarations', declarationOf('RPC-OPEN-1.0', [number]))
  expect([made.status, made.text]).toEqual([201, expect.stringContaining('"state":"in_force"')])
  await checkRegistry(registry)
})
