// npm run dev:worker: the registry as on Cloudflare Workers, on this machine alone: libsql-server with the sample, and
// `wrangler dev` in front of it. Data, keys and the token stay in .data/worker.
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { newSqldAuth, startSqld } from './sqld.ts'
import { quietWrangler, wranglerScript } from './wrangler.ts'

const port = process.env.PORT ?? '8787'
const registryUrl = process.env.REGISTRY_URL ?? `http://127.0.0.1:${port}`
process.chdir(dirname(dirname(fileURLToPath(import.meta.url))))
const folder = resolve(process.env.DATA_DIR ?? '.data/worker')
mkdirSync(folder, { recursive: true, mode: 0o700 })

const auth = await newSqldAuth()
const DATABASE_AUTH_TOKEN = await auth.token('rw')
const sqld = await startSqld(folder, { publicKey: auth.publicKey })
const children = new Set()
let stopping = false

async function stop(code) {
  if (stopping) return
  stopping = true
  await Promise.all([...children].map(end))
  await sqld.stop()
  process.exit(code)
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void stop(0))
void sqld.exited.then(() => stop(1))

/** Runs under this same Node, in a process group of its own so that Ctrl-C reaches this script alone. */
function run(script, args, env) {
  const child = spawn(process.execPath, [script, ...args], {
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: true,
    env: { ...process.env, ...env },
  })
  children.add(child)
  child.exited = new Promise((done) => {
    child.once('error', () => done(1))
    child.once('exit', (code, signal) => done(code ?? (signal ? 1 : 0)))
  }).finally(() => children.delete(child))
  return child.exited
}

function end(child) {
  child.kill('SIGTERM')
  // Wrangler and what it started: none may outlive this script.
  const timer = setTimeout(() => process.kill(-child.pid, 'SIGKILL'), 5000)
  return child.exited.then(() => clearTimeout(timer))
}

const settings = { DATA_DIR: folder, DATABASE_URL: sqld.url, DATABASE_AUTH_TOKEN, REGISTRY_URL: registryUrl }
const filled = await run('scripts/start.mjs', ['sample'], settings)
if (filled !== 0 || stopping) await stop(filled)

// Beside the data, outside what is committed; wrangler reads it in place of .dev.vars.
const secrets = join(folder, 'worker.env')
const line = (name, value) => `${name}='${value}'\n`
const keys = JSON.stringify(JSON.parse(readFileSync(join(folder, 'keys.json'), 'utf8')))
writeFileSync(secrets, line('DATABASE_AUTH_TOKEN', DATABASE_AUTH_TOKEN) + line('SIGNING_KEYS', keys), { mode: 0o600 })

console.log(
  [
    `The registry on workerd and libsql-server: ${registryUrl}/`,
    `  Ask:     curl '${registryUrl}/v1/check?number=JP-5985120-B1&purpose=basic_research&mode=with&beneficiary=university'`,
    existsSync(join(folder, 'sample-credentials.json')) && `  Clients: ${join(folder, 'sample-credentials.json')}`,
    `  Data:    ${folder}`,
  ]
    .filter(Boolean)
    .join('\n'),
)
const vars = ['--var', `DATABASE_URL:${sqld.url}`, '--var', `REGISTRY_URL:${registryUrl}`]
const at = ['--ip', '127.0.0.1', '--port', port, '--inspector-port', '0', '--show-interactive-dev-session=false']
await stop(await run(wranglerScript, ['dev', ...at, ...vars, '--env-file', secrets], quietWrangler))
