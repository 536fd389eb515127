import { findTerms, type Terms } from '../../policies/terms.ts'
import { newClient } from '../../src/clients/client.ts'
import { type Declaration, declaration } from '../../src/declarations/declaration.ts'
import { type IssuedGrant, issuedGrant } from '../../src/grants/grant.ts'
import type { Organisation } from '../../src/organisations/organisation.ts'
import { type Patent, patent } from '../../src/patents/patent.ts'
import { patentOf } from './patents.ts'
import { type Caller, type LocalRegistry, officerScopes, openLocalRegistry } from './registry.ts'

export type Member = { organisation: Organisation; officer: Caller }

/** A registry with two holders, an institution that asks for grants, and one that has nothing to do with any of it. */
export type Holders = LocalRegistry & {
  kyoto: Member
  toyota: Member
  osaka: Member
  nara: Member
  /** Of Kyoto alone. */
  own: Patent
  /** Of Kyoto and Toyota. */
  shared: Patent
}

export async function openHolders(): Promise<Holders> {
  first ??= fill()
  const { beginning, members, own, shared } = await first
  const registry = await openLocalRegistry({ beginning })
  const [kyoto, toyota, osaka, nara] = members.map(({ organisation, credentials }) => ({
    organisation: structuredClone(organisation),
    officer: registry.client(credentials),
  }))
  if (!kyoto || !toyota || !osaka || !nara) throw new Error('there are four')
  return { ...registry, kyoto, toyota, osaka, nara, own: structuredClone(own), shared: structuredClone(shared) }
}

/** Of this test file: made once, then copied. */
let first: ReturnType<typeof fill> | undefined

async function fill() {
  const registry = await openLocalRegistry()
  const enrol = async (kind: Organisation['kind']) => {
    const organisation = await registry.organisation({ kind })
    const input = { name: 'Test', role: 'officer', scopes: officerScopes }
    const made = await registry.steward.post(`/v1/organisations/${organisation.id}/clients`, input)
    const credentials = made.as(newClient)
    return { organisation, credentials, officer: registry.client(credentials) }
  }
  const [kyoto, toyota, osaka, nara] = await Promise.all([
    enrol('university'),
    enrol('company'),
    enrol('university'),
    enrol('university'),
  ])
  const own = await enrolPatent(kyoto.officer, [kyoto])
  const shared = await enrolPatent(kyoto.officer, [kyoto, toyota])
  return { beginning: registry.copy(), members: [kyoto, toyota, osaka, nara], own, shared }
}

export async function enrolPatent(officer: Caller, holders: readonly Member[]): Promise<Patent> {
  return (await officer.post('/v1/patents', patentOf(holders.map(({ organisation }) => organisation)))).as(patent)
}

export function declarationOf(numbers: readonly string[], termsId = 'RPC-ACADEMIC-1.0') {
  return { termsId, termsSha256: publishedTerms(termsId).sha256, numbers, encumbrancesChecked: true }
}

export async function declare(officer: Caller, numbers: readonly string[], termsId?: string): Promise<Declaration> {
  return (await officer.post('/v1/declarations', declarationOf(numbers, termsId))).as(declaration)
}

export function grantOf(numbers: readonly string[], more: Record<string, unknown> = {}) {
  return {
    numbers,
    purpose: 'basic_research',
    mode: 'with',
    project: { title: 'Ion transport' },
    grantee: { name: '入会 花子' },
    acceptTerms: ['RPC-ACADEMIC-1.0', 'RPC-OPEN-1.0'].map((id) => ({ id, sha256: publishedTerms(id).sha256 })),
    ...more,
  }
}

export async function grant(officer: Caller, numbers: readonly string[]): Promise<IssuedGrant> {
  return (await officer.post('/v1/grants', grantOf(numbers))).as(issuedGrant)
}

function publishedTerms(id: string): Terms {
  const terms = findTerms(id)
  if (!terms) throw new Error(`${id} is not published`)
  return terms
}

/** So many patents more, without a word to anybody: rows alone, for what depends on how many there are. */
export async function holdMore(
  { db }: Pick<LocalRegistry, 'db'>,
  organisationId: string,
  count: number,
): Promise<void> {
  const numbered = 'with recursive n(i) as (select 1 union all select i + 1 from n where i < ?)'
  await db.write([
    {
      sql: `insert into patents (id, number, office, filed_on, version, created_at, updated_at)
            ${numbered} select 'more-' || i, 'XX-' || i, 'XX', '2015-06-01', 1, '2026-11-21T09:00:00.000Z', '2026-11-21T09:00:00.000Z' from n`,
      args: [count],
    },
    {
      sql: `insert into patent_holders (patent_id, organisation_id, position) ${numbered} select 'more-' || i, ?, 0 from n`,
      args: [count, organisationId],
    },
  ])
}
