// Bundles the Node server to dist/node/server.mjs: one file starts in a third of the time, and JSX needs a build.
import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { build, stop } from 'esbuild'

/** What both files are made with. */
const options = {
  outdir: 'dist/node',
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  external: ['libsql', 'oidc-provider'], // native; of the trial alone
  jsx: 'automatic',
  jsxImportSource: 'hono/jsx',
  sourcemap: true,
  sourcesContent: false, // a trace names file and line; the texts would be kept in memory for nothing
  logLevel: 'warning',
  write: false,
  // CommonJS packages inside the bundle call require()
  banner: {
    js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
  },
}
const server = build({
  ...options,
  entryPoints: { server: 'src/node.ts' },
  splitting: true, // what is imported with import() is a file of its own, read only then
  chunkNames: '[name]',
})
// The thread of imports keeps only what it uses: a third of the server, and of the memory that it takes once loaded.
const thread = build({
  ...options,
  outdir: undefined,
  outfile: 'dist/node/import-thread.mjs',
  stdin: { contents: "export { importInThread } from './src/node.ts'", resolveDir: '.', loader: 'ts' },
  plugins: [
    {
      name: 'only what is used',
      setup({ onResolve, resolve }) {
        onResolve({ filter: /.*/ }, async ({ path, pluginData, ...where }) => {
          const { importer, resolveDir, kind } = where
          // What a CommonJS package may do without is for esbuild to see.
          if (pluginData === 'resolved' || kind !== 'import-statement') return undefined
          const found = await resolve(path, { importer, resolveDir, kind, pluginData: 'resolved' })
          return { ...found, sideEffects: false }
        })
      },
    },
  ],
})
const outputFiles = (await Promise.all([server, thread])).flatMap((built) => built.outputFiles)

await stop() // the compiler would else stay beside the server

// Each file appears whole: a command beside a server that starts must not read half a bundle.
for (const { path, contents } of outputFiles) {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(`${path}.${process.pid}`, contents)
  renameSync(`${path}.${process.pid}`, path)
}
