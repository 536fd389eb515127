import { createClient } from '@libsql/client/web'
import { type Database, remote } from './database.ts'

/** A libSQL server that does not answer in this time will not: a replica whose primary is gone would hang for minutes. */
const remoteTimeoutMilliseconds = 10_000

/** libsql-server (`http:`, `https:`) or Turso (`libsql:`). Costs nothing: a connection is made by each call's fetch. */
export function openRemote(url: string, authToken?: string, timeout: number = remoteTimeoutMilliseconds): Database {
  return remote(
    createClient({
      url,
      ...(authToken ? { authToken } : {}),
      fetch: (request: Request) => fetch(request, { signal: AbortSignal.timeout(timeout) }),
    }),
  )
}
