import { rm } from 'node:fs/promises'
import { expect, inject, onTestFinished, test } from 'vitest'
import { newKeys } from '../../src/keys.ts'
import { openRemote } from '../../src/remote.ts'
import { startIdentityProvider } from '../../src/sample/identity-provider.ts'
import { sampleProviders } from '../../src/sample/people.ts'
import { openBrowser, sampleAccount, signInAs } from '../support/sign-in.ts'
import { bindingsOf, openSqld, serveWorker } from '../support/worker.ts'

const url = 'https://registry.test'

test('people sign in in workerd: alone, many at once on one isolate, and again', async () => {
  const sample = sampleProviders(url, () => 'a secret of the client')
  const [{ sqld, token, folder }, { issuer, close }] = await Promise.all([
    openSqld(),
    startIdentityProvider(0, sample.clients),
  ])
  const bindings = bindingsOf(sqld.url, token, url, await newKeys(new Date()))
  const worker = await serveWorker(inject('workerBundle'), {
    ...bindings,
    OIDC_PROVIDERS: JSON.stringify(sample.providers(issuer)),
  })
  onTestFinished(async () => {
    await Promise.all([worker.close(), close()])
    await sqld.stop()
    await rm(folder, { recursive: true, force: true })
  })
  const registry = { url, origin: worker.origin }
  const accounts = Array.from({ length: 8 }, (_, i) => sampleAccount(i % 4))
  const pages = await Promise.all(accounts.map((account) => signInAs(openBrowser(registry), account)))
  for (const [i, page] of pages.entries()) {
    expect([page.status, page.url]).toEqual([200, `${url}/ja/me`])
    expect(page.text).toContain(`https://orcid.org/${accounts[i]}`)
  }
  const again = await signInAs(openBrowser(registry), sampleAccount(0))
  expect(again.text).toContain('見本 一郎')
  const db = openRemote(sqld.url, token)
  expect(await db.read.rows('select count(*) from people', [])).toEqual([[4]])
  expect(await db.read.rows('select count(*) from sessions', [])).toEqual([[9]])
  db.close()
})
