import { rm } from 'node:fs/promises'
import type { TestProject } from 'vitest/node'
import { createSteward } from '../../src/clients/create.ts'
import { loadKeys, newKeys } from '../../src/keys.ts'
import { registryContext } from '../../src/node.ts'
import { openRemote } from '../../src/remote.ts'
import { bindingsOf, buildWorker, openSqld, serveWorker } from './worker.ts'

/** The public address, as behind a proxy: not the one that the tests connect to. */
const url = 'https://registry.test'

/** For the project `worker`: the bundle that would be deployed, in workerd, with libsql-server as its database. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const [bundle, { sqld, token, folder }, stored] = await Promise.all([buildWorker(), openSqld(), newKeys(new Date())])
  const db = openRemote(sqld.url, token)
  const steward = await createSteward(registryContext(db, await loadKeys(stored), url, new Date()), 'Steward')
  db.close()
  const worker = await serveWorker(bundle, bindingsOf(sqld.url, token, url, stored))
  const { client_id: stewardId, client_secret: stewardSecret = '' } = steward
  project.provide('registry', {
    url,
    origin: worker.origin,
    stewardId,
    stewardSecret,
    databaseUrl: sqld.url,
    databaseToken: token,
    storedKeys: stored,
  })
  project.provide('workerBundle', bundle)
  return async () => {
    for (const { level, message } of worker.logs()) if (level === 'error') console.error(message)
    await worker.close()
    await sqld.stop()
    await Promise.all([bundle, folder].map((path) => rm(path, { recursive: true, force: true })))
  }
}
