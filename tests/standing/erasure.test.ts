import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { checkRegistry } from '../support/check-registry.ts'
import { claimPath, inventorGrant, moved, ok, openLaboratory, putInventors, worksAt } from '../support/inventors.ts'
import { declarationOf, grantOf, verified } from '../support/opening.ts'
import { signedIn } from '../support/people.ts'

const erased = { name: 'Zwanziger-Ōgimachi Filíppa', orcid: 'https://orcid.org/0000-0002-1694-233X' }
const traces = [erased.name, 'Zwanziger', 'Filíppa', '0000-0002-1694-233X', 'notebook 77']

/** A person who did everything that leaves a trace. */
async function aFullLife() {
  const lab = await openLaboratory()
  const inventors = [{ name: 'Printed Name', orcid: erased.orcid }, { name: 'IRIAI Hanako' }]
  ok(await putInventors(lab.kyoto.officer, lab.patent, inventors))
  ok(await lab.kyoto.officer.post('/v1/declarations', declarationOf('RPC-ACADEMIC-1.0', [lab.patent.number])))
  const post = [{ organisation: lab.nara.organisation.id }]
  const person = await signedIn(lab, { ...erased, memberOf: post, actingFor: null })
  await worksAt(person, lab.kyoto)
  const records = `/v1/organisations/${lab.osaka.organisation.id}/affiliations`
  const key = { 'Idempotency-Key': 'one' }
  ok(await lab.osaka.officer.post(records, { orcid: erased.orcid, from: '2026-04-01' }, key))
  ok(await person.post(claimPath(lab.patent), { statement: 'See notebook 77.' }))
  ok(await person.post('/v1/grants', researchAt(lab.osaka.organisation.id, lab.patent.number), key))
  await inventorGrant(person)
  const act = await moved(person, lab.nara)
  const named = grantOf([lab.patent.number], ['RPC-ACADEMIC-1.0'], { grantee: { ...erased } })
  ok(await lab.osaka.officer.post('/v1/grants', named, { 'Idempotency-Key': 'two' }))
  return { lab, person, token: act.grants.find(({ next }) => next)?.next?.token ?? '' }
}

function researchAt(organisation: string, number: string) {
  return { ...grantOf([number], ['RPC-ACADEMIC-1.0']), grantee: { name: 'ignored', organisation } }
}

test('the export holds all of it', async () => {
  const { person } = await aFullLife()
  const all = ok(await person.get('/v1/me/export'))
  expect(all.headers.get('Cache-Control')).toContain('no-store')
  const { grants, affiliations, identities, inventions } = JSON.parse(all.text)
  expect([grants.length, affiliations.length, identities.length, inventions.claimed.length]).toEqual([4, 3, 1, 1])
  expect(all.text).toContain('notebook 77')
})

test('an erasure leaves no name and no iD in any file of the database, in the log or on pages, and the log adds up', async () => {
  const { lab, person, token } = await aFullLife()
  const folder = dirname(lab.file)
  const bytes = () => readdirSync(folder).map((name) => readFileSync(join(folder, name)))
  const found = () => traces.filter((trace) => bytes().some((file) => file.includes(trace)))
  expect(found()).toEqual(traces)
  expect((await verified(lab, token)).valid).toBe(true)
  expect((await person.post('/v1/me/erasure', {})).status).toBe(422)
  expect((await person.post('/v1/me/erasure', { confirm: 'erase everything' })).status).toBe(204)
  expect(found()).toEqual([])
  const answer = await verified(lab, token)
  expect(answer).toMatchObject({ valid: false, grant: { status: 'revoked', reason: 'ineligible' } })
  expect((await person.get('/v1/me/affiliations')).problem().code).toBe('unauthenticated')
  const number = encodeURIComponent(lab.patent.number)
  const shown = await Promise.all(
    [`/v1/patents/${number}`, `/en/patents/${number}`, '/v1/log/entries', `/v1/grants/${answer.grant?.id}`].map(
      async (path) => (await lab.steward.get(path)).text,
    ),
  )
  expect(shown[0]).toContain('Printed Name')
  for (const text of shown) for (const trace of traces) expect(text).not.toContain(trace)
  await checkRegistry(lab)
  const again = await signedIn(lab, erased)
  expect(JSON.parse((await again.get('/v1/me/inventions')).text)).toMatchObject({ confirmed: [], claimed: [] })
})
