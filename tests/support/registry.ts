import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject, onTestFinished } from 'vitest'
import { z } from 'zod'
import { newClient } from '../../src/clients/client.ts'
import { createSteward } from '../../src/clients/create.ts'
import type { Provider } from '../../src/config.ts'
import { type Context, type Scope, scopes } from '../../src/context.ts'
import type { Database } from '../../src/database.ts'
import { problem } from '../../src/http/problems.ts'
import { type Keys, loadKeys, newKeys, type StoredKeys } from '../../src/keys.ts'
import { migrate, nodeApp, openDatabase, registryContext } from '../../src/node.ts'
import { type Organisation, type OrganisationInput, organisation } from '../../src/organisations/organisation.ts'
import { openRemote } from '../../src/remote.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Set where the tests run against a registry in another process (workerd). */
    registry: ServedRegistry | undefined
    /** The folder with the bundle that workerd serves. */
    workerBundle: string
  }
}

/** A registry in another process. `origin` is where it is reached, `url` what it calls itself. */
export type RunningRegistry = { url: string; origin: string; stewardId: string; stewardSecret: string }

/** One with the way into its database that its operator has. */
export type ServedRegistry = RunningRegistry & { databaseUrl: string; databaseToken: string; storedKeys: StoredKeys }

/** The still clock: every test begins at this moment unless it says otherwise. */
export const firstMoment = '2026-11-21T09:00:00.000Z'

export type Answer = {
  status: number
  headers: Headers
  text: string
  /** The body, shown to have the documented shape. */
  as<Shape>(schema: z.ZodType<Shape>): Shape
  problem(): z.infer<typeof problem>
}

export type Caller = {
  get(path: string, headers?: Record<string, string>): Promise<Answer>
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Answer>
  patch(path: string, body: unknown, headers?: Record<string, string>): Promise<Answer>
  delete(path: string, headers?: Record<string, string>): Promise<Answer>
  send(method: string, path: string, init?: { body?: BodyInit; headers?: Record<string, string> }): Promise<Answer>
}

export type Registry = {
  url: string
  fetch(path: string, init?: RequestInit): Promise<Response>
  anonymous: Caller
  steward: Caller
  /** A caller with a new machine client of that organisation, by default an officer with every scope but a steward's. */
  member(organisationId: string, options?: { role?: 'officer' | 'viewer'; scopes?: readonly Scope[] }): Promise<Caller>
  /** An approved organisation of its own name, so that tests share nothing. */
  organisation(input?: Partial<OrganisationInput>): Promise<Organisation>
}

/** A registry, wherever it runs, and its operator's shell: a context for the same verbs, over its database. */
export type OperatedRegistry = Registry & { context(): Context }

/** A registry in this process: the real app on a file of its own, with a clock that the test holds. */
export type LocalRegistry = OperatedRegistry & {
  db: Database
  keys: Keys
  clock: { now: Date }
  file: string
  client(credentials: Credentials): Caller
  /** As it now is, while nothing is being written. */
  copy(): Beginning
}

export type Credentials = Pick<z.infer<typeof newClient>, 'client_id' | 'client_secret'>

/** What a registry begins with: as a copy of one that is there, it is open in a fraction of the time. */
export type Beginning = { files: ReadonlyMap<string, Uint8Array>; keys: StoredKeys; steward: Credentials }

export const officerScopes = scopes.filter((scope) => scope !== 'registry:steward')
const token = z.object({ access_token: z.string(), expires_in: z.number() })

/** The registry that this run of the tests is about: the app on Node and a file, or workerd and libsql-server. */
export async function openRegistry(): Promise<OperatedRegistry> {
  const served = inject('registry')
  if (!served) return openLocalRegistry()
  const [db, keys] = [openRemote(served.databaseUrl, served.databaseToken), await loadKeys(served.storedKeys)]
  onTestFinished(() => db.close())
  return { ...registryAt(served), context: () => registryContext(db, keys, served.url, new Date()) }
}

export function registryAt({ url, origin, stewardId, stewardSecret }: RunningRegistry): Registry {
  return registryOver(
    url,
    (path, init) => fetch(new URL(path, origin), { redirect: 'manual', ...init }),
    () => Date.now(),
    stewardId,
    stewardSecret,
  )
}

export async function openLocalRegistry(
  options: { url?: string; providers?: readonly Provider[]; beginning?: Beginning } = {},
): Promise<LocalRegistry> {
  const url = options.url ?? 'https://registry.test'
  empty ??= openEmpty()
  const beginning = options.beginning ?? (await empty)
  const { db, file } = openFile(beginning.files)
  const clock = { now: new Date(firstMoment) }
  const keys = await loadKeys(beginning.keys)
  const app = nodeApp(db, keys, url, () => clock.now, options.providers)
  const send: Registry['fetch'] = async (path, init) => app.request(new Request(new URL(path, url), init))
  const time = () => clock.now.getTime()
  const { client_id, client_secret = '' } = beginning.steward
  return {
    ...registryOver(url, send, time, client_id, client_secret),
    context: () => registryContext(db, keys, url, clock.now),
    db,
    keys,
    clock,
    file,
    client: (credentials) => caller(send, tokens(send, time, credentials.client_id, credentials.client_secret ?? '')),
    copy: () => ({ ...beginning, files: filesOf(file) }),
  }
}

