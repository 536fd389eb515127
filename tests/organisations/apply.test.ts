import { expect, test } from 'vitest'
import { z } from 'zod'
import { pinnedAgreements } from '../../policies/participation.ts'
import { declaration } from '../../src/declarations/declaration.ts'
import { application, appliedOrganisation } from '../../src/organisations/application.ts'
import { organisation } from '../../src/organisations/organisation.ts'
import { invite } from '../../src/people/members/invite.ts'
import { checkRegistry } from '../support/check-registry.ts'
import { namedOrganisation } from '../support/named.ts'
import { declarationOf, enrolled, newRor } from '../support/opening.ts'
import { signedIn } from '../support/people.ts'
import { openLocalRegistry } from '../support/registry.ts'

const agreement = { id: 'PARTICIPATION-1.0', sha256: pinnedAgreements['PARTICIPATION-1.0'] }
const signatory = { name: '署名 花子', post: '理事' }

function asked(more: Record<string, unknown> = {}) {
  const unique = crypto.randomUUID().slice(0, 8)
  const name = { ja: `申込大学${unique}`, en: `Applying University ${unique}` }
  return { name, kind: 'university', country: 'JP', signatory, agreement, ...more }
}

async function open() {
  const registry = await openLocalRegistry()
  const person = await signedIn(registry, { name: '申込 太郎' })
  const apply = async (input: ReturnType<typeof asked> & { ror?: string } = asked()) => {
    const made = (await person.post('/v1/organisations', input)).as(appliedOrganisation)
    const mend = (mended: unknown) => person.post(`/v1/applications/${made.application}/sending`, mended)
    return { made, input, mend }
  }
  const decide = (id: string, decision: Record<string, unknown>) =>
    registry.steward.post(`/v1/organisations/${id}/approval`, decision)
  return { registry, person, apply, decide }
}

test('an application is not mended into the name of one that takes part or has asked to', async () => {
  const { registry, apply } = await open()
  const member = await registry.organisation()
  const [first, second] = [await apply(), await apply()]
  for (const name of [member.name, second.input.name])
    expect((await first.mend({ ...first.input, name })).problem().code).toBe('already_registered')
  const mended = { ...first.input, name: { ...first.input.name, en: `${first.input.name.en} Mended` } }
  expect((await first.mend(mended)).as(application).state).toBe('waiting')
  await checkRegistry(registry)
})

test('an application that goes on under a record keeps the id by which it was found', async () => {
  const { registry, person, apply, decide } = await open()
  const named = await namedOrganisation(registry)
  const ror = newRor()
  await registry.db.write([{ sql: 'update organisations set ror = ? where id = ?', args: [ror, named.id] }])
  const { made, input, mend } = await apply(asked({ ror }))
  expect(made.id).toBe(named.id)
  const { ror: _, ...without } = input
  for (const other of [without, { ...input, ror: newRor() }])
    expect((await mend(other)).problem().errors?.[0]).toMatchObject({ pointer: '/ror', code: 'other_organisation' })
  expect((await mend({ ...input, name: { ja: '本名大学', en: 'Real Name University' } })).status).toBe(200)
  await decide(named.id, { state: 'approved' })
  const record = (await person.get(`/v1/organisations/${named.id}`)).as(organisation)
  expect(record).toMatchObject({ ror, name: { en: 'Real Name University' } })
})

test('one person has five applications that wait, also when twelve are sent at once', async () => {
  const { registry, person } = await open()
  const answers = await Promise.all(Array.from({ length: 12 }, () => person.post('/v1/organisations', asked())))
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(5)
  const own = (await person.get('/v1/applications')).as(z.object({ items: z.array(application) }))
  expect(own.items).toHaveLength(5)
  await checkRegistry(registry)
})

test('a record that others have named stays when its application is declined, with nobody left acting for it', async () => {
  const { registry, apply, decide } = await open()
  const holder = await registry.organisation()
  const officer = await registry.member(holder.id)
  const [named, plain] = [await apply(), await apply()]
  const { number } = await enrolled(officer, [holder, named.made])
  const path = `/v1/patents/${number}`
  const asking = (await officer.post('/v1/declarations', declarationOf('RPC-OPEN-1.0', [number]))).as(declaration)
  await officer.post(`/v1/declarations/${asking.id}/withdrawal`, { reason: '共有者の誤り' })
  const etag = (await officer.get(path)).headers.get('ETag') ?? ''
  const alone = await officer.patch(path, { holders: [{ organisation: holder.id }] }, { 'If-Match': etag })
  expect(alone.status).toBe(200)
  for (const { made } of [named, plain]) {
    // A steward may invite before approving; the session of who accepted acts for the organisation then.
    expect((await invite(registry.context(), made.id, { role: 'officer' })).url).toContain('/join/')
    await signedIn(registry, { name: '招待 花子', memberOf: made.id })
    expect((await decide(made.id, { state: 'declined', reason: '別の機関です。' })).status).toBe(200)
  }
  const seen = async (id: string) => (await registry.anonymous.get(`/v1/organisations/${id}`)).status
  expect([await seen(named.made.id), await seen(plain.made.id)]).toEqual([200, 404])
  await checkRegistry(registry)
})
