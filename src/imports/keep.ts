import type { Database, Statement } from '../database.ts'

/**
 * Keeps what is nobody's act: chunks of an upload, what a row would do, how far the reading is. All of it is private to
 * the organisation and goes when the import is over; what it does to patents goes through `commit`.
 */
export function keep(db: Database, statements: readonly Statement[]): Promise<void> {
  return db.write(
    statements.flatMap((change) =>
      change.expects === undefined
        ? [change]
        : [change, { sql: 'insert into guard select changes() = 1, ?', args: [change.expects] }],
    ),
  )
}
