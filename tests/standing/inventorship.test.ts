import { expect, test } from 'vitest'
import { type Inventions, inventions, inventorClaim } from '../../src/patents/inventors/inventor-claim.ts'
import { checkRegistry } from '../support/check-registry.ts'
import {
  claimPath,
  confirmed,
  hanako,
  inventorGrant,
  inventorGrantOf,
  member,
  namesake,
  ok,
  openLaboratory,
  patentNow,
  printed,
  putInventors,
  worksAt,
} from '../support/inventors.ts'
import { codes, enrolled } from '../support/opening.ts'
import { signedIn } from '../support/people.ts'
import type { Caller } from '../support/registry.ts'

const confirmation = { state: 'confirmed' }
const rejection = { state: 'rejected', reason: 'The notebook names another.' }

async function inventionsOf(person: Caller): Promise<Inventions> {
  return (await person.get('/v1/me/inventions')).as(inventions)
}

test('a name like one’s own is suggested, in old characters, another order or romanised, and nothing follows from it', async () => {
  const lab = await openLaboratory()
  const { confirmed: mine, suggested } = await inventionsOf(lab.inventor)
  expect(mine).toEqual([])
  expect(suggested).toMatchObject([{ patent: lab.patent.number, inventor: 2, printed: '入會花子' }])
  await worksAt(lab.inventor, lab.kyoto)
  expect((await lab.inventor.post('/v1/grants', inventorGrantOf())).problem().code).toBe('nothing_covered')
  const abroad = await signedIn(lab, { name: 'Hanako Iriai' })
  expect((await inventionsOf(abroad)).suggested).toMatchObject([{ romanised: 'IRIAI, Hanako' }])
})

test('a claim that the holder confirms puts the iD on the patent and tells the person', async () => {
  const lab = await openLaboratory()
  ok(await lab.inventor.post(claimPath(lab.patent), { statement: 'I made the measurements.' }))
  const seen = await lab.kyoto.officer.get(`/v1/patents/${lab.patent.number}/inventor-claims`)
  expect(JSON.parse(seen.text).items).toMatchObject([{ state: 'claimed', person: { name: hanako.name } }])
  ok(await lab.kyoto.officer.post(claimPath(lab.patent, 'confirmation'), confirmation))
  expect((await patentNow(lab.anonymous, lab.patent)).inventors[1]?.orcid).toBe(hanako.orcid)
  expect((await inventionsOf(lab.inventor)).confirmed).toMatchObject([{ inventor: 2 }])
  const rows = await lab.db.read.rows("select kind from notices where kind like 'inventorship%' order by id", [])
  expect(rows).toEqual([['inventorship_claimed'], ['inventorship_decided']])
  const again = await lab.kyoto.officer.post(claimPath(lab.patent, 'confirmation'), confirmation)
  expect(again.problem().code).toBe('not_found')
  await checkRegistry(lab)
})

test('an iD that the holder puts on the patent is proof for the person who signed in with it', async () => {
  const lab = await openLaboratory()
  ok(
    await putInventors(lab.kyoto.officer, lab.patent, [
      { name: '京都 太郎' },
      { name: '入會花子', orcid: hanako.orcid },
    ]),
  )
  await worksAt(lab.inventor, lab.kyoto)
  expect((await inventorGrant(lab.inventor)).covered).toHaveLength(1)
  const other = await signedIn(lab, namesake)
  await worksAt(other, lab.kyoto)
  expect((await other.post('/v1/grants', inventorGrantOf())).problem().code).toBe('nothing_covered')
})

test('a namesake never becomes confirmed for a place that is another’s', async () => {
  const lab = await openLaboratory()
  const other = await signedIn(lab, namesake)
  ok(await other.post(claimPath(lab.patent), {}))
  const [claim] = (await inventionsOf(other)).claimed
  await confirmed({ ...lab, kyoto: { ...lab.kyoto, officer: deciding(lab.kyoto.officer, lab.inventor) } })
  const late = await lab.kyoto.officer.post(claimPath(lab.patent, 'confirmation'), {
    ...confirmation,
    claim: claim?.id,
  })
  expect(late.problem().code).toBe('not_allowed_now')
  const third = await signedIn(lab, { name: hanako.name })
  expect((await third.post(claimPath(lab.patent), {})).problem().code).toBe('not_allowed_now')
  await worksAt(other, lab.kyoto)
  expect((await other.post('/v1/grants', inventorGrantOf())).problem().code).toBe('nothing_covered')
})

/** Where several claims stand on a place, the officer names the one that is meant. */
function deciding(officer: Caller, person: Caller): Caller {
  return {
    ...officer,
    post: async (path, body) => {
      expect((await officer.post(path, body)).problem().errors).toMatchObject([{ pointer: '/claim', code: 'required' }])
      const [claim] = (await inventionsOf(person)).claimed
      return officer.post(path, { ...confirmation, claim: claim?.id })
    },
  }
}

