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
  '/me/data/erase',
]
const office = ['/desk/claims', '/desk/people/decide', '/desk/people/record', '/desk/requests']

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
    `/me/move?organisation=${laboratory.osaka.organisation.id}`,
    ...['/desk/claims', '/desk/people', '/desk/requests'],
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
