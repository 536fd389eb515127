import { DatabaseError } from '../database.ts'
import { RegistryError } from '../errors.ts'

/** A step of the work may come in between what an officer read and what they ask: then it is decided again. */
export async function settled<Answer>(decide: () => Promise<Answer>): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await decide()
    } catch (error) {
      if (!(error instanceof DatabaseError) || error.fault !== 'stale') throw error
      if (attempt >= attemptsMax) throw new RegistryError('conflict', 'The import goes on meanwhile. Try again.')
    }
  }
}

const attemptsMax = 20
