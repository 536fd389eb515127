import { randomBytes, randomFillSync } from 'node:crypto'
import { lookup } from 'node:dns/promises'
import {
  closeSync,
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs'
import { request } from 'node:https'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { createGunzip, createGzip } from 'node:zlib'
import { serve } from '@hono/node-server'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import Libsql from 'libsql'
import { v7 } from 'uuid'
import { type App, createApp } from './app.ts'
import { createSteward } from './clients/create.ts'
import { type Provider, type Settings, settings } from './config.ts'
import { type Context, today } from './context.ts'
import { type Database, embedded } from './database.ts'
import { RegistryError } from './errors.ts'
import { dumpLines } from './feeds/dump/dump.ts'
import { reportText } from './feeds/dump/report.ts'
import { restoreDump } from './feeds/dump/restore.ts'
import { verifyDump } from './feeds/dump/verify.ts'
import { encodeCursor } from './http/paging.ts'
import { registryVersion } from './http/root.ts'
import { workOnImports } from './imports/work.ts'
import { type Keys, loadKeys, newKeys, rotatedKeys, type StoredKeys, storedKeysText } from './keys.ts'
import { announce } from './log/announce.ts'
import { mailTransport } from './notices/mail.ts'
import { pinnedSend } from './notices/pinned-send.ts'
import { endSteward, inviteSteward } from './people/members/steward.ts'
import { listStewards } from './people/members/steward-queries.ts'
import { rebuildFacts } from './projections/facts.ts'
import { rebuildMap } from './projections/map.ts'
import { indexDue, rebuildSearch } from './projections/search.ts'
import { openRemote } from './remote.ts'
import { loadSample, type SampleCredentials } from './sample/load.ts'
import { enrolSamplePeople, sampleProviders } from './sample/people.ts'
import { runScheduledWork } from './scheduled.ts'
import { newTally, type Tally } from './tally.ts'
import { writeChecks } from './usage/write-checks.ts'

/** Where the migrations lie, from `dist/node/server.mjs` and from `src/node.ts` alike. */
const migrationsFolder = fileURLToPath(
  new URL(import.meta.url.includes('/dist/') ? '../../schema/migrations' : '../schema/migrations', import.meta.url),
)
/** Another process may hold the file (a command line beside the server); wait this long before giving up. */
const busyTimeoutMilliseconds = 5000
/** As often as the cron of `wrangler.toml`. */
const scheduleMilliseconds = 60_000
/** Between two steps of an import: long enough for a request that waits to write. */
const importPauseMilliseconds = 2
/** With nothing to do the thread looks so often, then ends; an officer who decides on a preview finds it still there. */
const importLookMilliseconds = 200
const importIdleLooksMax = 25
/** A step holds some hundred rows and the tables that numbers and names are read by. */
const importMemory = { maxOldGenerationSizeMb: 96, maxYoungGenerationSizeMb: 24 }
/** How long requests in flight may take once the server is asked to stop. */
const stopMilliseconds = 10_000

const commands = [
  'trial',
  'serve',
  'sample',
  'steward',
  'keys',
  'migrate',
  'dump',
  'verify-dump',
  'restore-dump',
] as const
export type Command = (typeof commands)[number]

/** Opens the database that the settings name: an embedded file, or libSQL over HTTP. */
export function openDatabase(url: string, authToken?: string): Database {
  if (!url.startsWith('file:')) return openRemote(url, authToken)
  const path = url.startsWith('file://') ? fileURLToPath(url) : url.slice('file:'.length)
  mkdirSync(dirname(path), { recursive: true })
  // The file holds whose grants there are; SQLite gives its journal the same mode.
  // Only when it is made: to close a file ends all locks that this process has on it (POSIX), those of SQLite too.
  if (!existsSync(path)) closeSync(openSync(path, 'a', 0o600))
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
  securityContact?: string,
  wake?: () => void,
): App {
  const more = wake ? { wake } : {}
  return createApp(async () => ({
    ...platform(db, keys, registryUrl),
    providers,
    securityContact,
    now: now(),
    ...more,
  }))
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
    tally: tallyOf(db),
  }
}

