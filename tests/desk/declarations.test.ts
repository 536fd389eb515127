import { expect, test } from 'vitest'
import { pinnedFingerprints } from '../../policies/terms.ts'
import { declaration } from '../../src/declarations/declaration.ts'
import { page } from '../../src/http/paging.ts'
import { checkRegistry } from '../support/check-registry.ts'
import { namedOrganisation } from '../support/named.ts'
import { declarationOf, enrolled } from '../support/opening.ts'
import { signedIn } from '../support/people.ts'
import { type LocalRegistry, openLocalRegistry } from '../support/registry.ts'

async function office() {
  const registry = await openLocalRegistry()
  const organisation = await registry.organisation()
  const [client, officer] = await Promise.all([
    registry.member(organisation.id),
    signedIn(registry, { name: '見本 京子', memberOf: organisation.id }),
  ])
  return { registry, organisation, client, officer }
}

async function declarationsOf(registry: LocalRegistry, id: string) {
  return (await registry.anonymous.get(`/v1/declarations?organisation=${id}`)).as(page(declaration)).items
}

function hiddenOf(text: string, name: string): string {
  return new RegExp(`name="${name}" value="([^"]*)"`).exec(text)?.[1] ?? ''
}

test('an officer chooses, looks at the effect, confirms once however often the form is sent, and withdraws', async () => {
  const { registry, organisation, client, officer } = await office()
  const [own, kept] = await Promise.all([enrolled(client, [organisation]), enrolled(client, [organisation])])
  const excluded = await officer.submit('/ja/desk/exclusions', {
    form: 'numbers',
    numbers: kept.number,
    note: '社外秘',
  })
  expect(excluded.status).toBe(303)
  const list = await officer.get('/ja/desk/exclusions')
  expect([list.text.includes(kept.number), list.text.includes('社外秘')]).toEqual([true, true])

  const choice = { terms: 'RPC-OPEN-1.0', coOwned: 'no' }
  const effect = await officer.submit('/ja/desk/declarations/new', choice)
  expect(effect.text).toContain('1件を、1件の宣言で開放します')
  expect(effect.text).toContain('開放しない特許の一覧にある')
  const confirm = {
    ...choice,
    step: 'confirm',
    effect: hiddenOf(effect.text, 'effect'),
    shown: hiddenOf(effect.text, 'shown'),
    accept: 'yes',
    'terms-RPC-OPEN-1.0': pinnedFingerprints['RPC-OPEN-1.0'],
  }
  const unchecked = await officer.submit('/ja/desk/declarations/new', confirm)
  expect([unchecked.status, unchecked.text.includes('専用実施権などがないことを確かめ')]).toEqual([422, true])
  const both = await Promise.all(
    [1, 2].map(() => officer.submit('/ja/desk/declarations/new', { ...confirm, encumbrancesChecked: 'yes' })),
  )
  expect(both.map(({ status }) => status)).toEqual([303, 303])
  const progress = await officer.get(both[0]?.headers.get('Location') ?? '')
  expect(progress.text).toContain('終わりました')
  const [made, ...more] = await declarationsOf(registry, organisation.id)
  expect([made?.patents.numbers, more.length]).toEqual([[own.number], 0])

  const detail = await officer.get(`/ja/desk/declarations/${made?.id}`)
  expect(detail.text).toContain('90日')
  const silent = await officer.submit(`/ja/desk/declarations/${made?.id}/withdraw`, { reason: '' })
  expect(silent.status).toBe(422)
  const withdrawn = await officer.submit(`/ja/desk/declarations/${made?.id}/withdraw`, { reason: '事業化のため' })
  expect(withdrawn.status).toBe(303)
  expect((await declarationsOf(registry, organisation.id))[0]?.state).toBe('withdrawn')
  const removed = await officer.submit('/ja/desk/exclusions/remove', { entry: hiddenOf(list.text, 'entry') })
  expect(removed.status).toBe(303)
  expect((await officer.get('/ja/desk/exclusions')).text).not.toContain('社外秘')
  await checkRegistry(registry)
})

test('one screen tells what waits for whom; the officer asks by link, reminds, and answers', async () => {
  const { registry, organisation, client, officer } = await office()
  const named = await namedOrganisation(registry)
  const other = await registry.organisation()
  const otherOfficer = await signedIn(registry, { name: '見本 次郎', memberOf: other.id })
  const [byLink, shared] = await Promise.all([
    enrolled(client, [organisation, named]),
    enrolled(client, [organisation, other]),
  ])
  const [asked, waiting] = await Promise.all(
    [byLink, shared].map(async ({ number }) =>
      (await client.post('/v1/declarations', declarationOf('RPC-OPEN-1.0', [number]))).as(declaration),
    ),
  )
  const screen = await officer.get('/ja/desk/consents')
  expect([screen.text.includes(named.name.ja), screen.text.includes(other.name.ja)]).toEqual([true, true])
  const link = await officer.submit('/ja/desk/consents/link', { declaration: asked?.id ?? '', coOwner: named.id })
  const url = /class="pick">([^<]+)</.exec(link.text)?.[1] ?? ''
  expect(url).toContain('/consent/')
  expect((await officer.get('/ja/desk/consents')).text).not.toContain(url)
  expect((await registry.anonymous.get(url.slice(registry.url.length))).status).toBe(200)
  const reminder = { declaration: waiting?.id ?? '', coOwner: other.id }
  expect((await officer.submit('/ja/desk/consents/remind', reminder)).status).toBe(303)
  expect((await officer.submit('/ja/desk/consents/remind', reminder)).status).toBe(422)
  expect((await officer.get('/ja/desk/consents')).text).toContain('手動')

  expect((await otherOfficer.get('/ja/me')).text).toContain('1件が待っています')
  const place = '/ja/desk/consents/answer'
  expect((await otherOfficer.submit(place, { declaration: waiting?.id ?? '', decision: 'refused' })).status).toBe(422)
  expect((await officer.submit(place, { declaration: waiting?.id ?? '', decision: 'given' })).status).toBe(422)
  expect((await otherOfficer.submit(place, { declaration: waiting?.id ?? '', decision: 'given' })).status).toBe(303)
  const states = (await declarationsOf(registry, organisation.id)).map(({ id, state }) => [id, state])
  expect(new Map(states.map(([id = '', state = '']) => [id, state])).get(waiting?.id ?? '')).toBe('in_force')
  await checkRegistry(registry)
})

