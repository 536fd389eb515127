import { expect, test } from 'vitest'
import { page } from '../../src/http/paging.ts'
import { enquiryShown } from '../../src/usage/enquiries/enquiry.ts'
import { checkRegistry } from '../support/check-registry.ts'
import { confirmed, inventorGrant, moved, openLaboratory, worksAt } from '../support/inventors.ts'
import { signedIn } from '../support/people.ts'

async function open() {
  const laboratory = await openLaboratory()
  await confirmed(laboratory)
  await worksAt(laboratory.inventor, laboratory.kyoto)
  const grant = await inventorGrant(laboratory.inventor)
  const officer = await signedIn(laboratory, { name: '見本 京子', memberOf: laboratory.kyoto.organisation.id })
  return { ...laboratory, grant, officer }
}

test('a person asks on the page, the officer answers on theirs', async () => {
  const { patent, officer, kyoto, ...registry } = await open()
  const person = await signedIn(registry, { name: '尋ね 人子' })
  const path = '/ja/me/enquiries/new'
  const fields = {
    number: patent.number,
    holder: kyoto.organisation.id,
    subject: 'licence',
    message: '<b>一行目\n二行目',
  }
  expect((await person.get(`${path}?number=${patent.number}`)).text).toContain(kyoto.organisation.name.ja)
  expect((await person.submit(path, { ...fields, message: '' })).status).toBe(422)
  expect((await person.submit(path, fields)).headers.get('Location')).toBe('/ja/me/enquiries')
  const [sent] = (await person.get('/v1/enquiries')).as(page(enquiryShown)).items
  expect((await person.get('/ja/me/enquiries')).text).toContain('&lt;b&gt;一行目')
  const mine = `/ja/desk/enquiries/${sent?.id}`
  expect((await officer.get('/ja/desk/enquiries')).text).toContain('尋ね 人子')
  expect((await officer.get(mine)).text).toContain('二行目')
  expect((await officer.submit(mine, { decision: 'answered', text: 'はい。' })).status).toBe(303)
  expect((await person.get('/ja/me/enquiries')).text).toContain('はい。')
  expect((await officer.submit(mine, { decision: 'declined', text: 'いいえ。' })).status).toBe(422)
  expect((await person.get(mine)).status).toBe(403)
})

test('a grantee reports on the page, and gives the grant up knowing what follows', async () => {
  const { inventor, grant, officer, ...registry } = await open()
  const path = `/ja/me/grants/${grant.number}`
  const fields = { kind: 'paper', titleJa: '<i>論文', doi: '10.1000/x', on: '2026-11-20', public: 'yes' }
  expect((await inventor.submit(`${path}/report`, { ...fields, doi: '' })).text).toContain('DOI が必要')
  expect((await inventor.submit(`${path}/report`, fields)).status).toBe(303)
  expect((await inventor.get(path)).text).toContain('&lt;i&gt;論文')
  for (const what of ['/report', '/end']) expect((await officer.get(`${path}${what}`)).status).toBe(404)
  expect((await inventor.get(`${path}/end`)).text).toContain('元に戻せません')
  expect((await inventor.submit(`${path}/end`, { reason: 'ineligible' })).text).toContain('印を付けて')
  expect((await inventor.submit(`${path}/end`, { reason: 'ineligible', confirm: 'yes' })).status).toBe(303)
  expect((await inventor.get(path)).text).not.toContain(`${path}/end`)
  await checkRegistry(registry)
})

test('a former institution sees the grant that went on elsewhere, and objects', async () => {
  const { inventor, officer, osaka, ...registry } = await open()
  expect((await officer.get('/ja/desk/objections')).text).toContain('有効な許諾証はありません')
  const { grants } = await moved(inventor, osaka)
  const { text } = await officer.get('/ja/desk/objections')
  const number = /\/ja\/g\/([0-9A-Z]{10})/.exec(text)?.[1] ?? ''
  expect([number.length, JSON.stringify(grants).length > 2]).toEqual([10, true])
  const fields = { grant: number, reason: 'ineligible', note: '会社に移りました。' }
  expect((await officer.submit('/ja/desk/objections', fields)).status).toBe(303)
  const strangers = await signedIn(registry, { name: '他人', memberOf: registry.nara.organisation.id })
  expect((await strangers.submit('/ja/desk/objections', fields)).status).toBe(422)
  await checkRegistry(registry)
})

test('an erasure takes the person’s enquiries and reports, and what was exported of them before', async () => {
  const { inventor, grant, patent, db, ...rest } = await open()
  await inventor.post(`/v1/patents/${patent.number}/enquiries`, { subject: 'opening', message: 'erase me' })
  await inventor.post(`/v1/grants/${grant.id}/reports`, { kind: 'other', title: { en: 'erase too' }, on: '2026-11-20' })
  const exported = await inventor.get('/v1/me/export')
  for (const text of ['erase me', 'erase too']) expect(exported.text).toContain(text)
  expect((await inventor.post('/v1/me/erasure', { confirm: 'erase everything' })).status).toBe(204)
  const left = await db.read.rows(
    'select (select count(*) from enquiries), (select count(*) from result_reports), (select count(*) from result_report_patents)',
    [],
  )
  expect(left.map((row) => row.map(Number))).toEqual([[0, 0, 0]])
  await checkRegistry({ ...rest, db })
})
