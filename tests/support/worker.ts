import { execFile } from 'node:child_process'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { createTestHarness } from 'wrangler'
import { newSqldAuth, type Sqld, type SqldAuth, startSqld } from '../../scripts/sqld.ts'
import { quietWrangler, wranglerScript } from '../../scripts/wrangler.ts'
import type { StoredKeys } from '../../src/keys.ts'
import { migrate } from '../../src/node.ts'
import { openRemote } from '../../src/remote.ts'

export type WorkerBindings = {
  DATABASE_URL: string
  DATABASE_AUTH_TOKEN: string
  REGISTRY_URL: string
  SIGNING_KEYS: string
  OIDC_PROVIDERS?: string
}

/** Writes what `wrangler deploy` would upload and returns the folder. */
export async function buildWorker(): Promise<string> {
  const folder = await temporaryFolder()
  await promisify(execFile)(process.execPath, [wranglerScript, 'deploy', '--dry-run', '--outdir', folder], {
    env: { ...process.env, ...quietWrangler },
  })
  return folder
}

/** Serves the bundle with workerd on a free port of loopback. */
export async function serveWorker(bundle: string, bindings: WorkerBindings) {
  Object.assign(process.env, quietWrangler)
  const { DATABASE_URL, REGISTRY_URL, ...secrets } = bindings
  const harness = createTestHarness({
    workers: [
      { configPath: 'wrangler.toml', prebuiltWorkerDir: bundle, vars: { DATABASE_URL, REGISTRY_URL }, secrets },
    ],
  })
  const { url } = await harness.listen()
  return {
    origin: url.origin,
    scheduled: () => harness.getWorker().scheduled({ cron: '* * * * *', scheduledTime: new Date() }),
    logs: () => harness.getLogs(),
    close: () => harness.close(),
  }
}

/** libsql-server in a folder of its own that wants a token, every migration applied. */
export async function openSqld(): Promise<{ sqld: Sqld; auth: SqldAuth; token: string; folder: string }> {
  const [folder, auth] = await Promise.all([temporaryFolder(), newSqldAuth()])
  const [sqld, token] = await Promise.all([startSqld(folder, { publicKey: auth.publicKey }), auth.token('rw')])
  const db = openRemote(sqld.url, token)
  await migrate(db)
  db.close()
  return { sqld, auth, token, folder }
}

export function bindingsOf(databaseUrl: string, token: string, url: string, keys: StoredKeys): WorkerBindings {
  return {
    DATABASE_URL: databaseUrl,
    DATABASE_AUTH_TOKEN: token,
    REGISTRY_URL: url,
    SIGNING_KEYS: JSON.stringify(keys),
  }
}

function temporaryFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'iriai-'))
}
