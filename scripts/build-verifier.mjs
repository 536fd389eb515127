// Bundles the verifier, with jose, for other systems and for the verify page, into src/verifier/bundle.json: a file that
// both runtimes import as it is. Run it after a change in src/verifier; a test tells when that was forgotten.
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
export const bundleFile = join(root, 'src/verifier/bundle.json')

/** The text of that file. */
export async function buildVerifier() {
  const [verifier, page] = await Promise.all([bundle('src/verifier/verifier.ts'), bundle('src/verifier/page.ts')])
  return `${JSON.stringify({ verifier, page }, null, 2)}\n`
}

async function bundle(entry) {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    write: false,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'none',
    banner: { js: '/* Iriai verifier. Contains jose (MIT), https://github.com/panva/jose */' },
    logLevel: 'warning',
  })
  const code = outputFiles[0].text
  return { sha256: createHash('sha256').update(code).digest('hex'), code }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const text = await buildVerifier()
  writeFileSync(bundleFile, text)
  for (const [name, { code }] of Object.entries(JSON.parse(text)))
    console.log(`${name}: ${Buffer.byteLength(code)} bytes`)
}
