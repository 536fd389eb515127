import type { Client } from '@libsql/client/web'
import { getTableColumns, getTableName } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import { drizzle, type SqliteRemoteDatabase } from 'drizzle-orm/sqlite-proxy'

/** What libSQL stores. Booleans are 0/1, dates and times are text. */
export type Value = string | number | bigint | null | Uint8Array
export type Row = readonly unknown[]

/** One SQL statement. `expects` names the record that must have been changed, exactly one row, or the whole act falls. */
export type Statement = { sql: string; args: readonly Value[]; expects?: string }

type Builder = SqliteRemoteDatabase<Record<string, never>>

/** Reads only: drizzle's select, and `rows` for statements that are run so often that building them would show. */
export type Reader = Pick<Builder, 'select' | 'selectDistinct'> & {
  rows(sql: string, args: readonly Value[]): Promise<readonly Row[]>
  /** Another number after every change, by this process or another; undefined where only a round trip could tell. */
  version(): number | undefined
}

/**
 * The one interface to libSQL. `write` runs all statements or none, durable when it resolves, and one after another
 * with every other write. Only `log/commit.ts` and the few files named in `tests/architecture.test.ts` may call it.
 */
export type Database = {
  read: Reader
  write(statements: readonly Statement[]): Promise<void>
  /** Called after an erasure: what was overwritten leaves the files too. A server behind HTTP sees to its own files. */
  purge(): Promise<void>
  /**
   * Reads that all see one moment, however long they take and whatever is written meanwhile; close it when done.
   * undefined where there is none: over HTTP a transaction that stays open ends after seconds.
   * @throws DatabaseError `busy` when too many are open
   */
  snapshot(): Snapshot | undefined
  /** Grows whenever this process has changed the database: what was read before may be out of date. */
  revision(): number
  close(): void
}

export type Snapshot = { read: Reader; close(): void }

export type DatabaseFault = 'stale' | 'unique' | 'busy' | 'unreachable' | 'other'

/**
 * A statement was refused. `stale`: a guarded record was no longer as the decision assumed. `unreachable`: the database
 * did not answer, so whether a write went in is not known.
 */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError'
  readonly fault: DatabaseFault
  constructor(fault: DatabaseFault, cause: unknown) {
    super(`database: ${fault}`, { cause })
    this.fault = fault
  }
}

/** Builds statements; it has no connection and cannot run one. */
export const build: Builder = drizzle(() => Promise.reject(new Error('this builder has no connection')))

export function statement(query: { toSQL(): { sql: string; params: unknown[] } }, expects?: string): Statement {
  const { sql, params } = query.toSQL()
  const args = params.map(toValue)
  return expects === undefined ? { sql, args } : { sql, args, expects }
}

/** Inserts one row; what is left out is null. As `statement(build.insert(table).values(row))`, its SQL built once. */
export function inserting<Table extends SQLiteTable>(table: Table): (row: Table['$inferInsert']) => Statement {
  const columns = Object.entries(getTableColumns(table))
  const names = columns.map(([, column]) => `"${column.name}"`).join(', ')
  const sql = `insert into "${getTableName(table)}" (${names}) values (${columns.map(() => '?').join(', ')})`
  return (row) => {
    const given = new Map<string, unknown>(Object.entries(row))
    return {
      sql,
      args: columns.map(([name, column]) => {
        const value = given.get(name) ?? null
        return value === null ? null : toValue(column.mapToDriverValue(value))
      }),
    }
  }
}

/**
 * Inserts many rows in few statements of a few shapes, so that they stay prepared. For wide rows it costs half of what
 * `json_each` does; for rows of up to five short values `json_each` is the quicker.
 * @param into up to the column names; @param then what stands behind the values, as `on conflict …`
 */
export function insertingLines(into: string, lines: readonly (readonly Value[])[], then = ''): Statement[] {
  const statements: Statement[] = []
  let at = 0
  for (const size of linesPerStatement) {
    for (; lines.length - at >= size; at += size) {
      const these = lines.slice(at, at + size)
      const places = `(${(these[0] ?? []).map(() => '?').join(', ')})`
      statements.push({ sql: `${into} values ${these.map(() => places).join(', ')} ${then}`, args: these.flat() })
    }
  }
  return statements
}

const linesPerStatement = [50, 10, 1] as const

function toValue(value: unknown): Value {
  if (typeof value === 'boolean') return value ? 1 : 0
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint')
    return value
  if (value instanceof Uint8Array) return value
  throw new TypeError(`a ${typeof value} cannot be stored`)
}

/** A drizzle query that is built once for each reader, as building costs more than running: values are placeholders. */
export function ready<Query>(make: (read: Reader) => Query): (read: Reader) => Query {
  const made = new WeakMap<Reader, Query>()
  return (read) => {
    const known = made.get(read)
    if (known !== undefined) return known
    const query = make(read)
    made.set(read, query)
    return query
  }
}

