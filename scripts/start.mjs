// node scripts/start.mjs trial | serve | steward | keys | migrate: bundles the server, then runs it in this process.
import { execFileSync } from 'node:child_process'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

process.chdir(dirname(dirname(fileURLToPath(import.meta.url))))
// In a process of its own: what the compiler takes is given back.
execFileSync(process.execPath, ['scripts/build-node.mjs'], { stdio: 'inherit' })
await import('./run.mjs')
