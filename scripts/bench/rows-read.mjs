// How many rows a question reads: the same question, put to libsql-server over a copy of the same file, which says with each
// statement how many rows it stepped over (`rows_read`). The rows of the text index count as hits; what FTS5 reads within
// its own tables for them does not.
import { constants, copyFileSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { startSqld } from '../sqld.ts'

/** @returns the registry's database over the server; `taken()` gives the rows read since it was called before */
export async function countingDatabase(product, file, folder) {
  const home = join(folder, 'data/dbs/default')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(home, { recursive: true })
  copyFileSync(file, join(home, 'data'), constants.COPYFILE_FICLONE)
  const server = await startSqld(folder)
  let rowsRead = 0
  const execute = async ({ sql, args }) => {
    const stmt = { sql, args: args.map(hranaValue) }
    const response = await fetch(`${server.url}/v2/pipeline`, {
      method: 'POST',
      body: JSON.stringify({ requests: [{ type: 'execute', stmt }, { type: 'close' }] }),
    })
    const [{ type, response: answer, error }] = (await response.json()).results
    if (type !== 'ok') throw new Error(`libsql-server: ${error.message}: ${sql}`)
    rowsRead += answer.result.rows_read
    return { rows: answer.result.rows.map((row) => row.map(plainValue)) }
  }
  return {
    db: product.remote({ execute, batch: () => Promise.reject(new Error('this copy is only read')), close() {} }),
    taken() {
      const taken = rowsRead
      rowsRead = 0
      return taken
    },
    async stop() {
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function hranaValue(value) {
  if (value === null) return { type: 'null' }
  if (typeof value === 'bigint') return { type: 'integer', value: String(value) }
  if (typeof value === 'number') return { type: 'float', value }
  return { type: 'text', value: String(value) }
}

function plainValue({ type, value }) {
  if (type === 'null') return null
  return type === 'integer' ? Number(value) : value
}
