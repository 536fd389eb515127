import { expect, test } from 'vitest'
import { signedIn, withSession } from '../support/people.ts'
import { openLocalRegistry } from '../support/registry.ts'

test('a person acts through a session for the organisation that made them its officer', async () => {
  const registry = await openLocalRegistry()
  const kyoto = await registry.organisation()
  const officer = await signedIn(registry, { name: '入会 花子', memberOf: kyoto.id })
  expect((await officer.get(`/v1/organisations/${kyoto.id}/clients`)).status).toBe(200)
})
