// node scripts/start.mjs trial | serve | steward | keys | migrate: bundles the server, then runs it in this process.
import { execFileSync } from 'node:child_process'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

process.chdir(dirname(dirname(fileURLToPath(import.meta.url))))
// In a process of its own: what the compiler takes is given back.
execFileSync(process.execPath, ['scripts/build-node.mjs'], { stdio: 'inherit' })
process.setSourceMapsEnabled(true)
const { main } = await import('../dist/node/server.mjs')
const [command, ...args] = process.argv.slice(2)
await main(command, args)

// `kill <npm's pid>` ends npm and its shell but not this process: follow them.
if (process.env.npm_lifecycle_event && process.platform !== 'win32') {
  const parent = process.ppid
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM')
  }, 250).unref()
}
