import fc from 'fast-check'
import { expect, test } from 'vitest'
import { declaration } from '../../src/declarations/declaration.ts'
import { publicGrant } from '../../src/grants/grant.ts'
import { registryContext } from '../../src/node.ts'
import { inventions } from '../../src/patents/inventors/inventor-claim.ts'
import { openSession } from '../../src/people/sign-in.ts'
import { checkRegistry } from '../support/check-registry.ts'
import {
  claimPath,
  hanako,
  inventorGrantOf,
  member,
  namesake,
  openLaboratory,
  patentNow,
  printed,
  putInventors,
} from '../support/inventors.ts'
import { accepting, declarationOf, enrolled } from '../support/opening.ts'
import { type SignedIn, signedIn, withSession } from '../support/people.ts'
import type { Answer } from '../support/registry.ts'

/** Two namesakes with iDs, and one who signed in at an institution only. */
const people: readonly { name: string; orcid?: string }[] = [hanako, namesake, { name: '入会 花子' }]
const who = fc.nat({ max: people.length - 1 })
const place = fc.record({ patent: fc.nat({ max: 1 }), n: fc.integer({ min: 1, max: 2 }) })
const organisation = fc.nat({ max: 3 })

const command = fc.oneof(
  { weight: 4, arbitrary: fc.record({ does: fc.constant('claim' as const), who, place }) },
  { weight: 5, arbitrary: fc.record({ does: fc.constant('confirm' as const), place, which: fc.nat({ max: 2 }) }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('reject' as const), place, which: fc.nat({ max: 2 }) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('reverse' as const), place }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('takeBack' as const), who, place }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('put' as const), place, who }) },
  { weight: 5, arbitrary: fc.record({ does: fc.constant('work' as const), who, organisation }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('record' as const), who, organisation }) },
  {
    weight: 3,
    arbitrary: fc.record({ does: fc.constant('vouch' as const), which: fc.nat({ max: 9 }), yes: fc.boolean() }),
  },
  { weight: 4, arbitrary: fc.record({ does: fc.constant('end' as const), which: fc.nat({ max: 9 }) }) },
  { weight: 4, arbitrary: fc.record({ does: fc.constant('move' as const), who, organisation }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('moveTo' as const), who, organisation }) },
  { weight: 8, arbitrary: fc.record({ does: fc.constant('invent' as const), who }) },
  { weight: 4, arbitrary: fc.record({ does: fc.constant('research' as const), who }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('declare' as const), patent: fc.nat({ max: 1 }) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('withdraw' as const) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('expire' as const), patent: fc.nat({ max: 1 }) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 400 }) }) },
)
type Command = typeof command extends fc.Arbitrary<infer Value> ? Value : never

/** Every history begins with an inventor and a researcher at work. */
const beginning: readonly Command[] = [
  { does: 'claim', who: 0, place: { patent: 0, n: 2 } },
  { does: 'confirm', place: { patent: 0, n: 2 }, which: 0 },
  { does: 'work', who: 0, organisation: 0 },
  { does: 'invent', who: 0 },
  { does: 'declare', patent: 0 },
  { does: 'record', who: 1, organisation: 1 },
  { does: 'research', who: 1 },
]

/** What holders have said, as the test heard it: by place, the person or the iD. */
type Said = { person?: string | undefined; orcid?: string | undefined }

async function openHistory() {
  const lab = await openLaboratory()
  const other = await enrolled(lab.kyoto.officer, [lab.kyoto.organisation], printed())
  const nagoya = await member(lab)
  const signed = await Promise.all(people.map((person) => signedIn(lab, person)))
  const ids = signed.map(({ person }) => person.id)
  const sessions = new Map(signed.map((one, i) => [i, one] as const))
  return {
    ...lab,
    patents: [lab.patent, other],
    members: [nagoya, lab.osaka, lab.nara, lab.honda],
    ids,
    sessions,
    said: new Map<string, Said>(),
    declared: [] as string[],
  }
}
type History = Awaited<ReturnType<typeof openHistory>>