test('what ends within the year is listed and saved, and a later owner is recorded with its effect shown', async () => {
  const { registry, organisation, client, officer } = await office()
  const named = await namedOrganisation(registry)
  const { number } = await enrolled(client, [organisation], {
    expires: { on: '2027-05-31', source: 'J-PlatPat', seenOn: '2026-11-01' },
    title: { en: '+SUM(1)' },
  })
  await client.post('/v1/declarations', declarationOf('RPC-OPEN-1.0', [number]))
  const shown = await officer.get('/ja/desk/expiring')
  expect([shown.text.includes(number), shown.text.includes('2027年5月31日')]).toEqual([true, true])
  const file = await officer.get('/ja/desk/expiring.csv')
  expect([file.status, file.text.includes(`"'+SUM(1)"`)]).toEqual([200, true])
  expect((await registry.anonymous.get('/ja/desk/expiring.csv')).status).toBe(303)

  const form = await officer.get(`/ja/desk/assignment?number=${encodeURIComponent(number)}`)
  expect(form.text).toContain('譲受人に引き継がせます')
  const fields = { number, organisation: named.name.ja, on: '2026-11-01' }
  expect((await officer.submit('/ja/desk/assignment', { ...fields, on: '' })).status).toBe(422)
  expect((await officer.submit('/ja/desk/assignment', { ...fields, organisation: 'だれでもない' })).status).toBe(422)
  const done = await officer.submit('/ja/desk/assignment', fields)
  expect([done.status, done.text.includes('記録しました'), done.text.includes('参加していません')]).toEqual([
    200,
    true,
    true,
  ])
  await checkRegistry(registry)
})

test('every page stands in both languages, with labels, tokens and ids as they should be, and shows hostile text as text', async () => {
  const { registry, organisation, client, officer } = await office()
  const nasty = '"><script>alert(1)</script>'
  const named = await namedOrganisation(registry)
  const { number } = await enrolled(client, [organisation, named], { title: { ja: nasty } })
  await client.post(`/v1/organisations/${organisation.id}/exclusions`, { entries: [{ title: nasty, note: nasty }] })
  const own = await enrolled(client, [organisation, named])
  const made = (await client.post('/v1/declarations', declarationOf('RPC-OPEN-1.0', [own.number]))).as(declaration)
  const places = [
    '/desk/declarations',
    '/desk/declarations/new',
    `/desk/declarations/${made.id}`,
    '/desk/consents',
    '/desk/exclusions',
    '/desk/expiring',
    `/desk/assignment?number=${encodeURIComponent(number)}`,
    `/desk/assignment?number=${encodeURIComponent(nasty)}`,
    `/desk/declarations/new?ipc=${encodeURIComponent(nasty)}`,
  ]
  for (const place of places)
    for (const lang of ['ja', 'en']) {
      const { status, text } = await officer.get(`/${lang}${place}`)
      expect([status, place]).toEqual([200, place])
      expect(text).not.toContain('<script>alert')
      expect(text.length).toBeLessThan(60_000)
      for (const [form] of text.matchAll(/<form method="post".*?<\/form>/gs))
        expect(form, place).toContain(`name="csrf" value="${officer.csrf}"`)
      for (const [, id = ''] of text.matchAll(/<(?:input|select|textarea) [^>]*?\bid="([^"]+)"/g))
        expect(text, `${place} ${id}`).toContain(`<label for="${id}"`)
      const ids = [...text.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
      expect(new Set(ids).size, place).toBe(ids.length)
    }
  const posts = [
    '/desk/declarations/new',
    `/desk/declarations/${made.id}/withdraw`,
    '/desk/consents/answer',
    '/desk/consents/remind',
    '/desk/consents/revoke',
    '/desk/consents/link',
    '/desk/exclusions',
    '/desk/exclusions/remove',
    '/desk/assignment',
  ]
  for (const place of posts) {
    expect((await officer.submit(`/ja${place}`, { csrf: 'x' })).status, place).toBe(403)
    expect((await registry.anonymous.send('POST', `/ja${place}`)).status, place).toBe(401)
  }
})
