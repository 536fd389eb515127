import { expect, test } from 'vitest'
import { checkResult } from '../../src/check/check.ts'
import { page } from '../../src/http/paging.ts'
import { type Organisation, organisation, organisationKinds } from '../../src/organisations/organisation.ts'
import { inParallel, newRor, opened, research } from '../support/opening.ts'
import { openRegistry, type Registry } from '../support/registry.ts'

const organisationPage = page(organisation)

/** A 法人番号 that no other test uses, with its check digit. */
function newCorporateNumber(): string {
  const digits = Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte % 10)
  const sum = digits.reverse().reduce((total, digit, at) => total + digit * (at % 2 === 0 ? 1 : 2), 0)
  return `${9 - (sum % 9)}${digits.reverse().join('')}`
}

function tag(): string {
  return crypto.randomUUID().slice(0, 13)
}

async function apply(registry: Registry, input: Record<string, unknown> = {}): Promise<Organisation> {
  const unique = tag()
  const sent = {
    name: { ja: `申込大学${unique}`, en: `Applicant ${unique}` },
    kind: 'university',
    country: 'JP',
    ...input,
  }
  return (await registry.steward.post('/v1/organisations', sent)).as(organisation)
}

test('an organisation applies, is approved, suspended, approved again and leaves; no other step is taken', async () => {
  const registry = await openRegistry()
  const { id, state } = await apply(registry)
  expect(state).toBe('applied')
  const becomes = async (next: string) => {
    const answer = await registry.steward.post(`/v1/organisations/${id}/approval`, { state: next })
    return answer.status === 200 ? answer.as(organisation).state : answer.problem().code
  }
  expect(await becomes('suspended')).toBe('not_allowed_now')
  expect(await becomes('left')).toBe('not_allowed_now')
  expect(await becomes('approved')).toBe('approved')
  expect(await becomes('approved')).toBe('not_allowed_now')
  expect(await becomes('suspended')).toBe('suspended')
  expect(await becomes('suspended')).toBe('not_allowed_now')
  expect(await becomes('approved')).toBe('approved')
  expect(await becomes('left')).toBe('left')
  for (const next of ['approved', 'suspended', 'left']) expect(await becomes(next)).toBe('not_allowed_now')
  expect(await becomes('applied')).toBe('invalid_input')
  expect((await registry.anonymous.get(`/v1/organisations/${id}`)).as(organisation).state).toBe('left')
})

test('an approval of an organisation that does not exist is not found', async () => {
  const registry = await openRegistry()
  const answer = await registry.steward.post(`/v1/organisations/${crypto.randomUUID()}/approval`, { state: 'approved' })
  expect([answer.status, answer.problem().code]).toEqual([404, 'not_found'])
})

test('the same ROR id or 法人番号 twice is refused, naming the record that has it', async () => {
  const registry = await openRegistry()
  const ror = newRor()
  const corporateNumber = newCorporateNumber()
  const first = await apply(registry, { ror, corporateNumber })
  expect([first.ror, first.corporateNumber]).toEqual([ror, corporateNumber])
  const same = [{ ror: ror.slice('https://ror.org/'.length) }, { corporateNumber: `T${corporateNumber}` }]
  for (const again of same) {
    const name = { ja: '別の大学', en: 'Another University' }
    const refused = await registry.steward.post('/v1/organisations', { name, kind: 'company', country: 'JP', ...again })
    expect(refused.status).toBe(409)
    expect(refused.problem()).toMatchObject({
      code: 'already_registered',
      existing: `${registry.url}/v1/organisations/${first.id}`,
    })
  }
  const other = await registry.organisation()
  const { headers } = await registry.anonymous.get(`/v1/organisations/${other.id}`)
  const taken = await registry.steward.patch(
    `/v1/organisations/${other.id}`,
    { ror },
    { 'If-Match': headers.get('ETag') ?? '' },
  )
  expect(taken.problem()).toMatchObject({ status: 409, code: 'already_registered' })
})

