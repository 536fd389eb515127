// The servers that the product is compared with, each in a process of its own: node reference-server.mjs bare | straightforward
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { serve } from '@hono/node-server'
import { createClient } from '@libsql/client'
import { drizzle } from 'drizzle-orm/libsql'
import { Hono } from 'hono'
import { storedKeys } from '../../src/keys.ts'
import { plainKeys, straightforward } from './straightforward.ts'

const [kind, folder = '.'] = process.argv.slice(2)
const app = kind === 'bare' ? bare() : await withDatabase(folder)
serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => console.log(`listens on :${port}`))

/** What the framework alone can do: a small JSON answer, and the request's own JSON sent back. */
function bare() {
  return new Hono()
    .get('/v1/check', (c) => c.json({ verdict: 'allowed', number: c.req.query('number') }))
    .post('/echo', async (c) => c.json(await c.req.json()))
}

async function withDatabase(folder: string) {
  const client = createClient({ url: `file:${join(folder, 'registry.db')}` })
  await client.execute('pragma synchronous = full')
  const keys = storedKeys.parse(JSON.parse(readFileSync(join(folder, 'keys.json'), 'utf8')))
  return straightforward(drizzle({ client }), plainKeys(keys), 'http://127.0.0.1')
}
