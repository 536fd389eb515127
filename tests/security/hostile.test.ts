import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { z } from 'zod'
import { newClient } from '../../src/clients/client.ts'
import { errorCodes } from '../../src/errors.ts'
import { checkRegistry } from '../support/check-registry.ts'
import { documentOf, type Operation } from '../support/document.ts'
import { declarationOf, declare, enrolPatent, grant, type Holders, openHolders } from '../support/holders.ts'
import { type HostileRequest, hostileRequests, type placeNames, withDeepPlaces } from '../support/hostile.ts'
import type { Answer, Caller, LocalRegistry } from '../support/registry.ts'

const seed = Number(process.env.HOSTILE_SEED ?? 20_261_121)
const requests = Number(process.env.HOSTILE_REQUESTS ?? 20_000)
/** After so many the registry is replaced: a steward's requests may have left none of it standing. */
const requestsPerRegistry = 500
const millisecondsMax = 60_000

/** Nothing of how the registry is made may stand in an answer that refuses. */
const internals =
  /SQLITE|libsql|node_modules|\bat [\w.<>]+ \(|\/src\/|\/work\/|\/tmp\/|file:\/\/|\.tsx?:\d|constraint failed|no such (?:table|column)|\bselect .{1,80} from\b|\binsert into\b|(?:Type|Range|Reference|Syntax|Zod)Error|Cannot read prop|is not a function|Maximum call stack/i

const problemShape = z.looseObject({
  type: z.url(),
  title: z.string(),
  status: z.number(),
  detail: z.string(),
  code: z.enum(errorCodes),
})
const oauthError = z.strictObject({ error: z.string(), error_description: z.string().optional() })

test(`${requests} hostile requests are answered, say nothing they should not, and change nothing when refused`, async () => {
  console.info(`seed ${seed}; repeat with HOSTILE_SEED=${seed}`)
  const thrown: string[] = []
  const errors = vi.spyOn(console, 'error').mockImplementation((text) => thrown.push(String(text)))
  const faults = new Map<string, string>()
  const answered = new Map<number, number>()
  for (let batch = 0; batch * requestsPerRegistry < requests; batch++) {
    const target = await openTarget()
    const { operations, schemas } = await documentOf(target.registry)
    const arbitrary = hostileRequests({ operations: [...operations, ...pages], schemas })
    let state = await stateOf(target.registry)
    for (const request of fc.sample(arbitrary, { seed: seed + batch, numRuns: requestsPerRegistry })) {
      thrown.length = 0
      const started = performance.now()
      const { answer, sent } = await send(target, request)
      const took = performance.now() - started
      answered.set(answer.status, (answered.get(answer.status) ?? 0) + 1)
      const found = faultsIn(request, answer)
      if (took > millisecondsMax) found.push(`took ${Math.round(took)} ms`)
      const mayWrite = answer.status < 300 && !['GET', 'HEAD', 'OPTIONS'].includes(request.method)
      const after = mayWrite ? await stateOf(target.registry) : await unchanged(target.registry, state)
      if (!mayWrite && after.text !== state.text) found.push(`changed the registry with ${answer.status}`)
      state = after
      for (const fault of found) {
        const key = `${request.operationId}: ${fault}`
        if (!faults.has(key))
          faults.set(key, `${key}\n  ${sent}\n  ${answer.text.slice(0, 500)}\n  ${thrown.join('\n  ').slice(0, 1500)}`)
      }
    }
    await checkRegistry(target.registry)
  }
  errors.mockRestore()
  console.info(JSON.stringify(Object.fromEntries([...answered].sort(([a], [b]) => a - b))))
  expect([...faults.values()].join('\n\n')).toBe('')
  // The requests prove something only when many of them come through the door.
  for (const status of [200, 201, 401, 403, 404, 409, 412, 422])
    expect(answered.get(status) ?? 0, `${status}`).toBeGreaterThan(20)
}, 300_000)

const text = { schema: { type: 'string' } }

/** The site beside the API: paths that take something from whoever asks. */
const pages: Operation[] = ['', '/ja', '/en'].flatMap((language) =>
  [
    '/',
    '/check',
    '/patents',
    '/patents/{number}',
    '/terms/{id}',
    '/g/{number}',
    '/docs/{q}',
    '/problems/{q}',
    '/{q}',
  ].map((path) => ({
    operationId: `page ${language}${path}`,
    method: 'GET',
    path: `${language}${path}`,
    responses: {},
    parameters: [
      ...['number', 'id', 'q']
        .filter((name) => path.includes(`{${name}}`))
        .map((name) => ({ name, in: 'path' as const, ...text })),
      ...['numbers', 'q', 'purpose', 'mode', 'on', 'country', 'holder', 'cursor', 'field', 'token'].map((name) => ({
        name,
        in: 'query' as const,
        ...text,
      })),
    ],
  })),
)

type Target = { registry: Holders; callers: Record<HostileRequest['caller'], Caller>; places: Map<string, string> }

async function openTarget(): Promise<Target> {
  const registry = await openHolders()
  const { kyoto, osaka, own, shared, keys, clock } = registry
  const body = { name: 'Portfolio system', role: 'officer', scopes: ['grants:read'] }
  const clients = `/v1/organisations/${kyoto.organisation.id}/clients`
  const client = (await kyoto.officer.post(clients, body)).as(newClient)
  const third = await enrolPatent(kyoto.officer, [kyoto])
  const declaration = await declare(kyoto.officer, [own.number])
  const waiting = await declare(kyoto.officer, [shared.number], 'RPC-OPEN-1.0')
  const granted = await grant(osaka.officer, [own.number])
  const values: Record<(typeof placeNames)[number], string> = {
    '@own@': own.number,
    '@shared@': shared.number,
    '@third@': third.number,
    '@open@': declarationOf([], 'RPC-OPEN-1.0').termsSha256,
    '@academic@': declarationOf([], 'RPC-ACADEMIC-1.0').termsSha256,
    '@kyoto@': kyoto.organisation.id,
    '@osaka@': osaka.organisation.id,
    '@client@': client.client_id,
    '@declaration@': declaration.id,
    '@waiting@': waiting.id,
    '@grant@': granted.id,
    '@shortGrant@': granted.number,
    '@token@': granted.token,
    '@kid@': keys.signing('grant', clock.now).kid,
  }
  const callers = {
    nobody: registry.anonymous,
    holder: kyoto.officer,
    grantee: osaka.officer,
    steward: registry.steward,
  }
  return { registry, callers, places: new Map(Object.entries(values)) }
}

async function send({ callers, places }: Target, request: HostileRequest): Promise<{ answer: Answer; sent: string }> {
  const fill = (text: string) => text.replaceAll(/@\w+@/g, (name) => places.get(name) ?? name)
  const { method, caller } = request
  const path = fill(request.path)
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, fill(value)]))
  const body = request.body === undefined ? {} : { body: withDeepPlaces(fill(request.body)) }
  const sent = `${caller} ${method} ${path.slice(0, 500)} ${JSON.stringify(headers).slice(0, 500)} ${(body.body ?? '').slice(0, 1500)}`
  try {
    return { answer: await callers[caller].send(method, path, { ...body, headers }), sent }
  } catch (error) {
    throw new Error(`no answer to ${sent}`, { cause: error })
  }
}

