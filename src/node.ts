import { randomBytes, randomFillSync } from 'node:crypto'
import { lookup } from 'node:dns/promises'
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { request } from 'node:https'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { serve } from '@hono/node-server'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import Libsql from 'libsql'
import { v7 } from 'uuid'
import { type App, createApp } from './app.ts'
import { createSteward } from './clients/create.ts'
import { type Provider, type Settings, settings } from './config.ts'
import type { Context } from './context.ts'
import { type Database, embedded } from './database.ts'
import { type Keys, loadKeys, newKeys, rotatedKeys, type StoredKeys, storedKeysText } from './keys.ts'
import { announce } from './log/announce.ts'
import { mailTransport } from './notices/mail.ts'
import { pinnedSend } from './notices/pinned-send.ts'
import { openRemote } from './remote.ts'
import { loadSample, type SampleCredentials } from './sample/load.ts'
import { enrolSamplePeople, sampleProviders } from './sample/people.ts'
import { runScheduledWork } from './scheduled.ts'

/** Where the migrations lie, from `dist/node/server.mjs` and from `src/node.ts` alike. */
const migrationsFolder = fileURLToPath(
  new URL(import.meta.url.includes('/dist/') ? '../../schema/migrations' : '../schema/migrations', import.meta.url),
)
/** Another process may hold the file (a command line beside the server); wait this long before giving up. */
const busyTimeoutMilliseconds = 5000
/** As often as the cron of `wrangler.toml`. */
const scheduleMilliseconds = 60_000
/** How long requests in flight may take once the server is asked to stop. */
const stopMilliseconds = 10_000

const commands = ['trial', 'serve', 'sample', 'steward', 'keys', 'migrate'] as const
export type Command = (typeof commands)[number]

/** Opens the database that the settings name: an embedded file, or libSQL over HTTP. */
export function openDatabase(url: string, authToken?: string): Database {
  if (!url.startsWith('file:')) return openRemote(url, authToken)
  const path = url.startsWith('file://') ? fileURLToPath(url) : url.slice('file:'.length)
  mkdirSync(dirname(path), { recursive: true })
  // The file holds whose grants there are; SQLite gives its journal the same mode.
  closeSync(openSync(path, 'a', 0o600))
  return embedded(() => new Libsql(path, { timeout: busyTimeoutMilliseconds }), setImmediate)
}

/** Brings the tables up to this code. Each migration goes in whole, and once, however many processes start at once. */
export async function migrate(db: Database): Promise<number> {
  const applied =
    'create table if not exists applied_migrations (position integer primary key, applied_at text not null)'
  await db.write([{ sql: applied, args: [] }])
  const migrations = readMigrationFiles({ migrationsFolder })
  for (const [position, { sql }] of migrations.entries()) {
    const [done] = await db.read.rows('select 1 from applied_migrations where position = ?', [position])
    if (done) continue
    const record = 'insert into applied_migrations values (?, ?)'
    await db.write([
      { sql: record, args: [position, new Date().toISOString()] },
      ...sql.filter((text) => text.trim() !== '').map((text) => ({ sql: text, args: [] })),
    ])
  }
  return migrations.length
}

/** The app on this runtime. `now` is the clock; tests hold it still. */
export function nodeApp(
  db: Database,
  keys: Keys,
  registryUrl: string,
  now: () => Date = () => new Date(),
  providers: readonly Provider[] = [],
): App {
  return createApp(async () => ({ ...platform(db, keys, registryUrl), providers, now: now() }))
}

/** Acts in the registry's own name: the sample, scheduled work, the operator's shell. */
export function registryContext(db: Database, keys: Keys, registryUrl: string, now: Date): Context {
  return { ...platform(db, keys, registryUrl), now, actor: { kind: 'registry' }, requestId: v7() }
}

function platform(db: Database, keys: Keys, registryUrl: string) {
  return {
    db,
    keys,
    registryUrl,
    providers: [],
    newId: () => v7(),
    randomBytes: (length: number) => randomFillSync(new Uint8Array(length)),
  }
}

