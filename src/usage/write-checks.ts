import type { Context } from '../context.ts'
import { DatabaseError } from '../database.ts'
import { addChecks } from './queries.ts'

/** Rows of one write: some 300 kB. */
const rowsPerWriteMax = 5000

/**
 * Writes down what was counted in memory. What could not be written is counted again later, unless it may have been
 * written after all: so counts are never too high.
 * @returns how many rows
 */
export async function writeChecks({ db, tally }: Pick<Context, 'db' | 'tally'>): Promise<number> {
  const counted = tally?.take() ?? []
  for (let at = 0; at < counted.length; at += rowsPerWriteMax) {
    try {
      await addChecks(db, counted.slice(at, at + rowsPerWriteMax))
    } catch (error) {
      const unknown = error instanceof DatabaseError && error.fault === 'unreachable'
      tally?.putBack(counted.slice(unknown ? at + rowsPerWriteMax : at))
      throw error
    }
  }
  return counted.length
}
