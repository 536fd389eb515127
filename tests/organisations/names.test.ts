import { expect, test } from 'vitest'
import { z } from 'zod'
import {
  findOrganisationsByName,
  insertNamedOrganisation,
  nobodyIsNamed,
  putName,
} from '../../src/organisations/name-queries.ts'
import { nameKeyOf } from '../../src/organisations/names.ts'
import { parseRor } from '../../src/organisations/ror.ts'
import { rorById, rorByName, rorContaining } from '../../src/organisations/ror-names.ts'
import { checkRegistry } from '../support/check-registry.ts'
import { enrolled } from '../support/opening.ts'
import { openLocalRegistry } from '../support/registry.ts'

test.each([
  ['トヨタ自動車株式会社', 'トヨタ自動車㈱', '（株）トヨタ自動車', '株式会社 トヨタ自動車', 'ﾄﾖﾀ自動車㍿'],
  ['Toyota Motor Corporation', 'TOYOTA MOTOR CORP.', 'Toyota Motor Co., Ltd.', 'toyota motor'],
  ['Sumitomo Chemical Company, Limited', 'SUMITOMO CHEMICAL CO LTD', 'Sumitomo Chemical Co.,Ltd.'],
  ['国立大学法人東京大学', '東京大学', '東　京　大　学', '(国)東京大学'],
  ['The University of Tokyo', 'University of Tokyo', 'UNIVERSITY OF TOKYO'],
  ['National University Corporation Kyoto University', 'Kyoto University'],
  ['国立研究開発法人産業技術総合研究所', '独立行政法人産業技術総合研究所', '産業技術総合研究所'],
  [
    '一般財団法人ファインセラミックスセンター',
    '財団法人ファインセラミックスセンター',
    '（財）ファインセラミックスセンター',
  ],
  ['慶應義塾大学', '慶応義塾大学'],
  ['Société Générale S.A.', 'Societe Generale'],
  ['Robert Bosch GmbH', 'ROBERT BOSCH GMBH'],
  ['Johnson & Johnson', 'Johnson and Johnson'],
  ['K.K. Toshiba', 'Kabushiki Kaisha Toshiba', 'TOSHIBA KK'],
])('spellings of one name share a key: %s', (...names) => {
  expect(new Set(names.map(nameKeyOf)).size).toBe(1)
})

test.each([
  ['株式会社日本総合研究所', '財団法人日本総合研究所'],
  ['Merck & Co., Inc.', 'Merck KGaA'],
  ['東京大学', '東京工業大学'],
  ['学校法人慶應義塾', '慶應義塾大学'],
  ['有限会社山田製作所', '株式会社山田製作所'],
  ['株式会社', '有限会社'],
  ['ハーン', 'バーン'],
])('two organisations keep two keys: %s, %s', (a, b) => {
  expect(nameKeyOf(a)).not.toBe(nameKeyOf(b))
})

test('a name of a megabyte has a key in bounded time', () => {
  const begun = performance.now()
  for (const text of ['co '.repeat(400_000), '株式会社'.repeat(200_000), '('.repeat(1_000_000), '&'.repeat(1_000_000)])
    expect(nameKeyOf(text).length).toBeLessThan(6000)
  expect(performance.now() - begun).toBeLessThan(1000)
})

test('the carried list finds an organisation by any spelling of its names, and by its ROR id', () => {
  const kyoto = {
    ror: 'https://ror.org/02kpeqv85',
    name: { ja: '京都大学', en: 'Kyoto University' },
    kind: 'university',
  }
  expect(rorByName('国立大学法人京都大学')).toMatchObject([kyoto])
  expect(rorByName('KYOTO UNIVERSITY')).toMatchObject([kyoto])
  expect(rorById('https://ror.org/02kpeqv85')).toMatchObject(kyoto)
  expect(rorByName('トヨタ自動車㈱')).toMatchObject([{ ror: 'https://ror.org/02zqm6r10', kind: 'company' }])
  expect(rorByName('存在しない大学')).toEqual([])
  expect(rorContaining('京都大', 3)[0]).toMatchObject(kyoto)
  expect(rorContaining('大学', 20)).toHaveLength(20)
  expect(rorContaining('  ', 20)).toEqual([])
})

