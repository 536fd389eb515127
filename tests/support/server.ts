import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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
export function runCommand(args: readonly string[], environment: Environment): Promise<Ended> {
  return start(args, environment).ended
}

/** A registry in a process of its own, on a free port, with keys made beforehand. */
export async function startServer(environment: Environment, command = 'serve'): Promise<Server> {
  const server = start([command], { PORT: '0', REGISTRY_URL: serverUrl, ...environment })
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

function start(args: readonly string[], environment: Environment) {
  const { PATH = '', HOME = '' } = process.env
  const child = spawn(process.execPath, ['scripts/start.mjs', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH, HOME, ...environment },
  })
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
