// Bundles the Node server to dist/node/server.mjs: one file starts in a third of the time, and JSX needs a build.
import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { build, stop } from 'esbuild'

const { outputFiles } = await build({
  entryPoints: { server: 'src/node.ts' },
  outdir: 'dist/node',
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  external: ['libsql', 'oidc-provider'], // native; of the trial alone
  splitting: true, // what is imported with import() is a file of its own, read only then
  chunkNames: '[name]',
  jsx: 'automatic',
  jsxImportSource: 'hono/jsx',
  sourcemap: true,
  logLevel: 'warning',
  write: false,
  // CommonJS packages inside the bundle call require()
  banner: {
    js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
  },
})

await stop() // the compiler would else stay beside the server

// Each file appears whole: a command beside a server that starts must not read half a bundle.
for (const { path, contents } of outputFiles) {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(`${path}.${process.pid}`, contents)
  renameSync(`${path}.${process.pid}`, path)
}
