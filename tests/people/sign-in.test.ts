import { expect, test } from 'vitest'
import { findPersonByOrcid, listIdentities } from '../../src/people/queries.ts'
import { answerFor, openBrowser, openWithProviders, sampleAccount, signInAs } from '../support/sign-in.ts'

const [ichiro, kyoko] = [sampleAccount(0), sampleAccount(1)]

test('a first sign-in with ORCID makes a person with the iD and the name; a second one finds the same person', async () => {
  const registry = await openWithProviders()
  const browser = openBrowser(registry)
  const page = await signInAs(browser, ichiro)
  expect(page).toMatchObject({ status: 200, url: 'https://registry.test/ja/me' })
  expect(page.text).toContain('<h1>見本 一郎</h1>')
  expect(page.text).toContain(`https://orcid.org/${ichiro}`)
  const person = await findPersonByOrcid(registry.db.read, `https://orcid.org/${ichiro}`)
  await signInAs(openBrowser(registry), ichiro)
  expect(await registry.db.read.rows('select id from people', [])).toEqual([[person?.id]])
})

test('the session cookie is for this host alone, unseen by scripts, not sent along by other sites', async () => {
  const registry = await openWithProviders()
  const browser = openBrowser(registry)
  const callback = await answerFor(browser, ichiro)
  const landed = await browser.request('GET', callback)
  expect(landed.headers.getSetCookie()).toContainEqual(
    expect.stringMatching(/^__Host-sid=[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; Secure; SameSite=Lax$/),
  )
  expect([...browser.own().keys()]).toEqual(['__Host-sid'])
  const page = await browser.open('/ja/sign-in')
  const begun = await browser.request('POST', '/ja/sign-in/orcid', {
    form: { csrf: /name="csrf" value="([0-9a-f]+)"/.exec(page.text)?.[1] ?? '' },
  })
  expect(begun.headers.getSetCookie()).toEqual([
    expect.stringMatching(/^__Host-signin=[\w-]{43}; Max-Age=600; Path=\/; HttpOnly; Secure; SameSite=Lax$/),
  ])
})

test('the pages of both languages lead back to the page that asked', async () => {
  const registry = await openWithProviders()
  const browser = openBrowser(registry)
  const page = await signInAs(browser, kyoko, 'orcid', '/en/patents?q=ion')
  expect(page.url).toBe('https://registry.test/en/patents?q=ion')
  expect(page.text).toContain('href="/en/me"><bdi>見本 京子</bdi>')
})

test('an account linked in a session signs in the same person from then on', async () => {
  const registry = await openWithProviders()
  const browser = openBrowser(registry)
  await signInAs(browser, ichiro)
  const linked = await signInAs(browser, 'ichiro@kyoto-university.example', 'kyoto-university')
  expect(linked.url).toBe('https://registry.test/ja/me')
  expect(linked.text).toContain('ichiro@kyoto-university.example')
  const person = await findPersonByOrcid(registry.db.read, `https://orcid.org/${ichiro}`)
  expect(await listIdentities(registry.db.read, person?.id ?? '')).toHaveLength(2)
  const elsewhere = await signInAs(openBrowser(registry), 'ichiro@kyoto-university.example', 'kyoto-university')
  expect(elsewhere.text).toContain(`https://orcid.org/${ichiro}`)
})

test('a linked account can be unlinked, the last one not; with ORCID goes the iD', async () => {
  const registry = await openWithProviders()
  const browser = openBrowser(registry)
  await signInAs(browser, ichiro)
  registry.clock.now = new Date(registry.clock.now.getTime() + 1000)
  const both = await signInAs(browser, 'ichiro@kyoto-university.example', 'kyoto-university')
  const one = await browser.submit(both, /\/me\/unlink$/)
  expect(one.text).not.toContain(`https://orcid.org/${ichiro}`)
  expect(one.text).toContain('最後の一つは外せません')
  expect(await registry.db.read.rows('select subject from identities', [])).toEqual([
    ['ichiro@kyoto-university.example'],
  ])
})

test('signing out ends the session itself, not only the cookie', async () => {
  const registry = await openWithProviders()
  const browser = openBrowser(registry)
  const page = await signInAs(browser, ichiro)
  const kept = new Map(browser.own())
  await browser.submit(page, /\/sign-out$/)
  expect(browser.own().size).toBe(0)
  for (const [name, value] of kept) browser.own().set(name, value)
  expect((await browser.open('/ja/me')).url).toContain('/ja/sign-in?return=')
})

test('somebody who calls it off at the provider is told so, and nothing is stored', async () => {
  const registry = await openWithProviders()
  const browser = openBrowser(registry)
  const page = await signInAs(browser, 'nobody')
  expect(page.status).toBe(400)
  expect(page.text).toContain('取りやめられました')
  expect(await registry.db.read.rows('select 1 from people', [])).toEqual([])
})