/** One for all who use the database in this process: requests count, scheduled work writes. */
function tallyOf(db: Database): Tally {
  const known = tallies.get(db)
  if (known) return known
  const tally = newTally()
  tallies.set(db, tally)
  return tally
}

const tallies = new WeakMap<Database, Tally>()

export async function main(asked: string | undefined, args: readonly string[]): Promise<void> {
  const command = commands.find((known) => known === asked)
  if (!command) return refuse([`the commands are ${commands.join(', ')}`])
  const parsed = settings.safeParse(process.env)
  if (!parsed.success) return refuse(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`))
  const config = parsed.data
  if (command === 'keys') return rotate(config, args)
  const [file] = args
  const ofFile = command === 'dump' || command === 'verify-dump' || command === 'restore-dump'
  if (ofFile && file === undefined) return refuse([`use: npm run ${command} -- <file>, .gz for a compressed one`])
  if (command === 'verify-dump' && file !== undefined) return checkDump(file, args)
  if (command === 'serve') {
    const missing = [
      config.REGISTRY_URL === undefined && 'REGISTRY_URL: the public address, for example https://registry.example',
      config.SIGNING_KEYS === undefined &&
        !existsSync(keysFile(config)) &&
        'SIGNING_KEYS, or a key file made by: npm run keys -- create',
    ].filter((line) => line !== false)
    if (missing.length > 0) return refuse(missing)
  }
  const db = openDatabase(databaseUrl(config), config.DATABASE_AUTH_TOKEN)
  const version = await migrate(db)
  if (command === 'migrate') {
    console.log(`The database is at version ${version}.`)
    return db.close()
  }
  const keys = await keysOf(config, command === 'trial' || command === 'sample' || command === 'restore-dump')
  if (!keys) return db.close()
  const registryUrl = config.REGISTRY_URL ?? `http://127.0.0.1:${config.PORT}`
  if ((command === 'dump' || command === 'restore-dump') && file !== undefined)
    return dumpOrRestore(command, registryContext(db, keys, registryUrl, new Date()), file)
  if (command === 'steward') {
    await stewards(registryContext(db, keys, registryUrl, new Date()), args)
    return db.close()
  }
  if (command === 'trial' || command === 'sample') await fillSample(db, keys, registryUrl, config)
  if (command === 'sample') return db.close()
  await announce(registryContext(db, keys, registryUrl, new Date()))
  const providers = command === 'trial' ? await trialProviders(db, keys, registryUrl, config) : config.OIDC_PROVIDERS
  await listen(
    nodeApp(db, keys, registryUrl, undefined, providers, config.SECURITY_CONTACT, startImporting()),
    db,
    config,
    registryUrl,
    command,
  )
  const send = pinnedSend({ request, resolve: (hostname) => lookup(hostname, { all: true }) })
  const transports = { send, ...mailTransport(config) }
  repeat(() => runScheduledWork(registryContext(db, keys, registryUrl, new Date()), transports))
}

/** A machine client of a steward, a link that makes a person one, who they are, and the end of one. */
async function stewards(ctx: Context, [verb, argument]: readonly string[]): Promise<void> {
  if (verb === 'create') return console.log(JSON.stringify(await createSteward(ctx, argument ?? 'Steward'), null, 2))
  if (verb === 'invite') return console.log(JSON.stringify(await inviteSteward(ctx), null, 2))
  if (verb === 'list') return console.log(JSON.stringify(await listStewards(ctx.db.read), null, 2))
  if (verb === 'end' && (await listStewards(ctx.db.read)).some(({ id }) => id === argument))
    return endSteward(ctx, argument ?? '')
  refuse(['use: npm run steward -- create [name] | invite | list | end <person id>'])
}

/** Needs no database, no keys and no network. The exit code tells scripts whether the dump is sound. */
async function checkDump(file: string, args: readonly string[]): Promise<void> {
  const at = args.indexOf('--key')
  const vkey = at < 0 ? undefined : args[at + 1]
  const report = await verifyDump(linesOf(file), vkey)
  console.log(reportText(report, vkey !== undefined))
  if (!report.sound) process.exitCode = 1
}

/** The whole public registry into a file, or a file that is sound into an empty database. */
async function dumpOrRestore(command: 'dump' | 'restore-dump', ctx: Context, file: string): Promise<void> {
  try {
    console.log(await (command === 'dump' ? writeDump(ctx, file) : readDump(ctx, file)))
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  }
  ctx.db.close()
}

/** A file that is there has all its lines: it is written beside and moved. */
async function writeDump(ctx: Context, file: string): Promise<string> {
  const lines = Readable.from(dumpLines(ctx, registryVersion, (at) => encodeCursor(['a', at])))
  const out = createWriteStream(`${file}.new`)
  if (file.endsWith('.gz')) await pipeline(lines, createGzip(), out)
  else await pipeline(lines, out)
  renameSync(`${file}.new`, file)
  return `${file} is written.`
}

async function readDump(ctx: Context, file: string): Promise<string> {
  const report = await verifyDump(linesOf(file))
  if (!report.sound) throw new RegistryError('invalid_input', reportText(report, false))
  const { records, size, root } = await restoreDump(ctx, linesOf(file), () => rebuildProjections(ctx))
  return [
    `${records} records of ${report.head?.registry ?? ''} are here now; the log has ${size} entries, root ${root}.`,
    'Not here, for it is in no dump: people, accounts, clients, whose a grant is, requests, notices, history.',
  ].join('\n')
}

/** Everything that follows from the records. */
export async function rebuildProjections(ctx: Context): Promise<void> {
  await ctx.db.write([...rebuildFacts(), ...rebuildMap(today(ctx)), ...rebuildSearch()])
  while ((await indexDue(ctx.db, documentsPerRound)) > 0);
}

/** Patents made findable before the next look at what is left. */
const documentsPerRound = 10_000

function linesOf(file: string): AsyncIterable<string> {
  const bytes = createReadStream(file)
  if (!file.endsWith('.gz')) return createInterface({ input: bytes, crlfDelay: Number.POSITIVE_INFINITY })
  const input = bytes.pipe(createGunzip())
  bytes.once('error', (error) => input.destroy(error))
  return createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })
}

