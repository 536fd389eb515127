import { expect, test } from 'vitest'
import { hanako, namesake, ok, openLaboratory, worksAt } from '../support/inventors.ts'
import { codes } from '../support/opening.ts'
import { signedIn } from '../support/people.ts'

function listed(text: string): { id: string; state: string; source: string; by: string }[] {
  return JSON.parse(text).items
}

test('what a person says is asserted by self; the institution’s officer confirms it', async () => {
  const lab = await openLaboratory()
  const id = await worksAt(lab.inventor, lab.kyoto)
  const [before] = listed((await lab.inventor.get('/v1/me/affiliations')).text)
  expect(before).toMatchObject({ id, state: 'asserted', source: 'self', by: 'self' })
  ok(await lab.kyoto.officer.post(`/v1/affiliations/${id}/confirmation`, { state: 'confirmed' }))
  const [after] = listed((await lab.inventor.get('/v1/me/affiliations')).text)
  expect(after).toMatchObject({ state: 'confirmed', by: 'self', confirmed: lab.clock.now.toISOString() })
  const path = `/v1/organisations/${lab.kyoto.organisation.id}/affiliations`
  expect(JSON.parse((await lab.kyoto.officer.get(path)).text).items).toMatchObject([{ person: hanako }])
})

test('an officer neither sees nor changes people of another organisation, and cannot tell what there is', async () => {
  const lab = await openLaboratory()
  const id = await worksAt(lab.inventor, lab.kyoto)
  const affiliations = () => lab.db.read.rows('select * from affiliations order by id', [])
  const before = await affiliations()
  const unknown = crypto.randomUUID()
  for (const verb of ['confirmation', 'end']) {
    const body = verb === 'end' ? {} : { state: 'confirmed' }
    const [other, none] = await Promise.all(
      [id, unknown].map((one) => lab.osaka.officer.post(`/v1/affiliations/${one}/${verb}`, body)),
    )
    const said = (answer: typeof other) => ({ ...answer?.problem(), requestId: '' })
    expect(said(other)).toEqual(said(none))
    expect(other?.status).toBe(404)
  }
  const path = `/v1/organisations/${lab.kyoto.organisation.id}/affiliations`
  expect((await lab.osaka.officer.get(path)).problem().code).toBe('forbidden')
  expect((await lab.osaka.officer.post(path, { orcid: hanako.orcid, from: '2026-04-01' })).problem().code).toBe(
    'forbidden',
  )
  expect((await lab.anonymous.get('/v1/me/affiliations')).problem().code).toBe('unauthenticated')
  expect((await lab.kyoto.officer.get('/v1/me/affiliations')).problem().code).toBe('forbidden')
  const stranger = await signedIn(lab, namesake)
  expect((await stranger.post(`/v1/affiliations/${id}/end`, {})).status).toBe(404)
  expect(listed((await stranger.get('/v1/me/affiliations')).text)).toEqual([])
  expect(await affiliations()).toEqual(before)
})

test('an institution records a person by iD: alike for anyone, confirmed at once, and the person finds it', async () => {
  const lab = await openLaboratory()
  const path = `/v1/organisations/${lab.osaka.organisation.id}/affiliations`
  const record = async (orcid: string) =>
    JSON.parse(ok(await lab.osaka.officer.post(path, { orcid, from: '2026-04-01' })).text)
  const [known, unknown] = [await record(hanako.orcid), await record(namesake.orcid)]
  expect({ ...known, id: '', person: {} }).toEqual({ ...unknown, id: '', person: {} })
  const list = JSON.parse((await lab.osaka.officer.get(path)).text).items
  expect(list.map((one: { person: unknown }) => one.person)).toEqual([
    { orcid: namesake.orcid },
    { orcid: hanako.orcid },
  ])
  expect(listed((await lab.inventor.get('/v1/me/affiliations')).text)).toMatchObject([
    { id: known.id, state: 'confirmed', source: 'institution', by: 'so' },
  ])
  const later = await signedIn(lab, namesake)
  expect(listed((await later.get('/v1/me/affiliations')).text)).toMatchObject([{ id: unknown.id, state: 'confirmed' }])
  expect((await later.post(`/v1/affiliations/${unknown.id}/end`, {})).status).toBe(200)
})

test('nobody vouches for oneself, and no affiliation begins in the future or twice', async () => {
  const lab = await openLaboratory()
  const post = { organisation: lab.kyoto.organisation.id }
  const officer = await signedIn(lab, { ...hanako, memberOf: [post] })
  const id = await worksAt(officer, lab.kyoto)
  expect((await officer.post(`/v1/affiliations/${id}/confirmation`, { state: 'confirmed' })).problem().code).toBe(
    'forbidden',
  )
  const path = `/v1/organisations/${lab.kyoto.organisation.id}/affiliations`
  expect((await officer.post(path, { orcid: hanako.orcid, from: '2026-04-01' })).problem().code).toBe('forbidden')
  const again = await officer.post('/v1/me/affiliations', { ...post, from: '2026-04-01' })
  expect(again.problem().code).toBe('already_registered')
  const early = await officer.post('/v1/me/affiliations', {
    organisation: lab.osaka.organisation.id,
    from: '2026-11-22',
  })
  expect(codes(early.problem().errors)).toEqual(['in_the_future'])
})
