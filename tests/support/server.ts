import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { onTestFinished } from 'vitest'
import { newClient } from '../../src/clients/client.ts'
import { type Registry, registryAt } from './registry.ts'

/** The settings of a process, on top of what it needs to run at all. */
export type Environment = Readonly<Record<string, string>>
export type Ended = { code: number | null; out: string; err: string }
export type Server = { origin: string; child: ChildProcess; ended: Promise<Ended> }

/** The public address that servers started here are given. */
export const serverUrl = 'https://registry.test'

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'iriai-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** `npm run <command>` without npm: its output and exit code. */
export async function runCommand(args: readonly string[], environment: Environment): Promise<Ended> {
  return (await start(args, environment)).ended
}

/** A registry in a process of its own, on a free port, with keys made beforehand. */
export async function startServer(environment: Environment, command = 'serve'): Promise<Server> {
  const server = await start([command], { PORT: '0', REGISTRY_URL: serverUrl, ...environment })
  const { child, ended } = server
  const origin = await new Promise<string>((resolve, reject) => {
    let out = ''
    child.stdout?.on('data', (text) => {
      out += String(text)
      const [, found] = /listens on (http:\S+)/.exec(out) ?? []
      if (found) resolve(found)
    })
    void ended.then(({ code, err }) => reject(new Error(`the server ended with ${code}: ${err}`)))
  })
  return { origin, child, ended }
}

/** Callers of that server. Its steward is made by a second process on the same database. */
export async function registryOf(server: Server, environment: Environment): Promise<Registry> {
  const { out } = await runCommand(['steward', 'create'], { REGISTRY_URL: serverUrl, ...environment })
  const { client_id: stewardId, client_secret: stewardSecret = '' } = newClient.parse(JSON.parse(out))
  return registryAt({ url: serverUrl, origin: server.origin, stewardId, stewardSecret })
}

/** Of this test file: every start bundles the same server (tests/runtimes/readme.test.ts sees one that does so itself). */
let bundled: Promise<unknown> | undefined

async function start(args: readonly string[], environment: Environment) {
  bundled ??= promisify(execFile)(process.execPath, ['scripts/build-node.mjs'])
  await bundled
  const { PATH = '', HOME = '' } = process.env
  // As `npm run serve` starts it.
  const child = spawn(
    process.execPath,
    ['--max-old-space-size=384', '--max-semi-space-size=4', 'scripts/run.mjs', ...args],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH, HOME, MALLOC_ARENA_MAX: '2', ...environment },
    },
  )
  onTestFinished(() => void child.kill('SIGKILL'))
  const ended = new Promise<Ended>((resolve) => {
    let [out, err] = ['', '']
    child.stdout.on('data', (text) => {
      out += String(text)
    })
    child.stderr.on('data', (text) => {
      err += String(text)
    })
    child.once('close', (code) => resolve({ code, out, err }))
  })
  return { child, ended }
}
