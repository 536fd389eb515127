import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { expect, onTestFinished, test } from 'vitest'

/** Words of the sample's identity provider, and how a file would load it. */
const provider = [/sample sign-in/i, /'oidc-provider'|"oidc-provider"/, /interactionFinished/]

/** Builds with the script's own settings. */
async function bundled(entry: string, more: Parameters<typeof build>[0]): Promise<Map<string, string>> {
  const folder = mkdtempSync(join(tmpdir(), 'iriai-bundle-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const jsx = { jsx: 'automatic', jsxImportSource: 'hono/jsx' } as const
  await build({
    entryPoints: { server: entry },
    bundle: true,
    format: 'esm',
    outdir: folder,
    logLevel: 'error',
    ...jsx,
    ...more,
  })
  return new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]))
}

/** The file and everything that it imports at once; what `import()` names is read only when that line runs. */
function loaded(files: Map<string, string>, name: string, seen = new Set<string>()): Set<string> {
  if (seen.has(name)) return seen
  seen.add(name)
  for (const [, other = ''] of (files.get(name) ?? '').matchAll(/^(?:import|export)[^'"]*from\s*"\.\/([^"]+)"/gm))
    loaded(files, other, seen)
  return seen
}

test('what `npm run serve` loads has nothing of the sample’s identity provider; a file beside it has', async () => {
  const script = readFileSync('scripts/build-node.mjs', 'utf8')
  expect(script).toContain("external: ['libsql', 'oidc-provider']")
  expect(script).toContain('splitting: true')
  const files = await bundled('src/node.ts', {
    platform: 'node',
    external: ['libsql', 'oidc-provider'],
    splitting: true,
    chunkNames: '[name]',
    outExtension: { '.js': '.mjs' },
  })
  const served = [...loaded(files, 'server.mjs')].map((name) => files.get(name) ?? '')
  expect(served.join('').length).toBeGreaterThan(500_000)
  for (const word of provider) for (const text of served) expect(text).not.toMatch(word)
  const beside = files.get('identity-provider.mjs') ?? ''
  for (const word of provider) expect(beside).toMatch(word)
})

test('the Worker has nothing of it at all', async () => {
  const files = await bundled('src/worker.ts', { platform: 'browser', conditions: ['workerd', 'worker', 'browser'] })
  expect([...files.keys()]).toEqual(['server.js'])
  const [text = ''] = files.values()
  expect(text.length).toBeGreaterThan(500_000)
  for (const word of [...provider, /見本 一郎/]) expect(text).not.toMatch(word)
})
