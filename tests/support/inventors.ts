import { type IssuedGrant, issuedGrant } from '../../src/grants/grant.ts'
import type { Organisation } from '../../src/organisations/organisation.ts'
import { type Patent, patent } from '../../src/patents/patent.ts'
import { type Move, move } from '../../src/standing/move.ts'
import { accepting, enrolled } from './opening.ts'
import { type SignedIn, signedIn } from './people.ts'
import { type Answer, type Caller, type LocalRegistry, openLocalRegistry, type Registry } from './registry.ts'

export const hanako = { name: '入会 花子', orcid: 'https://orcid.org/0000-0002-1825-0097' }
export const namesake = { name: '入会 花子', orcid: 'https://orcid.org/0000-0001-5109-3700' }

export type Member = { organisation: Organisation; officer: Caller }

/** An inventor who works at Kyoto, which holds the patent; other places to move to. */
export type Laboratory = LocalRegistry & {
  kyoto: Member
  osaka: Member
  nara: Member
  honda: Member
  patent: Patent
  inventor: SignedIn
}

export async function openLaboratory(): Promise<Laboratory> {
  const registry = await openLocalRegistry()
  const [kyoto, osaka, nara, honda] = await Promise.all([
    member(registry),
    member(registry),
    member(registry),
    member(registry, 'company'),
  ])
  const made = await enrolled(kyoto.officer, [kyoto.organisation], printed())
  const inventor = await signedIn(registry, hanako)
  return { ...registry, kyoto, osaka, nara, honda, patent: made, inventor }
}

export async function member(registry: Registry, kind: Organisation['kind'] = 'university'): Promise<Member> {
  const organisation = await registry.organisation({ kind })
  return { organisation, officer: await registry.member(organisation.id) }
}

/** Inventors as printed: Hanako is the second. */
export function printed(more: Record<string, unknown> = {}) {
  return { inventors: [{ name: '京都 太郎' }, { name: '入會花子', romanised: 'IRIAI, Hanako' }], ...more }
}

export function claimPath({ number }: Pick<Patent, 'number'>, verb = 'claim', n = 2): string {
  return `/v1/patents/${encodeURIComponent(number)}/inventors/${n}/${verb}`
}

/** Claims the place and has the holder confirm it. */
export async function confirmed({ inventor, kyoto, patent: made }: Laboratory): Promise<void> {
  ok(await inventor.post(claimPath(made), {}))
  ok(await kyoto.officer.post(claimPath(made, 'confirmation'), { state: 'confirmed' }))
}

export async function worksAt(person: Caller, { organisation }: Member, from = '2026-04-01'): Promise<string> {
  const answer = ok(await person.post('/v1/me/affiliations', { organisation: organisation.id, from }))
  return String(JSON.parse(answer.text).id)
}

/** A request for an inventor grant. */
export function inventorGrantOf(more: Record<string, unknown> = {}) {
  return {
    kind: 'inventor',
    purpose: 'basic_research',
    mode: 'on',
    project: { title: 'Ion transport, continued' },
    acceptTerms: accepting('RPC-INVENTOR-1.0'),
    ...more,
  }
}

export async function inventorGrant(person: Caller, more: Record<string, unknown> = {}): Promise<IssuedGrant> {
  return (await person.post('/v1/grants', inventorGrantOf(more))).as(issuedGrant)
}

export async function moved(person: Caller, { organisation }: Member): Promise<Move> {
  return (await person.post('/v1/me/moves', { to: organisation.id })).as(move)
}

/** Puts these iDs on the patent as its holder's officer. */
export async function putInventors(officer: Caller, { number }: Patent, inventors: unknown): Promise<Answer> {
  const path = `/v1/patents/${encodeURIComponent(number)}`
  const headers = { 'If-Match': (await officer.get(path)).headers.get('ETag') ?? '' }
  return officer.patch(path, { inventors }, headers)
}

export async function patentNow(caller: Caller, { number }: Patent): Promise<Patent> {
  return (await caller.get(`/v1/patents/${encodeURIComponent(number)}`)).as(patent)
}

export function ok(answer: Answer): Answer {
  if (answer.status >= 300) throw new Error(`${answer.status} ${answer.text.slice(0, 2000)}`)
  return answer
}