/** One step; what it answers is a refusal as often as not. */
async function run(history: History, step: Command): Promise<void> {
  const { kyoto, said } = history
  const patentAt = (i: number) => history.patents[i] ?? history.patent
  const memberAt = (i: number) => history.members[i] ?? history.kyoto
  const personAt = (i: number): SignedIn => history.sessions.get(i) ?? history.inventor
  const keyOf = (at: { patent: number; n: number }) => `${at.patent}/${at.n}`
  switch (step.does) {
    case 'claim':
      await personAt(step.who).post(claimPath(patentAt(step.place.patent), 'claim', step.place.n), {})
      return
    case 'confirm':
    case 'reject': {
      const claimant = history.sessions.get(step.which)
      const mine = claimant && (await claimant.get('/v1/me/inventions')).as(inventions)
      const claim = mine?.claimed.find(
        (one) => one.patent === patentAt(step.place.patent).number && one.inventor === step.place.n,
      )
      const path = claimPath(patentAt(step.place.patent), 'confirmation', step.place.n)
      const input = { state: step.does === 'confirm' ? 'confirmed' : 'rejected', ...(claim ? { claim: claim.id } : {}) }
      const answer = await kyoto.officer.post(path, step.does === 'confirm' ? input : { ...input, reason: 'No.' })
      if (answer.status !== 200 || step.does === 'reject') return
      // Without the name of a claim the only one that waits is meant, whoever's it is.
      const sql = 'select person_id from inventor_claims where id = ?'
      const [row] = await history.db.read.rows(sql, [JSON.parse(answer.text).claim.id])
      const i = history.ids.indexOf(String(row?.[0]))
      said.set(keyOf(step.place), { person: history.ids[i], orcid: people[i]?.orcid })
      return
    }
    case 'reverse': {
      const path = claimPath(patentAt(step.place.patent), 'confirmation', step.place.n)
      const open = said.has(keyOf(step.place))
      const input = { state: 'rejected', reason: 'A mistake.', ground: 'issued_in_error' }
      const standing = await history.db.read.rows(
        `select count(*) from inventor_claims where patent_id = ? and position = ? and state in ('claimed', 'disputed')`,
        [patentAt(step.place.patent).id, step.place.n - 1],
      )
      if (Number(standing[0]?.[0]) > 0) return
      const answer = await kyoto.officer.post(path, input)
      expect(answer.status === 200).toBe(open)
      said.delete(keyOf(step.place))
      return
    }
    case 'takeBack': {
      const answer = await personAt(step.who).send(
        'POST',
        claimPath(patentAt(step.place.patent), 'withdrawal', step.place.n),
        { headers: { 'Content-Type': 'application/json' } },
      )
      if (answer.status === 200 && said.get(keyOf(step.place))?.person === history.ids[step.who])
        said.delete(keyOf(step.place))
      return
    }
    case 'put': {
      const { inventors } = await patentNow(kyoto.officer, patentAt(step.place.patent))
      const orcid = people[step.who]?.orcid
      const after = inventors.map(({ orcid: had, ...one }, i) =>
        i === step.place.n - 1 ? { ...one, ...(orcid ? { orcid } : {}) } : { ...one, ...(had ? { orcid: had } : {}) },
      )
      const answer = await putInventors(kyoto.officer, patentAt(step.place.patent), after)
      if (answer.status !== 200) return
      const { person } = said.get(keyOf(step.place)) ?? {}
      if (person === undefined && orcid === undefined) said.delete(keyOf(step.place))
      else said.set(keyOf(step.place), { person, orcid })
      return
    }
    case 'work': {
      const input = { organisation: memberAt(step.organisation).organisation.id, from: '2026-04-01' }
      await personAt(step.who).post('/v1/me/affiliations', input)
      return
    }
    case 'record':
    case 'moveTo': {
      const { organisation: at, officer } = memberAt(step.organisation)
      const path = `/v1/organisations/${at.id}/${step.does === 'record' ? 'affiliations' : 'moves'}`
      await officer.post(path, { orcid: people[step.who]?.orcid ?? '', from: '2026-11-01' })
      return
    }
    case 'vouch':
    case 'end': {
      const rows = await history.db.read.rows('select id, organisation_id from affiliations order by id', [])
      const row = rows[step.which % Math.max(rows.length, 1)]
      const officer = history.members.find((one) => one.organisation.id === row?.[1])?.officer
      if (!row || !officer) return
      const path = `/v1/affiliations/${String(row[0])}`
      if (step.does === 'end') await officer.post(`${path}/end`, {})
      else
        await officer.post(
          `${path}/confirmation`,
          step.yes ? { state: 'confirmed' } : { state: 'rejected', reason: 'No.' },
        )
      return
    }
    case 'move':
      await personAt(step.who).post('/v1/me/moves', { to: memberAt(step.organisation).organisation.id })
      return
    case 'invent':
      await personAt(step.who).post('/v1/grants', inventorGrantOf())
      return
    case 'research': {
      const acceptTerms = accepting('RPC-ACADEMIC-1.0')
      const numbers = history.patents.map(({ number }) => number)
      await personAt(step.who).post('/v1/grants', inventorGrantOf({ kind: 'research', numbers, acceptTerms }))
      return
    }
    case 'declare': {
      const made = await kyoto.officer.post(
        '/v1/declarations',
        declarationOf('RPC-ACADEMIC-1.0', [patentAt(step.patent).number]),
      )
      if (made.status === 201) history.declared.push(made.as(declaration).id)
      return
    }
    case 'withdraw': {
      const id = history.declared.pop()
      const before = await statuses(history)
      if (id) await kyoto.officer.post(`/v1/declarations/${id}/withdrawal`, { reason: 'Assigned.' })
      expect(await statuses(history)).toEqual(before)
      return
    }
    case 'expire': {
      const path = `/v1/patents/${encodeURIComponent(patentAt(step.patent).number)}`
      const on = history.clock.now.toISOString().slice(0, 10)
      const before = await statuses(history)
      const headers = { 'If-Match': (await kyoto.officer.get(path)).headers.get('ETag') ?? '' }
      await kyoto.officer.patch(path, { status: { value: 'expired', on, source: 'J-PlatPat', seenOn: on } }, headers)
      expect(await statuses(history)).toEqual(before)
      return
    }
    case 'wait':
      history.clock.now = new Date(history.clock.now.getTime() + step.days * 86_400_000)
      for (const [i, person] of people.entries()) {
        if (person.orcid !== undefined) history.sessions.set(i, await signedIn(history, person))
        else history.sessions.set(i, await signedInAgain(history, i))
      }
  }
}

