import { commit } from '../../src/log/commit.ts'
import type { LocalRegistry } from './registry.ts'

/** Many patents in one act, as an import leaves them. */
export async function portfolioOf(registry: LocalRegistry, holders: readonly string[], count: number, first: number) {
  const ctx = registry.context()
  const at = ctx.now.toISOString()
  for (let from = 0; from < count; from += 1000) {
    const lines = Array.from({ length: Math.min(1000, count - from) }, (_, i) => ({
      id: ctx.newId(),
      number: `JP-${first + from + i}-B2`,
      key: `JP:grant:${first + from + i}`,
    }))
    const text = JSON.stringify(lines)
    await commit(ctx, {
      write: [
        {
          sql: `insert into patents (id, number, office, title_ja, filed_on, version, created_at, updated_at)
                select value ->> 'id', value ->> 'number', 'JP', '固体電解質', '2015-01-01', 1, ?1, ?1 from json_each(?2)`,
          args: [at, text],
        },
        {
          sql: `insert into patent_numbers (key, patent_id, docdb, position)
                select value ->> 'key', value ->> 'id', value ->> 'number', 0 from json_each(?1)`,
          args: [text],
        },
        ...holders.map((id, position) => ({
          sql: `insert into patent_holders (patent_id, organisation_id, position)
                select value ->> 'id', ?1, ?2 from json_each(?3)`,
          args: [id, position, text],
        })),
      ],
      events: [{ event: 'test', subject: 'test', source: 'test' }],
      touched: lines.map(({ id }) => id),
      answer: undefined,
    })
  }
}

/** The process ends after so many writes, until it is restarted. */
export function endingAfter({ db }: LocalRegistry, writes: number): () => void {
  const write = db.write
  let left = writes
  db.write = async (statements) => {
    if (left === 0) throw new Error('the process has ended')
    left -= 1
    return write(statements)
  }
  return () => {
    db.write = write
  }
}
