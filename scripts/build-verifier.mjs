// Bundles the verifier, with jose, for other systems and for the verify page, into src/verifier/bundle.json: a file that
// both runtimes import as it is. Run it after a change in src/verifier; a test tells when that was forgotten.
// `--print` writes it to the standard output instead.
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** The text of that file. */
async function buildVerifier() {
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
    banner: {
      js: '/* Iriai verifier. Contains jose, copyright (c) 2018 Filip Skokan, MIT licence: https://github.com/panva/jose/blob/main/LICENSE.md */',
    },
    logLevel: 'warning',
  })
  const code = outputFiles[0].text
  return { sha256: createHash('sha256').update(code).digest('hex'), code }
}

const text = await buildVerifier()
if (process.argv[2] === '--print') process.stdout.write(text)
else {
  writeFileSync(join(root, 'src/verifier/bundle.json'), text)
  for (const [name, { code }] of Object.entries(JSON.parse(text)))
    console.log(`${name}: ${Buffer.byteLength(code)} bytes`)
}
