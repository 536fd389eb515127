import { readFileSync, statSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { loadKeys, storedKeysText } from '../../src/keys.ts'
import { openDatabase } from '../../src/node.ts'
import { organisation } from '../../src/organisations/organisation.ts'
import { patent } from '../../src/patents/patent.ts'
import { checkRegistry } from '../support/check-registry.ts'
import { patentOf } from '../support/patents.ts'
import { registryOf, runCommand, serverUrl, startServer, temporaryFolder } from '../support/server.ts'

// The server as it is started by `npm run serve` and `npm start`, in a process of its own on a real file.

test('without what it needs it does not start, and says so in a line without secrets or stack', async () => {
  const refused: { environment: Record<string, string>; says: string }[] = [
    { environment: {}, says: 'REGISTRY_URL: the public address' },
    { environment: { REGISTRY_URL: serverUrl }, says: 'npm run keys -- create' },
    { environment: { REGISTRY_URL: 'registry.example' }, says: 'REGISTRY_URL:' },
    { environment: { REGISTRY_URL: serverUrl, SIGNING_KEYS: '{"keys":[{"d":"hidden"' }, says: 'SIGNING_KEYS: is not' },
    { environment: { REGISTRY_URL: serverUrl, SIGNING_KEYS: '{"keys":[{"d":"hidden"}]}' }, says: 'keys.0.jwk:' },
  ]
  const answers = refused.map(async ({ environment, says }) => {
    const { code, out, err } = await runCommand(['serve'], { DATA_DIR: temporaryFolder(), PORT: '0', ...environment })
    expect(code).toBe(1)
    expect(err).toContain('The registry does not start:')
    expect(err).toContain(says)
    expect(out + err).not.toMatch(/hidden|\n\s+at |listens/)
  })
  await Promise.all(answers)
})

test('a command that there is not starts nothing', async () => {
  const { code, err } = await runCommand(['server'], { DATA_DIR: temporaryFolder(), PORT: '0' })
  expect(code).toBe(1)
  expect(err).toContain('trial, serve')
})

test('a trial makes its own keys, for its owner alone, and keeps them', async () => {
  const DATA_DIR = temporaryFolder()
  const first = await startServer({ DATA_DIR }, 'trial')
  const keysFile = join(DATA_DIR, 'keys.json')
  const made = readFileSync(keysFile, 'utf8')
  expect(statSync(keysFile).mode & 0o777).toBe(0o600)
  expect(statSync(join(DATA_DIR, 'sample-credentials.json')).mode & 0o777).toBe(0o600)
  first.child.kill('SIGTERM')
  expect((await first.ended).code).toBe(0)
  await startServer({ DATA_DIR }, 'trial')
  expect(readFileSync(keysFile, 'utf8')).toBe(made)
})

test('asked to stop it answers the request in flight, takes no new one and ends with 0', async () => {
  const environment = await prepared()
  const server = await startServer(environment)
  const { port } = new URL(server.origin)
  // The body is still to come when the signal arrives.
  const body = JSON.stringify({ numbers: ['JP-5985120-B1'], purpose: 'basic_research', mode: 'with' })
  const socket = connect(Number(port), '127.0.0.1')
  let answer = ''
  socket.on('data', (text) => {
    answer += String(text)
  })
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()))
  const head = ['POST /v1/check HTTP/1.1', 'Host: registry.test', 'Content-Type: application/json']
  socket.write([...head, `Content-Length: ${body.length}`, '', body.slice(0, 20)].join('\r\n'))
  await new Promise((resolve) => setTimeout(resolve, 200))
  server.child.kill('SIGTERM')
  await vi.waitFor(() => expect(fetch(`${server.origin}/v1/check`)).rejects.toThrow(), 5000)
  expect(answer).toBe('')
  socket.write(body.slice(20))
  await closed
  expect(answer).toMatch(/^HTTP\/1\.1 200 /)
  expect(answer).toContain('"results"')
  expect((await server.ended).code).toBe(0)
})

test('50 writes at once on one file: none is lost, none fails, the log has no gap', async () => {
  const environment = await prepared()
  const server = await startServer(environment)
  const registry = await registryOf(server, environment)
  const kyoto = await registry.organisation()
  const officer = await registry.member(kyoto.id)
  const applications = Array.from({ length: 25 }, () => registry.organisation())
  const records = Array.from({ length: 25 }, async () =>
    (await officer.post('/v1/patents', patentOf([kyoto]))).as(patent),
  )
  const [organisations, patents] = await Promise.all([Promise.all(applications), Promise.all(records)])
  for (const { id } of organisations) {
    const kept = (await registry.anonymous.get(`/v1/organisations/${id}`)).as(organisation)
    expect(kept.state).toBe('approved')
  }
  for (const { number } of patents)
    expect((await registry.anonymous.get(`/v1/patents/${number}`)).as(patent).number).toBe(number)
  await adds(environment)
})

test('kill -9 while writes are being acknowledged: each of them is there after the next start', async () => {
  const environment = await prepared()
  const server = await startServer(environment)
  const registry = await registryOf(server, environment)
  const kyoto = await registry.organisation()
  const officer = await registry.member(kyoto.id)
  const acknowledged: string[] = []
  const writers = Array.from({ length: 8 }, async () => {
    try {
      for (;;) acknowledged.push((await officer.post('/v1/patents', patentOf([kyoto]))).as(patent).number)
    } catch {
      // the server is gone
    }
  })
  await vi.waitFor(() => expect(acknowledged.length).toBeGreaterThan(100), 30_000)
  server.child.kill('SIGKILL')
  await server.ended
  await Promise.all(writers)
  const again = await startServer(environment)
  const { anonymous } = await registryOf(again, environment)
  const found = acknowledged.map(async (number) => (await anonymous.get(`/v1/patents/${number}`)).status)
  const statuses = await Promise.all(found)
  const missing = acknowledged.filter((_, i) => statuses[i] !== 200)
  expect(missing).toEqual([])
  await adds(environment)
})

test('two processes write to one file at the same time', async () => {
  const environment = await prepared()
  const server = await startServer(environment)
  const registry = await registryOf(server, environment)
  let busy = true
  const stream = (async () => {
    const made = []
    while (busy) made.push(await registry.organisation())
    return made
  })()
  const stewards = await Promise.all(Array.from({ length: 3 }, () => registryOf(server, environment)))
  busy = false
  expect((await stream).length).toBeGreaterThan(0)
  for (const { steward } of stewards) expect((await steward.get('/v1/organisations')).status).toBe(200)
  await adds(environment)
})

/** A folder with a key file, as an operator prepares it. */
async function prepared() {
  const environment = { DATA_DIR: temporaryFolder() }
  expect((await runCommand(['keys', 'create'], environment)).code).toBe(0)
  return environment
}

/** The log and every record agree; read from the server's own file while it runs. */
async function adds({ DATA_DIR }: { DATA_DIR: string }): Promise<void> {
  const db = openDatabase(`file:${join(DATA_DIR, 'registry.db')}`)
  onTestFinished(() => db.close())
  const keys = await loadKeys(storedKeysText.parse(readFileSync(join(DATA_DIR, 'keys.json'), 'utf8')))
  await checkRegistry({ db, keys, url: serverUrl, clock: { now: new Date() } })
}
