// Bundles the Node server to dist/node/server.mjs: one file starts in a third of the time, and JSX needs a build.
import { build } from 'esbuild'

await build({
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
  // CommonJS packages inside the bundle call require()
  banner: {
    js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
  },
})