test('a rejection gives its reason, can be disputed and is decided once more', async () => {
  const lab = await openLaboratory()
  ok(await lab.inventor.post(claimPath(lab.patent), {}))
  const path = claimPath(lab.patent, 'confirmation')
  expect(codes((await lab.kyoto.officer.post(path, { state: 'rejected' })).problem().errors)).toEqual(['required'])
  ok(await lab.kyoto.officer.post(path, rejection))
  expect((await inventionsOf(lab.inventor)).claimed).toMatchObject([{ state: 'rejected', reason: rejection.reason }])
  expect((await lab.inventor.post(claimPath(lab.patent), {})).problem().code).toBe('already_registered')
  ok(await lab.inventor.post(claimPath(lab.patent, 'dispute'), { statement: 'Notebook 7, page 3.' }))
  ok(await lab.kyoto.officer.post(path, confirmation))
  expect((await inventionsOf(lab.inventor)).claimed).toMatchObject([{ state: 'confirmed' }])
  await checkRegistry(lab)
})

test('second sources stand beside a claim and confirm nothing', async () => {
  const lab = await openLaboratory()
  const family = { family: 'F-1', inventors: [{ name: '入会花子', orcid: hanako.orcid }] }
  const relative = await enrolled(lab.kyoto.officer, [lab.kyoto.organisation], family)
  const made = await enrolled(lab.kyoto.officer, [lab.kyoto.organisation], printed({ family: 'F-1' }))
  const spelt = made.number.replace(/^JP-(\d+)-.*$/, '特許 $1')
  const researchmap = { items: [{ patent_number: spelt, industrial_property_right_type: 'patent_right' }] }
  const claim = (await lab.inventor.post(claimPath(made), { researchmap })).as(inventorClaim)
  expect(claim.support).toMatchObject([
    { source: 'orcid_on_family_member', number: relative.number },
    { source: 'researchmap', number: made.number },
  ])
  const mine = await inventionsOf(lab.inventor)
  expect(mine.confirmed.map(({ patent }) => patent)).toEqual([relative.number])
})

test('nobody confirms their own claim, in whichever organisation’s name; an officer of a co-holder may', async () => {
  const lab = await openLaboratory()
  const tlo = await member(lab)
  const shared = await enrolled(lab.kyoto.officer, [lab.kyoto.organisation, tlo.organisation], printed())
  const both = [{ organisation: lab.kyoto.organisation.id }, { organisation: tlo.organisation.id }]
  const insider = await signedIn(lab, { ...hanako, memberOf: both })
  ok(await insider.post(claimPath(shared), {}))
  const path = claimPath(shared, 'confirmation')
  for (const { organisation } of both) {
    const acting = await signedIn(lab, { ...hanako, actingFor: organisation })
    expect((await acting.post(path, confirmation)).problem().code).toBe('forbidden')
    const own = [{ name: '京都 太郎' }, { name: '入會花子', orcid: hanako.orcid }]
    expect((await putInventors(acting, shared, own)).problem().code).toBe('forbidden')
  }
  // A machine client of an organisation whose officer claims would hide who decides.
  expect((await tlo.officer.post(path, confirmation)).problem().code).toBe('forbidden')
  expect((await lab.nara.officer.post(path, confirmation)).problem().code).toBe('forbidden')
  const colleague = await signedIn(lab, { name: '知財 次郎', memberOf: tlo.organisation.id })
  expect((await colleague.post(path, confirmation)).status).toBe(200)
})

test('a confirmed inventor is not edited away from the patent’s record', async () => {
  const lab = await openLaboratory()
  await confirmed(lab)
  await worksAt(lab.inventor, lab.kyoto)
  await inventorGrant(lab.inventor)
  for (const inventors of [
    [],
    [{ name: '入會花子', orcid: hanako.orcid }, { name: '京都 太郎' }],
    [{ name: '京都 太郎' }, { name: '入會花子' }],
    [{ name: '京都 太郎' }, { name: '入會花子', orcid: namesake.orcid }],
    [{ name: '京都 太郎' }, { name: '大阪 次郎', orcid: hanako.orcid }],
  ])
    expect((await putInventors(lab.kyoto.officer, lab.patent, inventors)).problem().code).toBe('not_allowed_now')
  const more = [{ name: '京都 太郎' }, { name: '入會花子', orcid: hanako.orcid }, { name: '奈良 三郎' }]
  expect((await putInventors(lab.kyoto.officer, lab.patent, more)).status).toBe(200)
})

test('an iD on which a grant rests stays on the patent until it is reversed with its ground', async () => {
  const lab = await openLaboratory()
  const named = [{ name: '京都 太郎' }, { name: '入會花子', orcid: hanako.orcid }]
  ok(await putInventors(lab.kyoto.officer, lab.patent, named))
  await worksAt(lab.inventor, lab.kyoto)
  const { token } = await inventorGrant(lab.inventor)
  expect((await putInventors(lab.kyoto.officer, lab.patent, [named[0]])).problem().code).toBe('not_allowed_now')
  const path = claimPath(lab.patent, 'confirmation')
  const wrong = await lab.kyoto.officer.post(path, { ...rejection, ground: 'false_statement' })
  expect(codes(wrong.problem().errors)).toEqual(['no_statement'])
  ok(await lab.kyoto.officer.post(path, { ...rejection, ground: 'issued_in_error' }))
  expect((await patentNow(lab.anonymous, lab.patent)).inventors[1]).not.toHaveProperty('orcid')
  const answer = await lab.anonymous.post('/v1/grants/verify', { token })
  expect(JSON.parse(answer.text)).toMatchObject({ valid: false, grant: { reason: 'issued_in_error' } })
  await checkRegistry(lab)
})
