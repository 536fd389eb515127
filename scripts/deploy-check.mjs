// npm run deploy:check: builds what `wrangler deploy` would upload, without an account or a network, and weighs it.
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { quietWrangler, wranglerScript } from './wrangler.ts'

/** Half of the smallest limit of Workers (3 MB compressed); start-up time grows with it too. */
const gzipBytesMax = 1_500_001

process.chdir(dirname(dirname(fileURLToPath(import.meta.url))))
const folder = 'dist/worker'
rmSync(folder, { recursive: true, force: true })
const built = spawnSync(process.execPath, [wranglerScript, 'deploy', '--dry-run', '--minify', '--outdir', folder], {
  stdio: 'inherit',
  env: { ...process.env, ...quietWrangler },
})
if (built.status !== 0) process.exit(built.status ?? 1)

const files = readdirSync(folder).filter((name) => !name.endsWith('.map') && name !== 'README.md')
const contents = files.map((name) => readFileSync(join(folder, name)))
const raw = contents.reduce((sum, content) => sum + content.length, 0)
const gzip = contents.reduce((sum, content) => sum + gzipSync(content).length, 0)
const kilobytes = (bytes) => `${(bytes / 1000).toFixed(0)} kB`
console.log(`${files.join(', ')}: ${kilobytes(raw)}, gzip ${kilobytes(gzip)} of at most ${kilobytes(gzipBytesMax - 1)}`)
if (gzip >= gzipBytesMax) {
  console.error('The Worker is too large.')
  process.exit(1)
}
