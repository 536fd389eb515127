import { expect, test } from 'vitest'
import { dumpState } from '../support/check-registry.ts'
import { confirmed, inventorGrant, openLaboratory, worksAt } from '../support/inventors.ts'
import { signedIn } from '../support/people.ts'

const own = [
  '/me/notices/read',
  '/me/grants/new',
  '/me/checks',
  '/me/checks/delete',
  '/me/inventions/claim',
  '/me/inventions/withdraw',
  '/me/inventions/dispute',
  '/me/inventions/grant',
  '/me/affiliations',
  '/me/affiliations/end',
  '/me/move',
  '/me/enquiries/new',
  '/me/enquiries/withdraw',
  '/me/grants/none/report',
  '/me/grants/none/report/withdraw',
  '/me/grants/none/end',
  '/me/data/erase',
  '/join',
  '/me/applications/withdraw',
]
const office = [
  '/desk/imports',
  ...['rows', 'columns', 'names', 'commit', 'drop'].map(
    (verb) => `/desk/imports/01a200d7-7c00-7a0e-9d53-0f6e0f9a7b1d/${verb}`,
  ),
  ...['record', 'status', 'encumbrance', 'related'].map((part) => `/desk/portfolio/JP-5985120-B1/${part}`),
  '/desk/claims',
  '/desk/people/decide',
  '/desk/people/record',
  '/desk/requests',
  '/desk/enquiries/none',
  '/desk/objections',
  '/desk/mandates',
  '/desk/mandates/end',
  '/desk/applications',
  '/desk/applications/01a200d7-7946-7101-bf95-f67a303e1c8f',
  '/desk/organisation',
  '/desk/organisation/names',
  '/desk/organisation/participation',
  '/desk/organisation/leave',
  '/desk/access/invite',
  '/desk/access/invitation',
  '/desk/access/member',
  '/desk/access/client',
  '/desk/access/client/end',
  '/desk/access/webhook',
  '/desk/access/webhook/end',
  '/desk/access/webhook/test',
  '/desk/access/webhook/retry',
]

test('a form without the token, or with another session’s, does nothing on any page', async () => {
  const laboratory = await openLaboratory()
  const { kyoto, patent, inventor } = laboratory
  const officer = await signedIn(laboratory, { name: '見本 京子', memberOf: kyoto.organisation.id })
  const fields = { number: patent.number, inventor: '2', organisation: kyoto.organisation.id, word: 'すべて消去' }
  const before = await dumpState(laboratory)
  for (const path of [...own, ...office])
    for (const csrf of ['', inventor.csrf.slice(1), inventor.csrf])
      for (const lang of ['', '/ja', '/en'])
        expect((await officer.submit(`${lang}${path}`, { ...fields, csrf })).status, path).toBe(403)
  for (const path of [...own, ...office])
    expect((await laboratory.anonymous.send('POST', `/ja${path}`)).status, path).toBe(401)
  expect(await dumpState(laboratory)).toBe(before)
})

test('every form of the desk that posts carries the token, every field has its label, every id is there once', async () => {
  const laboratory = await openLaboratory()
  await confirmed(laboratory)
  await worksAt(laboratory.inventor, laboratory.kyoto)
  await inventorGrant(laboratory.inventor)
  const officer = await signedIn(laboratory, { name: '見本 京子', memberOf: laboratory.kyoto.organisation.id })
  const number = encodeURIComponent(laboratory.patent.number)
  const places = [
    ...['/me', '/me/grants', '/me/checks', '/me/inventions', '/me/affiliations', '/me/move', '/me/data'],
    `/me/inventions/claim?number=${number}`,
    `/me/grants/new?numbers=${number}`,
    ...['/me/enquiries', `/me/enquiries/new?number=${number}`, '/desk/enquiries', '/desk/objections', '/desk/reports'],
    `/me/move?organisation=${laboratory.osaka.organisation.id}`,
    ...[
      '/desk/imports',
      '/desk/portfolio',
      `/desk/portfolio/${number}`,
      '/desk/claims',
      '/desk/people',
      '/desk/requests',
      '/desk/mandates',
      '/desk/organisation',
      '/desk/organisation/leave',
      '/desk/access',
    ],
    ...['/join', '/join?q=a', '/join?name=a', '/participation'],
  ]
  for (const path of places)
    for (const person of [laboratory.inventor, officer]) {
      const { text } = await person.get(`/ja${path}`)
      for (const [form] of text.matchAll(/<form method="post".*?<\/form>/gs))
        expect(form, path).toContain(`name="csrf" value="${person.csrf}"`)
      for (const [, id = ''] of text.matchAll(/<(?:input|select|textarea) [^>]*?\bid="([^"]+)"/g))
        expect(text, `${path} ${id}`).toContain(`<label for="${id}"`)
      const ids = [...text.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
      expect(new Set(ids).size, path).toBe(ids.length)
    }
})

test('what a person wrote is shown as text', async () => {
  const laboratory = await openLaboratory()
  const nasty = '"><script>alert(1)</script>'
  const { inventor } = laboratory
  const shown = await Promise.all([
    inventor.get(`/ja/me/inventions/claim?number=${encodeURIComponent(nasty)}`),
    inventor.get(`/ja/me/move?organisation=${encodeURIComponent(nasty)}`),
    inventor.get(`/ja/me/grants/new?numbers=${encodeURIComponent(nasty)}`),
    inventor.submit('/ja/me/inventions/grant', { project: nasty, purpose: 'basic_research', mode: 'on' }),
  ])
  for (const { text } of shown) expect(text).not.toContain('<script>alert')
})
