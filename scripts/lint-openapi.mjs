// Writes the OpenAPI document of the app to dist/openapi.json and lints it. Needs no database, no network.
import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
process.chdir(root)
const bundle = join(root, 'dist', 'openapi', 'app.mjs')
await build({
  entryPoints: ['src/app.ts'],
  outfile: bundle,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  external: ['libsql'],
  jsx: 'automatic',
  jsxImportSource: 'hono/jsx',
  logLevel: 'warning',
})
const { createApp } = await import(pathToFileURL(bundle).href)
const registryUrl = 'https://registry.example'
const app = createApp(async () => ({ registryUrl, newId: () => crypto.randomUUID(), db: { read: {} } }))
const response = await app.request(`${registryUrl}/openapi.json`)
if (response.status !== 200) throw new Error(`/openapi.json answers ${response.status}: ${await response.text()}`)
const document = join(root, 'dist', 'openapi.json')
mkdirSync(dirname(document), { recursive: true })
writeFileSync(document, `${JSON.stringify(await response.json(), null, 1)}\n`)

const redocly = process.platform === 'win32' ? 'redocly.cmd' : 'redocly'
const { status, error } = spawnSync(
  redocly,
  ['lint', document, '--config', 'scripts/redocly.yaml', ...process.argv.slice(2)],
  {
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
  },
)
if (error) console.error(String(error))
process.exitCode = status ?? 1