/**
 * Imports are worked on in a thread of their own, with a connection of its own: requests are answered meanwhile as if
 * there were none. It begins with what an earlier process left, ends when there is nothing to do, and is begun again by
 * what this returns.
 */
function startImporting(): () => void {
  let working = false
  let again = true
  const work = () => {
    if (working) {
      again = true
      return
    }
    ;[working, again] = [true, false]
    const code = 'import(process.argv[2]).then((thread) => thread.importInThread())'
    const { href } = new URL('import-thread.mjs', import.meta.url)
    const thread = new Worker(code, { eval: true, argv: [href], resourceLimits: importMemory })
    thread.unref()
    thread.on('error', (error) => console.error(error))
    thread.once('exit', () => {
      working = false
      if (again) work()
    })
  }
  work()
  return work
}

/** What runs in that thread, from the same settings: all that waits, and what comes within a moment after. */
export async function importInThread(): Promise<void> {
  const config = settings.parse(process.env)
  const db = openDatabase(databaseUrl(config), config.DATABASE_AUTH_TOKEN)
  const keys = await keysOf(config, false)
  if (!keys) return db.close()
  const registryUrl = config.REGISTRY_URL ?? `http://127.0.0.1:${config.PORT}`
  const moment = () => registryContext(db, keys, registryUrl, new Date())
  const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))
  for (let idle = 0; idle < importIdleLooksMax; idle++) {
    const pause = () => wait(importPauseMilliseconds)
    if ((await workOnImports(moment, () => true, { pause })) > 0) idle = 0
    await wait(importLookMilliseconds)
  }
  // Reads look through what is left in the journal.
  await db.purge()
  db.close()
}

function databaseUrl(config: Settings): string {
  return config.DATABASE_URL ?? `file:${join(config.DATA_DIR, 'registry.db')}`
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
      void writeChecks({ db, tally: tallyOf(db) })
        .catch((error: unknown) => console.error(error))
        .then(() => {
          db.close()
          process.exit(0)
        })
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
