// Servers in processes of their own, load from others, kept apart where the machine has the cores for it.
import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { median } from './in-process.mjs'

const pinning = availableParallelism() >= 4 && spawnSync('taskset', ['-V']).status === 0
export const placement = pinning ? 'server on cores 0-1, load on cores 2 and 3' : 'not pinned'
const loadProcesses = pinning ? [2, 3] : [undefined]
/** USER_HZ: /proc counts processor time in hundredths of a second on every Linux. */
const tickMilliseconds = 10

/** Starts `node <args>` and waits for the port that it prints. */
export function startServer(args, env = {}) {
  const [command, ...rest] = pinned('0,1', [process.execPath, ...args])
  const child = spawn(command, rest, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit'] })
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`${args.join(' ')} ended with ${code}`)))
    child.stdout.on('data', (text) => {
      const port = /:(\d{2,5})\b(?!.*:\d)/.exec(String(text).split('\n')[0])?.[1]
      if (port) resolve({ url: `http://127.0.0.1:${port}`, pid: child.pid, stop: () => stopped(child) })
    })
  })
}

function stopped(child) {
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.removeAllListeners('exit')
  child.once('exit', () => {})
  child.kill('SIGTERM')
  return Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 2000))])
}

/**
 * One load of one server. @param job { path?, connections, seconds?, requests, headers?, method? }
 * @returns answers per second, latency in ms, processor milliseconds of the server for each answer
 */
export async function loadOnce(server, job) {
  mkdirSync('bench/out/jobs', { recursive: true })
  const share = Math.max(1, Math.floor(job.connections / loadProcesses.length))
  const before = processorMilliseconds(server.pid)
  const used = job.connections === 1 ? loadProcesses.slice(0, 1) : loadProcesses
  const runs = await Promise.all(
    used.map((core, i) => {
      const size = Math.floor(job.requests.length / used.length)
      const file = join('bench/out/jobs', `${i}.json`)
      const requests = job.requests.slice(i * size, (i + 1) * size)
      writeFileSync(file, JSON.stringify({ ...job, url: server.url, connections: share, requests }))
      return printed(pinned(core, [process.execPath, 'scripts/bench/load.mjs', file]))
    }),
  )
  const processor = processorMilliseconds(server.pid) - before
  const answered = runs.reduce((sum, run) => sum + run.answered, 0)
  const failed = runs.reduce((sum, run) => sum + run.failed, 0)
  if (failed > 0 || answered === 0) throw new Error(`${failed} of ${answered + failed} requests failed: ${job.name}`)
  const milliseconds = Math.max(...runs.map((run) => run.milliseconds))
  return {
    perSecond: (answered / milliseconds) * 1000,
    p50: median(runs.map((run) => run.p50)),
    p99: Math.max(...runs.map((run) => run.p99)),
    processor: processor / answered,
    busy: processor / milliseconds,
  }
}

function pinned(cores, command) {
  return pinning && cores !== undefined ? ['taskset', '-c', String(cores), ...command] : command
}

function printed([command, ...args]) {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  let text = ''
  child.stdout.on('data', (part) => {
    text += part
  })
  return new Promise((resolve, reject) => {
    child.once('exit', (code) =>
      code === 0 ? resolve(JSON.parse(text)) : reject(new Error(`load ended with ${code}`)),
    )
  })
}

/** User and system time of a process; 0 where there is no /proc. */
function processorMilliseconds(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ')
    return (Number(fields[11]) + Number(fields[12])) * tickMilliseconds
  } catch {
    return 0
  }
}

/** Cases in turn within each round, the order reversed every other round. @returns the rounds of each case */
export async function httpRounds(cases, rounds) {
  const seen = Object.fromEntries(Object.keys(cases).map((name) => [name, []]))
  for (let round = 0; round < rounds; round++) {
    const names = Object.keys(cases)
    if (round % 2 === 1) names.reverse()
    for (const name of names) seen[name].push(await cases[name](round))
  }
  return seen
}