/** Of this test file: made once, then copied. */
let empty: Promise<Beginning> | undefined

async function openEmpty(): Promise<Beginning> {
  const { db, file } = openFile(new Map())
  await migrate(db)
  const keys = await newKeys(new Date('2026-11-01T00:00:00.000Z'))
  const context = registryContext(db, await loadKeys(keys), 'https://registry.test', new Date(firstMoment))
  const steward = await createSteward(context, 'Steward')
  return { files: filesOf(file), keys, steward }
}

function openFile(files: Beginning['files']): { db: Database; file: string } {
  const folder = mkdtempSync(join(tmpdir(), 'iriai-'))
  const file = join(folder, 'registry.db')
  for (const [ending, bytes] of files) writeFileSync(`${file}${ending}`, bytes)
  const db = openDatabase(`file:${file}`)
  onTestFinished(() => {
    db.close()
    rmSync(folder, { recursive: true, force: true })
  })
  return { db, file }
}

/** The database and what of it is still in its write-ahead log. */
function filesOf(file: string): Beginning['files'] {
  const endings = ['', '-wal'].filter((ending) => existsSync(`${file}${ending}`))
  return new Map(endings.map((ending) => [ending, readFileSync(`${file}${ending}`)]))
}

function registryOver(
  url: string,
  send: Registry['fetch'],
  time: () => number,
  stewardId: string,
  stewardSecret: string,
): Registry {
  const steward = caller(send, tokens(send, time, stewardId, stewardSecret))
  let organisations = 0
  return {
    url,
    fetch: send,
    anonymous: caller(send),
    steward,
    async member(
      organisationId,
      { role = 'officer', scopes: asked = role === 'officer' ? officerScopes : ['grants:read' as const] } = {},
    ) {
      const made = await steward.post(`/v1/organisations/${organisationId}/clients`, {
        name: 'Test',
        role,
        scopes: asked,
      })
      const { client_id, client_secret } = made.as(newClient)
      return caller(send, tokens(send, time, client_id, client_secret ?? ''))
    },
    async organisation(input = {}) {
      organisations += 1
      const unique = `${organisations}-${crypto.randomUUID().slice(0, 8)}`
      const applied = await steward.post('/v1/organisations', {
        name: { ja: `試験大学${unique}`, en: `Test University ${unique}` },
        kind: 'university',
        country: 'JP',
        ...input,
      })
      const { id } = applied.as(organisation)
      return (await steward.post(`/v1/organisations/${id}/approval`, { state: 'approved' })).as(organisation)
    },
  }
}

/** An access token, renewed when the clock says that it has expired. */
function tokens(send: Registry['fetch'], time: () => number, id: string, secret: string): () => Promise<string> {
  let kept: { token: string; until: number } | undefined
  return async () => {
    if (kept && kept.until > time()) return kept.token
    const response = await send('/oauth/token', {
      method: 'POST',
      headers: {
        Authorization: `Basic ${btoa(`${id}:${secret}`)}`,
        'Content-Type': 'application/x-www-form-urlencoded',
      },
      body: 'grant_type=client_credentials',
    })
    const { access_token, expires_in } = token.parse(await response.json())
    kept = { token: access_token, until: time() + (expires_in - 30) * 1000 }
    return access_token
  }
}

function caller(send: Registry['fetch'], tokenOf?: () => Promise<string>): Caller {
  return callerWith(send, async () => (tokenOf ? { Authorization: `Bearer ${await tokenOf()}` } : {}))
}

/** Each request carries these headers, unless it says otherwise. */
export function callerWith(send: Registry['fetch'], headersOf: () => Promise<Record<string, string>>): Caller {
  const ask: Caller['send'] = async (method, path, init = {}) => {
    const response = await send(path, { method, ...init, headers: { ...(await headersOf()), ...init.headers } })
    return answerOf(`${method} ${path}`, response)
  }
  const json = (body: unknown, headers: Record<string, string> = {}) => ({
    body: JSON.stringify(body),
    headers: { 'Content-Type': 'application/json', ...headers },
  })
  return {
    send: ask,
    get: (path, headers) => ask('GET', path, headers ? { headers } : {}),
    post: (path, body, headers) => ask('POST', path, json(body, headers)),
    patch: (path, body, headers) => ask('PATCH', path, json(body, headers)),
    delete: (path, headers) => ask('DELETE', path, headers ? { headers } : {}),
  }
}

async function answerOf(request: string, response: Response): Promise<Answer> {
  const text = await response.text()
  return {
    status: response.status,
    headers: response.headers,
    text,
    as(schema) {
      if (response.status >= 300) throw new Error(`${request}: ${response.status} ${text.slice(0, 2000)}`)
      return schema.parse(JSON.parse(text))
    },
    problem: () => problem.parse(JSON.parse(text)),
  }
}