/** The one without an iD would be a new person at each sign-in. */
async function signedInAgain(history: History, i: number): Promise<SignedIn> {
  const { db, keys, url, clock } = history
  const before = history.sessions.get(i) ?? history.inventor
  const sessionId = await openSession(registryContext(db, keys, url, clock.now), before.person.id, 'Test')
  return { ...(await withSession(history, sessionId)), person: before.person }
}

async function statuses({ db }: History) {
  return db.read.rows('select id, state from grants order by id', [])
}

const seen = { inventor: 0, research: 0, superseded: 0, revoked: 0, suspended: 0, notNeeded: 0 }

/** Whoever has a grant that is valid now is, now, its inventor at an institution, or a researcher whom one stands behind. */
async function checkGrants(history: History): Promise<void> {
  const rows = await history.db.read.rows(
    'select id, person_id, organisation_id, kind, state from grants order by id',
    [],
  )
  for (const [id, personId, organisationId, , state] of rows) {
    const answer: Answer = await history.anonymous.get(`/v1/grants/${String(id)}`)
    const grant = answer.as(publicGrant)
    if (state === 'superseded' || state === 'revoked' || state === 'suspended') seen[state] += 1
    if (grant.status !== 'valid') continue
    seen[grant.kind] += 1
    const orcid = people[history.ids.indexOf(String(personId))]?.orcid
    const posts = await history.db.read.rows(
      `select state, source from affiliations where organisation_id = ? and state in ('asserted', 'confirmed')
       and (person_id = ? or orcid = ?)`,
      [String(organisationId), String(personId), orcid ?? null],
    )
    const vouched = posts.some(([held, source]) => held === 'confirmed' || source !== 'self')
    const institution = history.members.find((one) => one.organisation.id === organisationId)?.organisation
    expect(institution?.kind, 'works at an institution not run for profit').toBe('university')
    expect(grant.kind === 'inventor' ? posts.length > 0 : vouched, `${grant.kind} ${String(id)} works there`).toBe(true)
    for (const { number, now } of grant.patents) {
      if (!now.needed) seen.notNeeded += 1
      if (grant.kind === 'research') continue
      const at = history.patents.findIndex((one) => one.number === number)
      const places = [1, 2].map((n) => history.said.get(`${at}/${n}`))
      const inventor = places.some((one) =>
        one?.person === undefined ? orcid !== undefined && one?.orcid === orcid : one.person === personId,
      )
      expect(inventor, `is a confirmed inventor of ${number}`).toBe(true)
    }
  }
}

test('in whatever order people claim, move, leave and holders decide, no grant is valid for one who is not eligible then', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(command, { minLength: 20, maxLength: 35, size: 'max' }), async (steps) => {
      const history = await openHistory()
      for (const step of [...beginning, ...steps]) {
        await run(history, step)
        await checkGrants(history)
      }
      await checkRegistry(history)
    }),
    { numRuns: 15, seed: 20261121, endOnFailure: true },
  )
  for (const [what, times] of Object.entries(seen)) expect(times, what).toBeGreaterThan(0)
}, 300_000)