test('a ROR id or 法人番号 with a wrong checksum is refused at its place', async () => {
  const registry = await openRegistry()
  const sent = { name: { ja: '試験', en: 'Test' }, kind: 'university', country: 'JP' }
  const wrong = [
    ['ror', 'https://ror.org/02kpeqv86'],
    ['ror', 'kyoto'],
    ['corporateNumber', '6010005007398'],
    ['corporateNumber', '501000500739'],
    ['country', 'Japan'],
    ['kind', 'club'],
  ] as const
  for (const [member, value] of wrong) {
    const answer = await registry.steward.post('/v1/organisations', { ...sent, [member]: value })
    expect([answer.status, answer.problem().errors?.[0]?.pointer]).toEqual([422, `/${member}`])
  }
})

test('an organisation is read by its id, by its ROR address and by the short ROR id', async () => {
  const registry = await openRegistry()
  const ror = newRor()
  const { id } = await registry.organisation({ ror })
  for (const spelling of [id, ror, ror.slice('https://'.length), ror.slice(-9), ror.slice(-9).toUpperCase()]) {
    const read = await registry.anonymous.get(`/v1/organisations/${encodeURIComponent(spelling)}`)
    expect(read.as(organisation)).toMatchObject({ id, ror, opened: { declarations: 0, patents: 0 } })
  }
})

test('one that has only applied is shown to stewards alone', async () => {
  const registry = await openRegistry()
  const unique = tag()
  const { id } = await apply(registry, { name: { ja: `未承認${unique}`, en: `Pending ${unique}` } })
  expect((await registry.anonymous.get(`/v1/organisations/${id}`)).problem().code).toBe('not_found')
  expect((await registry.steward.get(`/v1/organisations/${id}`)).as(organisation).state).toBe('applied')
  const list = `/v1/organisations?q=${encodeURIComponent(unique)}`
  expect((await registry.anonymous.get(list)).as(organisationPage).items).toEqual([])
  expect((await registry.steward.get(list)).as(organisationPage).items.map((one) => one.id)).toEqual([id])
})

test('the list is searched by part of either name, and by kind', async () => {
  const registry = await openRegistry()
  const unique = tag()
  const named = (ja: string, en: string) => ({ ja: `${ja}${unique}`, en: `${en} ${unique}` })
  const made = await Promise.all([
    registry.organisation({ name: named('東海大学', 'Tokai_100%'), kind: 'university' }),
    registry.organisation({ name: named('東海製作所', 'Tokai Works'), kind: 'company' }),
  ])
  const found = async (query: Record<string, string>) =>
    (await registry.anonymous.get(`/v1/organisations?${new URLSearchParams(query)}`))
      .as(organisationPage)
      .items.map(({ id }) => id)
  const [university, company] = made.map(({ id }) => id)
  expect(await found({ q: unique })).toEqual([company, university])
  expect(await found({ q: `製作所${unique}` })).toEqual([company])
  expect(await found({ q: `works ${unique}` })).toEqual([company])
  expect(await found({ q: unique, kind: 'university' })).toEqual([university])
  expect(await found({ q: unique, kind: 'hospital' })).toEqual([])
  // Signs that SQL reads as wildcards are read as themselves.
  expect(await found({ q: `i_100% ${unique}` })).toEqual([university])
  expect(await found({ q: `%${unique}` })).toEqual([])
  expect((await registry.anonymous.get('/v1/organisations?kind=club')).status).toBe(400)
})

