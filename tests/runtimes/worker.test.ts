import { rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { expect, inject, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { checkAnswer } from '../../src/check/check.ts'
import { problem } from '../../src/http/problems.ts'
import { newKeys } from '../../src/keys.ts'
import { patent } from '../../src/patents/patent.ts'
import { openRemote } from '../../src/remote.ts'
import { patentOf } from '../support/patents.ts'
import { openRegistry } from '../support/registry.ts'
import { bindingsOf, openSqld, serveWorker, type WorkerBindings } from '../support/worker.ts'

const url = 'https://registry.test'
const bundle = inject('workerBundle')
const jwks = z.object({ keys: z.array(z.object({ kid: z.string() })) })

test('the bundle that would be deployed serves in workerd', async () => {
  const { anonymous } = await openRegistry()
  expect((await anonymous.get('/.well-known/jwks.json')).as(jwks).keys.length).toBeGreaterThan(2)
  expect((await anonymous.get('/readyz')).status).toBe(200)
  expect((await anonymous.get('/nothing')).problem()).toMatchObject({ status: 404, code: 'not_found' })
})

test('64 requests at once on a cold isolate are all answered: each has a database client of its own', async () => {
  const { sqld } = await openDatabase()
  const { origin } = await openWorker(bindingsOf(sqld.url, sqld.token, url, await newKeys(new Date())))
  const statuses = await Promise.all(
    Array.from({ length: 64 }, async (_, i) => {
      const answer = await fetch(`${origin}/v1/check?number=JP-${5_000_000 + i}-B1&purpose=basic_research&mode=with`)
      await answer.arrayBuffer()
      return answer.status
    }),
  )
  expect(statuses).toEqual(Array(64).fill(200))
})

test('64 checks at once of a recorded patent are all answered alike', async () => {
  const registry = await openRegistry()
  const kyoto = await registry.organisation()
  const recorded = (await (await registry.member(kyoto.id)).post('/v1/patents', patentOf([kyoto]))).as(patent)
  const question = { numbers: [recorded.number], purpose: 'basic_research', mode: 'with', beneficiary: 'university' }
  const answers = await Promise.all(
    Array.from({ length: 64 }, async () => (await registry.anonymous.post('/v1/check', question)).as(checkAnswer)),
  )
  for (const { results } of answers) expect(results.map(({ verdict }) => verdict)).toEqual(['ask'])
})

test('the cron signs the log, so that nobody has to ask for a checkpoint first', async () => {
  const { sqld } = await openDatabase()
  const worker = await openWorker(bindingsOf(sqld.url, sqld.token, url, await newKeys(new Date())))
  const db = openRemote(sqld.url, sqld.token)
  const sizes = () => db.read.rows('select size from log_checkpoints order by size', [])
  expect(await sizes()).toEqual([])
  expect(await worker.scheduled()).toMatchObject({ outcome: 'ok' })
  const entries = Number((await db.read.rows('select count(*) from log_entries', []))[0]?.[0])
  expect(entries).toBeGreaterThan(4) // terms and keys are announced
  expect(await sizes()).toEqual([[entries]])
  expect(await worker.scheduled()).toMatchObject({ outcome: 'ok' })
  expect(await sizes()).toEqual([[entries]])
})

test.each<{ wrong: string; bindings: Partial<WorkerBindings> }>([
  { wrong: 'DATABASE_URL', bindings: { DATABASE_URL: 'file:registry.db' } },
  { wrong: 'DATABASE_AUTH_TOKEN', bindings: { DATABASE_AUTH_TOKEN: '' } },
  { wrong: 'REGISTRY_URL', bindings: { REGISTRY_URL: 'registry.example' } },
  { wrong: 'SIGNING_KEYS', bindings: { SIGNING_KEYS: '{"keys":[{"d":"secret"' } },
])(
  'with a wrong $wrong it answers 503, names the setting to the operator alone and shows no secret',
  async ({ wrong, bindings }) => {
    const good = bindingsOf('http://127.0.0.1:1', 'token', url, await newKeys(new Date()))
    const worker = await openWorker({ ...good, ...bindings })
    const answer = await fetch(`${worker.origin}/v1/check?number=JP-5985120-B1`)
    const text = await answer.text()
    expect(answer.status).toBe(503)
    expect(answer.headers.get('Content-Type')).toBe('application/problem+json')
    expect(problem.parse(JSON.parse(text))).toMatchObject({ status: 503, code: 'unavailable' })
    expect(text).not.toMatch(/secret|DATABASE|SIGNING|\s{2}at /)
    const logged = worker.logs().map(({ message }) => message)
    expect(logged.some((line) => line.includes(wrong))).toBe(true)
    expect(logged.join()).not.toContain('secret')
  },
)

test('a fault of the database is a problem without its words, and the next request is served', async () => {
  let answers = 0
  const server = createServer((_, response) => {
    answers += 1
    response.writeHead(500, { 'Content-Type': 'text/plain' }).end('the inner words')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const address = server.address()
  if (typeof address !== 'object' || !address) throw new Error('no address')
  const bindings = bindingsOf(`http://127.0.0.1:${address.port}`, 'token', url, await newKeys(new Date()))
  const { origin } = await openWorker(bindings)
  const answer = await fetch(`${origin}/v1/check?number=JP-5985120-B1&purpose=basic_research&mode=with`)
  expect(answer.status).toBeGreaterThanOrEqual(500)
  expect(await answer.text()).not.toContain('inner words')
  expect(answers).toBeGreaterThan(0)
  expect((await fetch(`${origin}/readyz`)).status).toBe(503)
  expect((await fetch(`${origin}/.well-known/jwks.json`)).status).toBe(200)
})

async function openDatabase() {
  const opened = await openSqld()
  onTestFinished(async () => {
    await opened.sqld.stop()
    await rm(opened.folder, { recursive: true, force: true })
  })
  return { sqld: { url: opened.sqld.url, token: opened.token } }
}

async function openWorker(bindings: WorkerBindings) {
  const worker = await serveWorker(bundle, bindings)
  onTestFinished(() => worker.close())
  return worker
}
