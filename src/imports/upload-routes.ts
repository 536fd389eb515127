import { RegistryError } from '../errors.ts'
import type { Http } from '../http/api.ts'
import { idempotencyKeyCharactersMax } from '../http/limits.ts'
import { withinSilence } from '../http/read-away.ts'
import { importFileBytesMax } from './limits.ts'
import { readMultipart } from './multipart.ts'
import type { Job } from './queries.ts'
import { receiveImport, tooLarge } from './receive.ts'

/** Types under which a file comes by itself, its fields in the query. */
export const fileTypes = [
  'text/csv',
  'application/json',
  'application/x-ndjson',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
] as const

/**
 * Takes in the file of this request, as it arrives. `fixed`: fields that the page gives rather than the sender;
 * `accept` looks at the fields before anything comes of them, and may refuse.
 */
export async function takeUpload(
  c: Http,
  options: {
    idempotencyKey?: string | undefined
    accept?: (fields: ReadonlyMap<string, string>) => Promise<void>
  } = {},
): Promise<{ job: Job; replayed: boolean }> {
  const { ctx } = c.var
  const type = c.req.header('Content-Type') ?? ''
  const plain = type.split(';')[0]?.trim().toLowerCase()
  const body = c.req.raw.body
  if (!body) throw new RegistryError('malformed', 'The request has no body.')
  const pieces = piecesOf(body)
  const key = options.idempotencyKey
  if (plain === 'multipart/form-data')
    return receiveImport(ctx, {
      fileName: '',
      idempotencyKey: key,
      async read(onFile) {
        const { fields, fileName } = await readMultipart(pieces, type, onFile)
        await options.accept?.(fields)
        return { fields: fieldsOf(fields), fileName }
      },
    })
  if (fileTypes.some((known) => known === plain))
    return receiveImport(ctx, {
      fileName: '',
      idempotencyKey: key,
      organisation: c.req.query('organisation'),
      async read(onFile) {
        for await (const piece of pieces) await onFile(piece)
        return { fields: fieldsOf(new Map(Object.entries(c.req.query()))) }
      },
    })
  throw new RegistryError(
    'unsupported_media_type',
    `Send multipart/form-data with a part named file, or one of ${fileTypes.join(', ')}.`,
  )
}

export function idempotencyKeyOf(c: Http): string | undefined {
  const key = c.req.header('Idempotency-Key')
  if (key !== undefined && (key.length === 0 || key.length > idempotencyKeyCharactersMax))
    throw new RegistryError('malformed', `An Idempotency-Key has 1 to ${idempotencyKeyCharactersMax} characters.`)
  return key
}

const known = ['organisation', 'format', 'mapping', 'seenOn']

function fieldsOf(fields: ReadonlyMap<string, string>): Record<string, unknown> {
  const given: [string, unknown][] = known.flatMap((name) => {
    const value = fields.get(name)
    return value === undefined || value === '' ? [] : [[name, name === 'mapping' ? parsed(value) : value]]
  })
  return Object.fromEntries(given)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new RegistryError('malformed', 'The field mapping is JSON.')
  }
}

/** Pieces as they arrive, never more in all than an upload may have, and never after a long silence. */
async function* piecesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader()
  let bytes = 0
  let whole = false
  try {
    for (;;) {
      const { done, value } = await withinSilence(reader.read())
      if (done) {
        whole = true
        return
      }
      bytes += value.length
      if (bytes > importFileBytesMax + 1024 * 1024) throw tooLarge()
      yield value
    }
  } finally {
    if (!whole) await reader.cancel().catch(() => undefined)
  }
}