test('pages of 205 organisations hold each of them once, in the order of the English name', async () => {
  const registry = await openRegistry()
  const unique = tag()
  const numbers = Array.from({ length: 205 }, (_, i) => i)
  const made = await inParallel(numbers, 41, (i) =>
    // Names repeat, so that the order within a name decides too.
    registry.organisation({ name: { ja: `頁大学${unique}`, en: `Page ${unique} ${i % 50}` }, kind: kindOf(i) }),
  )
  const seen: Organisation[] = []
  let path: string | undefined = `/v1/organisations?q=${unique}&limit=100`
  const sizes: number[] = []
  while (path !== undefined) {
    const answer = await registry.anonymous.get(path)
    const { items, next } = answer.as(organisationPage)
    seen.push(...items)
    sizes.push(items.length)
    const link = /^<(.+)>; rel="next"$/.exec(answer.headers.get('Link') ?? '')?.[1]
    expect(link === undefined).toBe(next === null)
    path = link === undefined ? undefined : link.slice(registry.url.length)
  }
  expect(sizes).toEqual([100, 100, 5])
  expect(new Set(seen.map(({ id }) => id))).toEqual(new Set(made.map(({ id }) => id)))
  expect(seen).toHaveLength(205)
  const names = seen.map(({ name }) => name.en)
  expect(names).toEqual([...names].sort())
}, 60_000)

function kindOf(i: number) {
  return organisationKinds[i % organisationKinds.length] ?? 'university'
}

test('a page of more than 100 and a cursor that is not ours are refused at their place', async () => {
  const registry = await openRegistry()
  const faults = [
    ['limit=101', '?limit'],
    ['limit=0', '?limit'],
    ['cursor=abc', '?cursor'],
  ] as const
  for (const [query, pointer] of faults) {
    const answer = await registry.anonymous.get(`/v1/organisations?${query}`)
    expect([answer.status, answer.problem().errors?.[0]?.pointer]).toEqual([400, pointer])
  }
})

test('a change needs the version that was read, and an older one is refused', async () => {
  const registry = await openRegistry()
  const { id } = await registry.organisation()
  const officer = await registry.member(id)
  const path = `/v1/organisations/${id}`
  const name = { ja: '改称大学', en: `Renamed ${tag()}` }
  expect((await officer.patch(path, { name })).problem()).toMatchObject({ status: 428, code: 'version_required' })
  const etag = (await officer.get(path)).headers.get('ETag') ?? ''
  const changed = await officer.patch(path, { name }, { 'If-Match': etag })
  expect(changed.as(organisation).name).toEqual(name)
  expect(changed.headers.get('ETag')).not.toBe(etag)
  const late = await officer.patch(path, { kind: 'company' }, { 'If-Match': etag })
  expect(late.problem()).toMatchObject({ status: 412, code: 'stale_version' })
  const unreadable = await officer.patch(path, { kind: 'company' }, { 'If-Match': '*' })
  expect(unreadable.problem().status).toBe(412)
  const read = await registry.anonymous.get(path)
  expect(read.as(organisation)).toMatchObject({ name, kind: 'university' })
  expect(read.headers.get('ETag')).toBe(changed.headers.get('ETag'))
})

test('a new name stands in the verdicts of the organisation’s patents from then on', async () => {
  const registry = await openRegistry()
  const { holder, officer, patents } = await opened(registry, 'RPC-OPEN-1.0')
  const check = async () =>
    (
      await registry.anonymous.get(
        `/v1/check?${new URLSearchParams({ number: patents[0]?.number ?? '', ...research })}`,
      )
    ).as(checkResult)
  expect((await check()).patent?.holders).toEqual([{ id: holder.id, name: holder.name }])
  const name = { ja: '新名称大学', en: `New Name ${tag()}` }
  const etag = (await officer.get(`/v1/organisations/${holder.id}`)).headers.get('ETag') ?? ''
  expect((await officer.patch(`/v1/organisations/${holder.id}`, { name }, { 'If-Match': etag })).status).toBe(200)
  const after = await check()
  expect(after.patent?.holders).toEqual([{ id: holder.id, name }])
  expect(after.sentence.en).toContain(name.en)
  expect(after.conditions.find(({ code }) => code === 'attribution')?.text.ja).toContain(name.ja)
})

test('the public record counts what the organisation has opened', async () => {
  const registry = await openRegistry()
  const { holder } = await opened(registry, 'RPC-ACADEMIC-1.0', { count: 3 })
  const read = await registry.anonymous.get(`/v1/organisations/${holder.id}`)
  expect(read.as(organisation).opened).toEqual({ declarations: 1, patents: 3 })
})
