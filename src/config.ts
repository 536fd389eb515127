import { z } from 'zod'

/** Every setting of the registry. The entries read the environment or the bindings and parse it by this shape. */
export const settings = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(8787),
  /** Loopback unless said otherwise: a trial must not be open to the network. */
  HOST: z.string().default('127.0.0.1'),
  DATA_DIR: z.string().default('.data'),
  /** `file:…`, `http://…` (libsql-server) or `libsql://…` (Turso). Default: `file:$DATA_DIR/registry.db`. */
  DATABASE_URL: z.string().optional(),
  DATABASE_AUTH_TOKEN: z.string().optional(),
  /** Public address, the issuer (`iss`) of everything signed. Without a trailing slash. */
  REGISTRY_URL: z
    .url({ protocol: /^https?$/ })
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  /** JSON `{ "keys": [...] }` with private keys, see `keys.ts`. Default: `$DATA_DIR/keys.json`. */
  SIGNING_KEYS: z.string().optional(),
})

export type Settings = z.infer<typeof settings>
