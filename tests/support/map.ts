import { declarationOf } from './holders.ts'
import type { Caller } from './registry.ts'

/** Opens patents of one holder under RPC-OPEN-1.0. */
export async function declareOpen(officer: Caller, numbers: readonly string[]): Promise<void> {
  const answer = await officer.post('/v1/declarations', declarationOf(numbers, 'RPC-OPEN-1.0'))
  if (answer.status >= 300) throw new Error(answer.text)
}
