import { expect, test } from 'vitest'
import { z } from 'zod'
import { declaration } from '../../src/declarations/declaration.ts'
import { exclusion } from '../../src/declarations/exclusions/exclusion.ts'
import { declarationOf, enrolled } from '../support/opening.ts'
import { openRegistry, type Registry } from '../support/registry.ts'

const list = z.object({ items: z.array(exclusion) })

async function one(registry: Registry) {
  const { id } = await registry.organisation()
  return { id, officer: await registry.member(id), path: `/v1/organisations/${id}/exclusions` }
}

test('what is on the list is declared by no path, the entry is named, and an explicit act takes it off', async () => {
  const registry = await openRegistry()
  const { id, officer, path } = await one(registry)
  const { number } = await enrolled(officer, [{ id }])
  const added = await officer.post(path, { entries: [{ number: number.replaceAll('-', ''), note: 'Strategic' }] })
  const [entry] = added.as(list).items
  expect([added.status, entry?.value, entry?.note]).toEqual([201, number, 'Strategic'])

  const refused = await officer.post('/v1/declarations', declarationOf('RPC-OPEN-1.0', [number]))
  expect([refused.status, refused.problem().errors?.[0]?.code]).toEqual([422, 'excluded'])
  expect(refused.problem().errors?.[0]?.detail).toContain(entry?.id)
  const again = await officer.post(path, { entries: [{ number }] })
  expect(again.as(list).items[0]?.id).toBe(entry?.id)

  expect((await officer.delete(`${path}/${entry?.id}`)).status).toBe(204)
  expect((await officer.delete(`${path}/${entry?.id}`)).status).toBe(404)
  expect((await officer.get(path)).as(list).items).toEqual([])
  const made = await officer.post('/v1/declarations', declarationOf('RPC-OPEN-1.0', [number]))
  expect(made.as(declaration).state).toBe('in_force')
})

test('a rule holds by class, title word, inventor and years of filing, and an unknown filing date counts as excluded', async () => {
  const registry = await openRegistry()
  const { id, officer, path } = await one(registry)
  const enrol = (more: Record<string, unknown>) => enrolled(officer, [{ id }], more)
  const other = { classes: { ipc: ['G01N33/53'], cpc: [], fi: [] }, title: { ja: '分析装置' }, filedOn: '2010-01-01' }
  const [byClass, byTitle, byInventor, byYear, undated, free] = await Promise.all([
    enrol({ ...other, classes: { ipc: ['H01M10/0562'], cpc: [], fi: [] } }),
    enrol({ ...other, title: { en: 'A SECRET  Sauce' } }),
    enrol({ ...other, inventors: [{ name: '入会 花子' }] }),
    enrol({ ...other, filedOn: '2021-12-31' }),
    enrol({ ...other, filedOn: undefined, grantedOn: undefined }),
    enrol(other),
  ])
  const entries = [
    { ipc: 'h01m 10/05' },
    { title: 'secret sauce' },
    { inventor: '花子　入会' },
    { filedFrom: 2020, filedTo: 2021 },
  ]
  expect((await officer.post(path, { entries })).status).toBe(201)
  const numbers = [byClass, byTitle, byInventor, byYear, undated].map(({ number }) => number)
  const refused = await officer.post('/v1/declarations', declarationOf('RPC-OPEN-1.0', [...numbers, free.number]))
  expect(refused.problem().errors?.map(({ pointer, code }) => [pointer, code])).toEqual(
    numbers.map((_, i) => [`/numbers/${i}`, 'excluded']),
  )
  expect(refused.problem().errors?.[0]?.detail).toContain('ipc H01M10/05')
  const made = await officer.post('/v1/declarations', declarationOf('RPC-OPEN-1.0', [free.number]))
  expect(made.status).toBe(201)
})

test('the list is its organisation’s own: nobody else reads or changes it, the steward neither', async () => {
  const registry = await openRegistry()
  const [mine, other] = [await one(registry), await one(registry)]
  await mine.officer.post(mine.path, { entries: [{ ipc: 'H01M', note: 'Plans' }] })
  for (const caller of [other.officer, registry.steward, await registry.member(mine.id, { role: 'viewer' })]) {
    const answer = await caller.get(mine.path)
    expect([answer.status, answer.text.includes('Plans')]).toEqual([403, false])
    expect((await caller.post(mine.path, { entries: [{ ipc: 'H01M' }] })).status).toBe(403)
  }
  expect((await registry.anonymous.get(mine.path)).status).toBe(401)
})

test('a co-owner’s yes never opens what it excludes itself, and its list stays hidden from the holder', async () => {
  const registry = await openRegistry()
  const [first, second] = [await one(registry), await one(registry)]
  const { number } = await enrolled(first.officer, [first, second])
  await second.officer.post(second.path, { entries: [{ number, note: 'Plans' }] })
  const made = await first.officer.post('/v1/declarations', declarationOf('RPC-OPEN-1.0', [number]))
  const { id } = made.as(declaration)
  expect(made.text).not.toContain('Plans')
  const yes = await second.officer.post(`/v1/declarations/${id}/consents`, { answer: 'given' })
  expect([yes.status, yes.problem().errors?.[0]?.code]).toEqual([422, 'excluded'])
  const no = await second.officer.post(`/v1/declarations/${id}/consents`, { answer: 'refused', reason: 'Plans.' })
  expect(no.status).toBe(200)
})

test('what cannot be read is a fault of its own, and nothing is added', async () => {
  const registry = await openRegistry()
  const { officer, path } = await one(registry)
  const entries = [
    { number: 'nonsense' },
    { ipc: 'ZZ9' },
    { ipc: 'H01M10/05' },
    { filedFrom: 2021, filedTo: 2020 },
    {},
    { inventor: '・・' },
  ]
  const refused = await officer.post(path, { entries })
  expect(refused.status).toBe(422)
  expect(refused.problem().errors?.map(({ pointer, code }) => [pointer, code])).toEqual([
    ['/entries/0', 'unrecognised_number'],
    ['/entries/1', 'unrecognised_symbol'],
    ['/entries/3', 'before_from'],
    ['/entries/4', 'required'],
    ['/entries/5', 'unreadable_name'],
  ])
  for (const hostile of [
    { entries: [] },
    { entries: [{ ipc: 'H01M', title: 'x' }] },
    { entries: [{ title: 'a\u0000b' }] },
    { entries: [{ number: 'x'.repeat(5000) }] },
    { entries: Array.from({ length: 1001 }, () => ({ ipc: 'A01B' })) },
  ])
    expect((await officer.post(path, hostile)).status).toBe(422)
  expect((await officer.get(path)).as(list).items).toEqual([])
})
