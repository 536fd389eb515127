import { z } from '@hono/zod-openapi'
import { api, problems, route } from '../../http/api.ts'
import { encodeCursor } from '../../http/paging.ts'
import { registryVersion } from '../../http/root.ts'
import { isUnchanged, streamed } from '../../http/stream.ts'
import { sha256Hex } from '../../log/canonical.ts'
import { dumpLines } from './dump.ts'
import { stateOf } from './queries.ts'

const ndjson = 'application/x-ndjson'

const read = route({
  method: 'get',
  path: '/v1/dump',
  operationId: 'readDump',
  tags: ['Feeds'],
  summary: 'The whole public registry, one record a line',
  description:
    'For mirrors, archives, and whoever carries the registry on. The first line says what it is, with the signed checkpoint of the log and the cursor at which `/v1/changes` goes on; then every terms version with its full text, organisation, mandate, patent, declaration with its consents, public facts of every grant, area, related item, log entry with salt and record where these are public, and change; the last line has the count of each kind and the SHA-256 of all lines before. Without that last line it is not whole. It names no grantee. `npm run verify-dump` checks it offline, `npm run restore-dump` rebuilds a registry from it. Compressed with gzip where `Accept-Encoding` asks for it.',
  responses: {
    200: {
      description: 'Lines of JSON, as many as there are records.',
      content: {
        [ndjson]: {
          schema: z.string(),
          example:
            '{"kind":"dump","format":"iriai-dump/1","registry":"https://registry.example",…}\n{"kind":"terms","id":"RPC-OPEN-1.0",…}\n…\n{"kind":"end","counts":{"patent":60,…},"steady":true,"sha256":"…"}\n',
        },
      },
    },
    304: { description: 'Nothing has changed since the dump with that `ETag`.' },
    ...problems('unavailable'),
  },
})

export const dumpRoutes = api().openapi(read, async (c) => {
  const { ctx } = c.var
  const tag = `W/"dump-${(await sha256Hex(await stateOf(ctx.db.read))).slice(0, 20)}"`
  const headers = { ETag: tag, 'Cache-Control': 'public, no-cache' }
  if (isUnchanged(c, tag)) return c.body(null, 304, headers)
  const day = ctx.now.toISOString().slice(0, 10)
  return streamed(
    c,
    dumpLines(ctx, registryVersion, (at) => encodeCursor(['a', at])),
    {
      ...headers,
      'Content-Type': `${ndjson}; charset=utf-8`,
      'Content-Disposition': `attachment; filename="iriai-${day}.ndjson"`,
    },
  )
})