/** A pattern for `like … escape '\\'` that finds the text anywhere, whatever signs it has. */
export function containing(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`
}

/** libSQL binds a JS number as REAL; a whole number has to arrive as an integer or comparisons on expressions differ. */
function bindable(value: Value): string | number | bigint | null | Uint8Array {
  return typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : value
}

function reader(rows: Reader['rows'], version: Reader['version']): Reader {
  const db: Builder = drizzle(async (sql, params, method) => {
    const found = await rows(sql, params.map(toValue))
    if (method === 'get') return { rows: [...(found[0] ?? [])] }
    return { rows: found.map((row) => [...row]) }
  })
  return {
    select: db.select.bind(db),
    selectDistinct: db.selectDistinct.bind(db),
    rows,
    version,
  }
}

/** The part of the `libsql` package that is used, so that this file names no runtime. */
export type NativeStatement = {
  raw(): NativeStatement
  all(args: readonly unknown[]): unknown[]
  run(args: readonly unknown[]): unknown
}
export type NativeConnection = { prepare(sql: string): NativeStatement; exec(sql: string): unknown; close(): unknown }

/** Statements kept ready per connection; one costs some kilobytes, and the registry has fewer shapes than this. */
const preparedStatementsMax = 400
/** Acts that share one fsync. Bounds how long one burst holds the file. */
const actsPerCommitMax = 64
/** Another process may hold the file (a command line beside the server, an import): a write waits this long. */
const busyMillisecondsMax = 5000
/** Shorter than the pause between two steps of an import. */
const busyRetryMilliseconds = 1
/** A timer of one millisecond takes a little more. */
const busyAttemptsMax = 4000
/** Each keeps a connection, and the journal from being cut back. */
const snapshotsMax = 4

/**
 * An embedded file. Native calls are synchronous, so an act runs from start to end without another in between; acts that
 * arrive together share one commit (one fsync), each in a savepoint of its own; one that comes alone needs none.
 * @param schedule runs a function after the events already waiting (`setImmediate`)
 */
export function embedded(open: () => NativeConnection, schedule: (run: () => void) => void): Database {
  const writer = open()
  writer.exec('pragma journal_mode = wal')
  writer.exec('pragma synchronous = full')
  writer.exec('pragma foreign_keys = on')
  // What is deleted is overwritten with zeros, so that an erased name is in no free page.
  writer.exec('pragma secure_delete = on')
  // Pages that are written again and again, as in an import, go from the journal (up to 130 MB) to the file once in a while.
  writer.exec('pragma wal_autocheckpoint = 32000')
  writer.exec('pragma busy_timeout = 0')
  // A write of a thousand patents visits pages all over the file; the 2 MB that SQLite takes by itself are read anew each time.
  writer.exec('pragma cache_size = -32000')
  const readonly = open()
  readonly.exec('pragma query_only = on')
  const forRead = prepared(readonly, (s) => s.raw())
  const forWrite = prepared(writer, (s) => s)
  const dataVersion = forRead('pragma data_version')

  type Pending = { statements: readonly Statement[]; resolve(): void; reject(error: unknown): void }
  const queue: Pending[] = []
  const savepoint = forWrite('savepoint act')
  const release = forWrite('release act')
  let revision = 0
  let version: number | undefined
  let snapshots = 0
  let attempts = 0

  /** Another thread or process may be writing: this one asks again in a while, and answers reads meanwhile. */
  function flush() {
    try {
      writer.exec('begin immediate')
    } catch (error) {
      const fault = toDatabaseError(error)
      attempts += 1
      if (fault.fault === 'busy' && attempts < busyAttemptsMax) {
        setTimeout(flush, busyRetryMilliseconds)
        return
      }
      attempts = 0
      for (const act of queue.splice(0)) act.reject(fault)
      return
    }
    attempts = 0
    const acts = queue.splice(0, actsPerCommitMax)
    if (queue.length > 0) schedule(flush)
    let outcomes: readonly (DatabaseError | undefined)[]
    try {
      outcomes = runAll(acts)
      writer.exec('commit')
    } catch (error) {
      undo()
      for (const act of acts) act.reject(toDatabaseError(error))
      return
    }
    revision += 1
    version = undefined
    acts.forEach((act, i) => {
      const error = outcomes[i]
      if (error === undefined) act.resolve()
      else act.reject(error)
    })
  }

  /** A savepoint has SQLite keep what each changed page was before: for an act that has no others to spare, in vain. */
  function runAll(acts: readonly Pending[]): readonly (DatabaseError | undefined)[] {
    if (acts.length > 1) return acts.map(({ statements }) => runAmongOthers(statements))
    for (const { statements } of acts) run(statements)
    return []
  }

  function runAmongOthers(statements: readonly Statement[]): DatabaseError | undefined {
    savepoint.run([])
    try {
      run(statements)
    } catch (error) {
      writer.exec('rollback to act')
      release.run([])
      return toDatabaseError(error)
    }
    release.run([])
    return undefined
  }

  function run(statements: readonly Statement[]): void {
    for (const { sql, args } of statements) forWrite(sql).run(args.map(bindable))
  }

  /** After some faults, such as a full disk, SQLite has undone the transaction by itself. */
  function undo() {
    try {
      writer.exec('rollback')
    } catch {
      // there was none
    }
  }

  /** SQLite counts the commits of all other connections; asked once a turn of the event loop, and after each write here. */
  function versionNow(): number {
    if (version !== undefined) return version
    const [row] = dataVersion.all([])
    version = isRow(row) ? Number(row[0]) : 0
    schedule(() => {
      version = undefined
    })
    return version
  }

  return {
    read: reader(async (sql, args) => forRead(sql).all(args.map(bindable)).filter(isRow), versionNow),
    write: (statements) =>
      new Promise((resolve, reject) => {
        queue.push({ statements, resolve, reject })
        if (queue.length === 1) schedule(flush)
      }),
    async purge() {
      writer.exec(`pragma busy_timeout = ${busyMillisecondsMax}`)
      if (queue.length > 0) flush()
      writer.exec('pragma wal_checkpoint(truncate)')
      writer.exec('pragma busy_timeout = 0')
    },
    snapshot() {
      if (snapshots >= snapshotsMax) throw new DatabaseError('busy', new Error(`${snapshotsMax} snapshots are open`))
      const connection = open()
      connection.exec('pragma query_only = on')
      connection.exec('begin')
      const ofMoment = prepared(connection, (s) => s.raw())
      // The moment is that of the first read.
      ofMoment('select count(*) from sqlite_master').all([])
      snapshots += 1
      let isOpen = true
      return {
        read: reader(
          async (sql, args) => ofMoment(sql).all(args.map(bindable)).filter(isRow),
          () => 0,
        ),
        close() {
          if (!isOpen) return
          isOpen = false
          snapshots -= 1
          connection.close()
        },
      }
    },
    revision: () => revision,
    close() {
      writer.exec(`pragma busy_timeout = ${busyMillisecondsMax}`)
      if (queue.length > 0) flush()
      readonly.close()
      writer.close()
    },
  }
}

function isRow(row: unknown): row is Row {
  return Array.isArray(row)
}

function prepared(connection: NativeConnection, shape: (statement: NativeStatement) => NativeStatement) {
  const kept = new Map<string, NativeStatement>()
  return (sql: string) => {
    const known = kept.get(sql)
    if (known) return known
    const oldest = kept.keys().next().value
    if (kept.size >= preparedStatementsMax && oldest !== undefined) kept.delete(oldest)
    const made = shape(connection.prepare(sql))
    kept.set(sql, made)
    return made
  }
}

/**
 * libsql-server or Turso over HTTP: one round trip a read, one a write. On Workers make one per request: a client kept
 * between requests is woken by another request's promise, which the runtime forbids.
 */
export function remote(client: Client): Database {
  let revision = 0
  return {
    read: reader(
      async (sql, args) => {
        try {
          const { rows } = await client.execute({ sql, args: args.map(bindable) })
          return rows.map((row) => Array.from({ length: row.length }, (_, i) => row[i]))
        } catch (error) {
          throw toDatabaseError(error)
        }
      },
      () => undefined,
    ),
    async write(statements) {
      try {
        await client.batch(
          statements.map(({ sql, args }) => ({ sql, args: args.map(bindable) })),
          'write',
        )
        revision += 1
      } catch (error) {
        throw toDatabaseError(error)
      }
    },
    purge: () => Promise.resolve(),
    snapshot: () => undefined,
    revision: () => revision,
    close: () => client.close(),
  }
}

function toDatabaseError(error: unknown): DatabaseError {
  const text =
    error instanceof Error
      ? `${'code' in error ? String(error.code) : ''} ${error.name} ${error.message}`
      : String(error)
  if (/\bstale\b/.test(text)) return new DatabaseError('stale', error)
  if (/SQLITE_BUSY|SQLITE_LOCKED|database is locked/.test(text)) return new DatabaseError('busy', error)
  if (/UNIQUE constraint|SQLITE_CONSTRAINT_(UNIQUE|PRIMARYKEY)/.test(text)) return new DatabaseError('unique', error)
  if (/fetch failed|TimeoutError|AbortError|timed out|ECONN|Network connection lost|HTTP status 5\d\d/i.test(text))
    return new DatabaseError('unreachable', error)
  return new DatabaseError('other', error)
}
