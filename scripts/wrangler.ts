// Wrangler as this project runs it: from node_modules, and without a call to anywhere that was not asked for.
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** No telemetry, no error reports, no log files, and no request for the location of this machine. */
export const quietWrangler = {
  WRANGLER_SEND_METRICS: 'false',
  WRANGLER_SEND_ERROR_REPORTS: 'false',
  WRANGLER_HIDE_BANNER: 'true',
  WRANGLER_WRITE_LOGS: 'false',
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
} as const

/** Runs under the Node that is running, whatever `node` is on the path. */
export const wranglerScript = join(
  dirname(createRequire(import.meta.url).resolve('wrangler/package.json')),
  'bin',
  'wrangler.js',
)
