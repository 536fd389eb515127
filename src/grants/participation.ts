import { findTerms } from '../../policies/terms.ts'
import type { PatentFacts } from '../patents/facts.ts'
import type { CoveredPatent } from './queries.ts'

/** Every participation agreement includes these terms for the holder's own former inventors, for enrolled patents. */
const inventorTerms = 'RPC-INVENTOR-1.0'
const inventorTermsPrefix = 'RPC-INVENTOR-'
const impliedPrefix = 'participation-agreement:'

/** An organisation's participation: since when it has been a member; absent when it is not, or has left. */
export type Participation = { since: string; version: number }

/**
 * The facts as an inventor grant reads them: declarations under terms for inventors alone. Where the holders have
 * recorded none, the participation agreements of all of them stand in for one, from the day the last of them joined.
 * Pure; `decide` then judges it like any other.
 */
export function inventorFacts(
  facts: PatentFacts,
  participations: ReadonlyMap<string, Participation>,
  on: string,
): PatentFacts {
  const declarations = facts.declarations.filter(({ termsId }) => termsId.startsWith(inventorTermsPrefix))
  if (declarations.length > 0) return { ...facts, declarations }
  const terms = findTerms(inventorTerms)
  const holders = facts.holders.filter(
    ({ from, until }) => (from === undefined || from <= on) && (until === undefined || until >= on),
  )
  const joined = holders.map(({ id }) => participations.get(id)?.since)
  const last = joined
    .filter((since) => since !== undefined)
    .sort()
    .at(-1)
  if (terms === undefined || last === undefined || joined.includes(undefined)) return { ...facts, declarations }
  const implied = {
    id: `${impliedPrefix}${facts.patentId}`,
    version: 0,
    termsId: terms.id,
    termsSha256: terms.sha256,
    from: last,
    state: 'in_force' as const,
    inForceFrom: last,
  }
  return { ...facts, declarations: [implied] }
}

export function isDeclared(declarationId: string): boolean {
  return !declarationId.startsWith(impliedPrefix)
}

/** What is said of a covered patent: its terms, and what the permission rests on. */
export function coverOf({ termsId, declarationId }: CoveredPatent) {
  return declarationId === null
    ? { terms: termsId, basis: 'participation_agreement' as const }
    : { terms: termsId, declaration: declarationId, basis: 'declaration' as const }
}
