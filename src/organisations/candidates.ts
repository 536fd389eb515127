import { z } from '@hono/zod-openapi'
import type { Reader } from '../database.ts'
import { known } from '../shapes.ts'
import { findOrganisationsByName } from './name-queries.ts'
import { organisationKind, organisationState } from './organisation.ts'
import { findOrganisations, listOrganisations } from './queries.ts'
import { parseRor } from './ror.ts'
import { rorById, rorContaining } from './ror-names.ts'

/** A choice that fits one screen; narrower words find the rest. */
export const candidatesShownMax = 20

export const candidateExample = {
  source: 'ror',
  ror: 'https://ror.org/02kpeqv85',
  name: { ja: '京都大学', en: 'Kyoto University' },
  kind: 'university',
  country: 'JP',
  city: 'Kyoto',
}

/** An organisation that may be meant: a record of the registry, or one of the carried list. */
export const candidate = z
  .object({
    source: z.enum(['registry', 'ror']),
    id: z.uuid().exactOptional(),
    state: organisationState.exactOptional(),
    ror: z.string().exactOptional(),
    name: z.object({ ja: z.string().exactOptional(), en: z.string().exactOptional() }),
    kind: organisationKind,
    country: z.string(),
    city: z.string().exactOptional(),
  })
  .openapi('OrganisationCandidate', { example: candidateExample })
export type Candidate = z.infer<typeof candidate>

/** By ROR id in any spelling, or by part of a name. What is in the registry comes first, and once. */
export async function candidatesFor(read: Reader, q: string): Promise<Candidate[]> {
  const ror = parseRor(q)
  const byId = ror === undefined ? undefined : rorById(ror)
  const words = byId?.name.ja ?? byId?.name.en ?? q
  const registered = await registeredAs(read, words)
  const listed = byId ? [byId] : rorContaining(q, candidatesShownMax)
  const seen = new Set(registered.map((one) => one.ror))
  return [
    ...registered.map(({ id, state, ror, name, kind, country }) =>
      known({ source: 'registry' as const, id, state, ror, name, kind, country }),
    ),
    ...listed.filter((one) => !seen.has(one.ror)).map((one) => ({ source: 'ror' as const, ...one })),
  ].slice(0, candidatesShownMax)
}

async function registeredAs(read: Reader, words: string) {
  const filter = { q: words, includeApplied: false }
  const [exact, joined, named] = await Promise.all([
    findOrganisationsByName(read, [words]),
    listOrganisations(read, filter, undefined, candidatesShownMax),
    listOrganisations(read, { ...filter, state: 'named' }, undefined, candidatesShownMax),
  ])
  const ids = (exact.get(words) ?? []).filter(({ state }) => state !== 'applied').map(({ id }) => id)
  const byName = await findOrganisations(read, ids)
  return [...new Map([...byName.values(), ...joined, ...named].map((one) => [one.id, one])).values()]
}