function faultsIn({ method, operationId }: HostileRequest, { status, headers, text }: Answer): string[] {
  const faults: string[] = []
  if (status >= 500) faults.push(`answered ${status}`)
  if (headers.has('X-Injected')) faults.push('let a header in')
  if (/<img src=x|<script>alert/.test(text) && headers.get('Content-Type')?.startsWith('text/html'))
    faults.push('let markup in')
  const isPage = operationId.startsWith('page ')
  if (status < 300 || (status < 400 && isPage) || status === 304 || method === 'HEAD') return faults
  if (internals.test(text)) faults.push(`told of ${internals.exec(text)?.[0]}`)
  const isOAuth = operationId === 'issueAccessToken' && [400, 401].includes(status)
  const json = readJson(text)
  if (isOAuth && oauthError.safeParse(json).success) return faults
  if (headers.get('Content-Type')?.startsWith('text/html')) return faults
  if (headers.get('Content-Type') !== 'application/problem+json')
    faults.push(`refused as ${headers.get('Content-Type')}`)
  const problem = problemShape.safeParse(json)
  if (!problem.success || problem.data.status !== status) faults.push(`is no problem that is documented (${status})`)
  return faults
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

type State = { text: string; dataVersion: string }

/** Sizes of all that is stored, but for what reading may make: nodes and checkpoints of the log, used assertions. */
async function stateOf({ db }: LocalRegistry): Promise<State> {
  const tables = await db.read.rows(
    `select m.name, group_concat('length("' || c.name || '")', '), total(') from sqlite_master m join pragma_table_info(m.name) c
     where m.type = 'table' and m.name not in ('log_nodes', 'log_checkpoints', 'client_assertions') group by m.name`,
    [],
  )
  const versioned = ['organisations', 'patents', 'declarations', 'grants'].map(
    (table) => `select total(version) from ${table}`,
  )
  const sizes = tables.map(
    ([name, columns]) => `select json_array(count(*), total(${String(columns)})) from "${String(name)}"`,
  )
  const [row] = await db.read.rows(`select ${[...versioned, ...sizes].map((sql) => `(${sql})`).join(', ')}`, [])
  return { text: JSON.stringify(row), dataVersion: await dataVersionOf(db) }
}

/** The state as it was, unless another connection has written since: then it is read again. */
async function unchanged(registry: LocalRegistry, before: State): Promise<State> {
  return (await dataVersionOf(registry.db)) === before.dataVersion ? before : stateOf(registry)
}

async function dataVersionOf(db: LocalRegistry['db']): Promise<string> {
  const [row] = await db.read.rows('pragma data_version', [])
  return String(row?.[0])
}