export async function main(asked: string | undefined, args: readonly string[]): Promise<void> {
  const command = commands.find((known) => known === asked)
  if (!command) return refuse([`the commands are ${commands.join(', ')}`])
  const parsed = settings.safeParse(process.env)
  if (!parsed.success) return refuse(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`))
  const config = parsed.data
  if (command === 'keys') return rotate(config, args)
  if (command === 'serve') {
    const missing = [
      config.REGISTRY_URL === undefined && 'REGISTRY_URL: the public address, for example https://registry.example',
      config.SIGNING_KEYS === undefined &&
        !existsSync(keysFile(config)) &&
        'SIGNING_KEYS, or a key file made by: npm run keys -- create',
    ].filter((line) => line !== false)
    if (missing.length > 0) return refuse(missing)
  }
  const db = openDatabase(
    config.DATABASE_URL ?? `file:${join(config.DATA_DIR, 'registry.db')}`,
    config.DATABASE_AUTH_TOKEN,
  )
  const version = await migrate(db)
  if (command === 'migrate') {
    console.log(`The database is at version ${version}.`)
    return db.close()
  }
  const keys = await keysOf(config, command === 'trial' || command === 'sample')
  if (!keys) return db.close()
  const registryUrl = config.REGISTRY_URL ?? `http://127.0.0.1:${config.PORT}`
  if (command === 'steward') {
    if (args[0] !== 'create') return refuse(['use: npm run steward -- create [name]'])
    const made = await createSteward(registryContext(db, keys, registryUrl, new Date()), args[1] ?? 'Steward')
    console.log(JSON.stringify(made, null, 2))
    return db.close()
  }
  if (command === 'trial' || command === 'sample') await fillSample(db, keys, registryUrl, config)
  if (command === 'sample') return db.close()
  await announce(registryContext(db, keys, registryUrl, new Date()))
  const providers = command === 'trial' ? await trialProviders(db, keys, registryUrl, config) : config.OIDC_PROVIDERS
  await listen(nodeApp(db, keys, registryUrl, undefined, providers), db, config, registryUrl, command)
  const send = pinnedSend({ request, resolve: (hostname) => lookup(hostname, { all: true }) })
  const transports = { send, ...mailTransport(config) }
  repeat(() => runScheduledWork(registryContext(db, keys, registryUrl, new Date()), transports))
}

/** Now, and again a while after each end, so that no run overlaps another. A fault is for the operator; the next run may do. */
function repeat(work: () => Promise<unknown>): void {
  const run = async () => {
    await work().catch((error: unknown) => console.error(error))
    setTimeout(run, scheduleMilliseconds).unref()
  }
  void run()
}

/** Only an empty registry gets the sample; its clients' secrets are written once, for their owner alone. */
async function fillSample(db: Database, keys: Keys, registryUrl: string, config: Settings): Promise<void> {
  const made = await loadSample((now) => registryContext(db, keys, registryUrl, now), new Date())
  if (made) writeSecret(config, credentialsFile(config), made)
}

/**
 * In a trial people sign in at an identity provider of this very process, without a password. It is loaded here alone,
 * and never where the registry holds anything but the sample.
 */
async function trialProviders(
  db: Database,
  keys: Keys,
  registryUrl: string,
  config: Settings,
): Promise<readonly Provider[]> {
  const [sample] = await db.read.rows("select 1 from registry_facts where name = 'sample'", [])
  if (!sample || config.OIDC_PROVIDERS.length > 0) return config.OIDC_PROVIDERS
  const { startIdentityProvider } = await import('./sample/identity-provider.ts')
  const { providers, clients } = sampleProviders(registryUrl, () => randomBytes(32).toString('base64url'))
  const beside = config.PORT === 0 ? 0 : config.PORT + 1
  const { issuer } = await startIdentityProvider(beside, clients).catch(() => startIdentityProvider(0, clients))
  await enrolSamplePeople(registryContext(db, keys, registryUrl, new Date()), issuer)
  return providers(issuer)
}

function credentialsFile(config: Settings): string {
  return join(config.DATA_DIR, 'sample-credentials.json')
}

async function listen(app: App, db: Database, config: Settings, registryUrl: string, command: Command): Promise<void> {
  const server = serve({ fetch: app.fetch, port: config.PORT, hostname: config.HOST }, (info) => {
    const at = `http://${config.HOST}:${info.port}`
    console.log(`Iriai listens on ${at} as ${registryUrl}`)
    if (command === 'trial')
      console.log(
        [
          `  Look:    ${at}/`,
          `  Ask:     curl '${at}/v1/check?number=JP-5985120-B1&purpose=basic_research&mode=with&beneficiary=university'`,
          `  Sign in: ${at}/sign-in (invented people, no password)`,
          `  API:     ${at}/docs`,
          `  Clients: ${credentialsFile(config)}`,
          'This is a trial: the patents are real, the declarations and grants are invented.',
        ].join('\n'),
      )
  })
  server.once('error', (error) => refuse([error.message]))
  let stopping = false
  const stop = () => {
    if (stopping) process.exit(1)
    stopping = true
    setTimeout(() => process.exit(1), stopMilliseconds).unref()
    // A connection still writing when close() is called would else stay until its keep-alive ends.
    const idle = setInterval(() => 'closeIdleConnections' in server && server.closeIdleConnections(), 20)
    server.close(() => {
      clearInterval(idle)
      db.close()
      process.exit(0)
    })
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}

function keysFile(config: Settings): string {
  return join(config.DATA_DIR, 'keys.json')
}

async function keysOf(config: Settings, make: boolean): Promise<Keys | undefined> {
  if (make && config.SIGNING_KEYS === undefined && !existsSync(keysFile(config)))
    writeKeys(config, await newKeys(new Date()))
  const stored = readKeys(config)
  return stored && loadKeys(stored)
}

/** The keys of the settings or of the key file; refuses when there are none, or they are not as they should be. */
function readKeys(config: Settings): StoredKeys | undefined {
  const file = keysFile(config)
  const text = config.SIGNING_KEYS ?? (existsSync(file) ? readFileSync(file, 'utf8') : undefined)
  const parsed = storedKeysText.safeParse(text)
  if (parsed.success) return parsed.data
  const name = config.SIGNING_KEYS === undefined ? file : 'SIGNING_KEYS'
  refuse(parsed.error.issues.map(({ path, message }) => `${[name, ...path].join('.')}: ${message}`))
  return undefined
}

/** `create` makes the first key file, `rotate` adds new keys to it. Only their owner may read it. */
async function rotate(config: Settings, args: readonly string[]): Promise<void> {
  const [verb] = args
  if (verb === 'create') {
    if (existsSync(keysFile(config))) return refuse([`${keysFile(config)} exists; use: npm run keys -- rotate`])
    writeKeys(config, await newKeys(new Date()))
  } else if (verb === 'rotate') {
    if (!existsSync(keysFile(config)))
      return refuse([`${keysFile(config)} does not exist; use: npm run keys -- create`])
    const stored = readKeys({ ...config, SIGNING_KEYS: undefined })
    if (!stored) return
    writeKeys(config, await rotatedKeys(stored, new Date()))
  } else return refuse(['use: npm run keys -- create | rotate'])
  console.log(`${keysFile(config)} is written. Start the registry again to publish it.`)
}

function writeKeys(config: Settings, keys: StoredKeys): void {
  writeSecret(config, keysFile(config), keys)
}

/** For its owner's eyes only, and whole: a crash leaves the file as it was before. */
function writeSecret(config: Settings, file: string, content: StoredKeys | SampleCredentials): void {
  mkdirSync(config.DATA_DIR, { recursive: true })
  writeFileSync(`${file}.new`, `${JSON.stringify(content, null, 1)}\n`, { mode: 0o600 })
  renameSync(`${file}.new`, file)
}

function refuse(lines: readonly string[]): void {
  console.error(`The registry does not start:\n${lines.map((line) => `  ${line}`).join('\n')}`)
  process.exitCode = 1
}
