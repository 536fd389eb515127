import { expect, test } from 'vitest'
import { organisation } from '../../src/organisations/organisation.ts'
import { newRor } from '../support/opening.ts'
import { type Caller, openLocalRegistry } from '../support/registry.ts'

async function change(caller: Caller, id: string, input: Record<string, unknown>) {
  const path = `/v1/organisations/${id}`
  const etag = (await caller.get(path)).headers.get('ETag') ?? ''
  return caller.patch(path, input, { 'If-Match': etag })
}

test('an officer does not make a company a university, nor another organisation of it: a steward does', async () => {
  const registry = await openLocalRegistry()
  const [ror, other] = [newRor(), newRor()]
  const company = await registry.organisation({ kind: 'company', ror })
  const member = await registry.organisation()
  const officer = await registry.member(company.id)
  for (const input of [{ kind: 'university' }, { ror: other }])
    expect((await change(officer, company.id, input)).problem().code).toBe('forbidden')
  const alike = { ja: `株式会社${member.name.ja}`, en: company.name.en }
  expect((await change(officer, company.id, { name: alike })).problem().code).toBe('already_registered')
  const name = { ...company.name, ja: `${company.name.ja}新` }
  const kept = (await change(officer, company.id, { name, kind: 'company', ror })).as(organisation)
  expect(kept).toMatchObject({ name, kind: 'company', ror })
  const mended = (await change(registry.steward, company.id, { kind: 'nonprofit', ror: other })).as(organisation)
  expect(mended).toMatchObject({ kind: 'nonprofit', ror: other })
})

test('an officer does not take a name that ROR lists for another, neither as the name nor beside it', async () => {
  const registry = await openLocalRegistry()
  const company = await registry.organisation({ kind: 'company' })
  const officer = await registry.member(company.id)
  const put = async (names: readonly string[]) =>
    officer.send('PUT', `/v1/organisations/${company.id}/names`, {
      body: JSON.stringify({ names }),
      headers: { 'Content-Type': 'application/json' },
    })
  const taken = await change(officer, company.id, { name: { ja: '京都大学', en: company.name.en } })
  expect(taken.problem().errors?.[0]).toMatchObject({ pointer: '/name/ja', code: 'name_taken' })
  expect((await put(['略称', '国立大学法人京都大学'])).problem().errors?.[0]).toMatchObject({
    pointer: '/names/1',
    code: 'name_taken',
  })
  expect((await put([`${company.name.ja}略称`, `株式会社${company.name.ja}`])).status).toBe(200)
})
