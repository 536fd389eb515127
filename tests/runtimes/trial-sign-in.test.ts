import { expect, test } from 'vitest'
import { samplePeople } from '../../src/sample/people.ts'
import { serverUrl, startServer, temporaryFolder } from '../support/server.ts'
import { openBrowser, signInAs, toProvider } from '../support/sign-in.ts'

test('in a trial every sample person signs in without a password; its identity provider stops with it', async () => {
  const server = await startServer({ DATA_DIR: temporaryFolder() }, 'trial')
  const registry = { url: serverUrl, origin: server.origin }
  for (const { name, orcid, kyotoAccount } of samplePeople) {
    const accounts = [[orcid, 'orcid'] as const, ...(kyotoAccount ? [[kyotoAccount, 'kyoto-university'] as const] : [])]
    for (const [account, provider] of accounts) {
      const page = await signInAs(openBrowser(registry), account, provider)
      expect(page).toMatchObject({ status: 200, url: `${serverUrl}/ja/me` })
      expect(page.text).toContain(`<h1>${name}</h1>`)
    }
  }
  const provider = new URL((await toProvider(openBrowser(registry))).url).origin
  expect(provider).not.toBe(serverUrl)
  server.child.kill('SIGTERM')
  expect((await server.ended).code).toBe(0)
  for (const origin of [server.origin, provider]) await expect(fetch(origin)).rejects.toThrow()
})
