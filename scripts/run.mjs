// node scripts/run.mjs trial | serve | steward | keys | migrate: runs the server as it was bundled last (start.mjs).
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

process.chdir(dirname(dirname(fileURLToPath(import.meta.url))))
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
