import { pinnedFingerprints, type TermsId } from '../../policies/terms.ts'
import { type Declaration, declaration } from '../../src/declarations/declaration.ts'
import { type IssuedGrant, issuedGrant, type Verification, verification } from '../../src/grants/grant.ts'
import type { Organisation, OrganisationInput } from '../../src/organisations/organisation.ts'
import { type Patent, patent } from '../../src/patents/patent.ts'
import { patentOf } from './patents.ts'
import type { Caller, Registry } from './registry.ts'

/** Research that every kind of terms but RPC-INVENTOR permits to a university. */
export const research = { purpose: 'basic_research', mode: 'with', beneficiary: 'university' } as const

export function accepting(...ids: readonly TermsId[]): { id: string; sha256: string }[] {
  return ids.map((id) => ({ id, sha256: pinnedFingerprints[id] }))
}

/** A declaration as an officer sends it. */
export function declarationOf(termsId: TermsId, numbers: readonly string[], more: Record<string, unknown> = {}) {
  return { termsId, termsSha256: pinnedFingerprints[termsId], numbers, encumbrancesChecked: true, ...more }
}

/** A request for a grant as an officer of the institution sends it. */
export function grantOf(numbers: readonly string[], terms: readonly TermsId[], more: Record<string, unknown> = {}) {
  return {
    numbers,
    purpose: 'basic_research',
    mode: 'with',
    project: { title: 'Ion transport' },
    grantee: { name: '入会 花子' },
    acceptTerms: accepting(...terms),
    ...more,
  }
}

export type Opened = { holder: Organisation; officer: Caller; patents: Patent[]; declaration: Declaration }

/** A new organisation with patents of its own, all open under these terms. */
export async function opened(
  registry: Registry,
  termsId: TermsId,
  options: {
    count?: number
    patent?: Record<string, unknown>
    organisation?: Partial<OrganisationInput>
    declaration?: Record<string, unknown>
  } = {},
): Promise<Opened> {
  const holder = await registry.organisation(options.organisation)
  const officer = await registry.member(holder.id)
  const patents = await Promise.all(
    Array.from({ length: options.count ?? 1 }, () => enrolled(officer, [holder], options.patent)),
  )
  const declared = await officer.post(
    '/v1/declarations',
    declarationOf(termsId, numbersOf(patents), options.declaration),
  )
  return { holder, officer, patents, declaration: declared.as(declaration) }
}

export async function enrolled(
  officer: Caller,
  holders: readonly { id: string }[],
  more: Record<string, unknown> = {},
): Promise<Patent> {
  return (await officer.post('/v1/patents', patentOf(holders, more))).as(patent)
}

export async function granted(officer: Caller, request: Record<string, unknown>): Promise<IssuedGrant> {
  return (await officer.post('/v1/grants', request)).as(issuedGrant)
}

export async function verified(registry: Pick<Registry, 'anonymous'>, token: string): Promise<Verification> {
  return (await registry.anonymous.post('/v1/grants/verify', { token })).as(verification)
}

/** The first check that did not pass, by name. */
export function failing({ checks }: Verification): string | undefined {
  return checks.find(({ passed }) => passed !== true)?.name
}

export function numbersOf(patents: readonly { number: string }[]): string[] {
  return patents.map(({ number }) => number)
}

export function codes(given: { code: string }[] | readonly { code: string }[] | undefined): string[] {
  return (given ?? []).map(({ code }) => code)
}

/** Runs over all of them, so many at a time. */
export async function inParallel<Item, Made>(
  items: readonly Item[],
  atOnce: number,
  run: (item: Item) => Promise<Made>,
): Promise<Made[]> {
  const made: Made[] = []
  for (let at = 0; at < items.length; at += atOnce)
    made.push(...(await Promise.all(items.slice(at, at + atOnce).map(run))))
  return made
}

/** A ROR id that no other test uses, with its checksum (ISO 7064 MOD 97-10 over base 32). */
export function newRor(): string {
  const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'
  const characters = Array.from(crypto.getRandomValues(new Uint8Array(6)), (byte) => alphabet.charAt(byte % 32))
  const value = characters.reduce((sum, one) => sum * 32 + alphabet.indexOf(one), 0)
  return `https://ror.org/0${characters.join('')}${String(98 - ((value * 100) % 97)).padStart(2, '0')}`
}