test('every id of the carried list is a ROR id, each once', () => {
  const all = rorContaining('', 10)
  expect(all).toEqual([])
  const some = ['a', 'e', 'o', '大', '会', '所', '院', 'ー', '法'].flatMap((text) => rorContaining(text, 10_000))
  const ids = new Set(some.map(({ ror }) => ror))
  expect(ids.size).toBeGreaterThan(5000)
  for (const id of ids) expect(parseRor(id), id).toBe(id)
})

test('an organisation is found by its names, in either language, its aliases and its former names', async () => {
  const registry = await openLocalRegistry()
  const { db } = registry
  const id = crypto.randomUUID()
  const made = {
    id,
    name: { ja: '入会電機株式会社', en: 'Iriai Electric Co., Ltd.' },
    kind: 'company',
    country: 'JP',
  } as const
  await db.write(insertNamedOrganisation(made, ['Iriai Denki'], '2026-11-21T09:00:00.000Z'))
  const joined = await registry.organisation({ name: { ja: '入会電機㈱', en: 'Another Iriai' } })
  await db.write([putName(joined.id, '入会通信', 'own')])
  const found = await findOrganisationsByName(db.read, [
    '入会電機',
    'IRIAI ELECTRIC',
    'iriai denki',
    '入会通信',
    '無名',
  ])
  const both = [
    { id, state: 'named' },
    { id: joined.id, state: 'approved' },
  ]
  expect(new Set(found.get('入会電機'))).toEqual(new Set(both))
  expect(found.get('IRIAI ELECTRIC')).toEqual([both[0]])
  expect(found.get('iriai denki')).toEqual([both[0]])
  expect(found.get('入会通信')).toEqual([both[1]])
  expect(found.get('無名')).toEqual([])
})

test('two imports that name the same organisation at once make one record', async () => {
  const { db } = await openLocalRegistry()
  const make = (id: string) => {
    const made = {
      id,
      name: { ja: '同名研究所', en: 'Same Institute' },
      kind: 'research_institute',
      country: 'JP',
    } as const
    return db.write([
      nobodyIsNamed([made.name.ja, made.name.en]),
      ...insertNamedOrganisation(made, [], '2026-11-21T09:00:00.000Z'),
    ])
  }
  const results = await Promise.allSettled([make(crypto.randomUUID()), make(crypto.randomUUID())])
  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  expect((await findOrganisationsByName(db.read, ['同名研究所'])).get('同名研究所')).toHaveLength(1)
})

test('an organisation that has only applied is not found by its name, until it is approved', async () => {
  const registry = await openLocalRegistry()
  const name = { ja: '未承認研究所', en: 'Pending Institute' }
  const sent = await registry.steward.post('/v1/organisations', { name, kind: 'research_institute', country: 'JP' })
  const { id } = sent.as(z.looseObject({ id: z.string() }))
  const find = async () => (await findOrganisationsByName(registry.db.read, [name.ja])).get(name.ja)
  expect(await find()).toEqual([])
  await registry.steward.post(`/v1/organisations/${id}/approval`, { state: 'approved' })
  expect(await find()).toEqual([{ id, state: 'approved' }])
})

test('an application whose record patents name is declined without losing them: it is known by name only', async () => {
  const registry = await openLocalRegistry()
  const sent = await registry.steward.post('/v1/organisations', {
    name: { ja: '申込研究所', en: 'Applying Institute' },
    kind: 'research_institute',
    country: 'JP',
  })
  const { id } = sent.as(z.looseObject({ id: z.string() }))
  const holder = await registry.organisation()
  const patent = await enrolled(await registry.member(holder.id), [holder, { id }])
  const declined = { state: 'declined', reason: '権限を確かめられません。' }
  expect((await registry.steward.post(`/v1/organisations/${id}/approval`, declined)).status).toBe(200)
  const read = await registry.anonymous.get(`/v1/organisations/${id}`)
  expect(read.as(z.looseObject({ state: z.string() })).state).toBe('named')
  expect((await registry.anonymous.get(`/v1/patents/${patent.number}`)).status).toBe(200)
  await checkRegistry(registry)
})
