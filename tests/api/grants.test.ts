import { decodeJwt } from 'jose'
import { expect, test } from 'vitest'
import { grantClaims } from '../../src/grants/claims.ts'
import { issuedGrant, publicGrant } from '../../src/grants/grant.ts'
import { page } from '../../src/http/paging.ts'
import {
  accepting,
  codes,
  declarationOf,
  enrolled,
  granted,
  grantOf,
  numbersOf,
  opened,
  verified,
} from '../support/opening.ts'
import { grantNumber } from '../support/patents.ts'
import { openRegistry, type Registry } from '../support/registry.ts'

const grantPage = page(publicGrant)

async function institution(registry: Registry, input: Record<string, unknown> = {}) {
  const made = await registry.organisation(input)
  return { ...made, officer: await registry.member(made.id) }
}

function detailOf(token: string) {
  const [detail] = grantClaims.parse(decodeJwt(token)).authorization_details
  if (!detail) throw new Error('a grant has one authorization detail')
  return detail
}

function daysAfter(on: string, days: number): string {
  return new Date(Date.parse(on) + days * 86_400_000).toISOString().slice(0, 10)
}

/** The registry's own today. */
async function todayOf(registry: Registry): Promise<string> {
  return (await registry.organisation()).since.slice(0, 10)
}

test('one grant covers what is allowed, and names what it leaves out with the reasons, in order', async () => {
  const registry = await openRegistry()
  const [osaka, open, academic] = await Promise.all([
    institution(registry),
    opened(registry, 'RPC-OPEN-1.0', { count: 2 }),
    opened(registry, 'RPC-ACADEMIC-1.0'),
  ])
  const closed = await enrolled(open.officer, [open.holder])
  const [first = '', second = ''] = numbersOf(open.patents)
  const [third = ''] = numbersOf(academic.patents)
  const numbers = ['nothing', first, closed.number, third, 'JP2031-123456', grantNumber(), second]
  const issued = await granted(osaka.officer, grantOf(numbers, ['RPC-OPEN-1.0', 'RPC-ACADEMIC-1.0']))
  expect(issued.covered.map((one) => [one.input, one.number, one.terms, one.declaration])).toEqual([
    [first, first, 'RPC-OPEN-1.0', open.declaration.id],
    [third, third, 'RPC-ACADEMIC-1.0', academic.declaration.id],
    [second, second, 'RPC-OPEN-1.0', open.declaration.id],
  ])
  expect(issued.leftOut.map(({ input, verdict, reasons }) => [input, verdict, codes([...reasons]).at(-1)])).toEqual([
    ['nothing', 'unrecognised', 'number_unrecognised'],
    [closed.number, 'ask', 'not_declared'],
    ['JP2031-123456', 'unrecognised', 'number_ambiguous'],
    [numbers[5], 'not_enrolled', 'patent_not_enrolled'],
  ])
  const detail = detailOf(issued.token)
  expect(detail).toMatchObject({
    patents: [first, third, second],
    purposes: ['basic_research'],
    mode: 'with',
    territory: ['JP'],
    terms: accepting('RPC-ACADEMIC-1.0', 'RPC-OPEN-1.0'),
    project: { title: 'Ion transport' },
  })
  expect(new Set(detail.holders.map(({ id }) => id))).toEqual(
    new Set([open.holder, academic.holder].map(({ id }) => `${registry.url}/v1/organisations/${id}`)),
  )
  const claims = grantClaims.parse(decodeJwt(issued.token))
  expect(claims).toMatchObject({
    iss: registry.url,
    jti: issued.id,
    number: issued.number,
    grantee: { name: '入会 花子', organisation: { name: osaka.name.en } },
  })
  expect(issued.urls).toMatchObject({
    self: `${registry.url}/v1/grants/${issued.id}`,
    certificate: `${registry.url}/g/${issued.number}`,
  })
})

test('a patent asked for under several numbers is covered once', async () => {
  const registry = await openRegistry()
  const [osaka, { patents }] = await Promise.all([
    institution(registry),
    opened(registry, 'RPC-OPEN-1.0', { patent: { numbers: [grantNumber(), grantNumber()] } }),
  ])
  const spellings = (patents[0]?.numbers ?? []).flatMap(({ docdb, display }) => [docdb, display.ja])
  expect(spellings.length).toBe(4)
  const issued = await granted(osaka.officer, grantOf(spellings, ['RPC-OPEN-1.0']))
  expect(issued.covered.map(({ number }) => number)).toEqual(numbersOf(patents))
  expect(issued.leftOut).toEqual([])
  expect(detailOf(issued.token).patents).toEqual(numbersOf(patents))
})

test('all or nothing: one patent that cannot be covered leaves all of them out', async () => {
  const registry = await openRegistry()
  const [osaka, { patents }] = await Promise.all([institution(registry), opened(registry, 'RPC-OPEN-1.0')])
  const numbers = [...numbersOf(patents), 'nothing']
  const refused = await osaka.officer.post('/v1/grants', grantOf(numbers, ['RPC-OPEN-1.0'], { allOrNothing: true }))
  expect(refused.problem()).toMatchObject({ code: 'nothing_covered', leftOut: [{ input: 'nothing' }] })
  const none = await osaka.officer.post('/v1/grants', grantOf(['nothing'], ['RPC-OPEN-1.0']))
  expect(none.problem()).toMatchObject({ code: 'nothing_covered', leftOut: [{ verdict: 'unrecognised' }] })
  expect((await osaka.officer.get('/v1/grants')).as(grantPage).items).toEqual([])
  const all = grantOf(numbersOf(patents), ['RPC-OPEN-1.0'], { allOrNothing: true })
  expect((await granted(osaka.officer, all)).covered).toHaveLength(1)
})

test('every terms version has to be accepted, by its text; what is missing is named', async () => {
  const registry = await openRegistry()
  const [osaka, open, academic] = await Promise.all([
    institution(registry),
    opened(registry, 'RPC-OPEN-1.0'),
    opened(registry, 'RPC-ACADEMIC-1.0'),
  ])
  const numbers = numbersOf([...open.patents, ...academic.patents])
  const needed = async (acceptTerms: unknown) => {
    const answer = await osaka.officer.post('/v1/grants', grantOf(numbers, [], { acceptTerms }))
    expect([answer.status, answer.problem().code]).toEqual([422, 'terms_not_accepted'])
    return answer.problem().needed
  }
  expect(await needed([])).toEqual(accepting('RPC-ACADEMIC-1.0', 'RPC-OPEN-1.0'))
  expect(await needed(accepting('RPC-OPEN-1.0'))).toEqual(accepting('RPC-ACADEMIC-1.0'))
  const otherText = [{ id: 'RPC-OPEN-1.0', sha256: '0'.repeat(64) }, ...accepting('RPC-ACADEMIC-1.0')]
  expect(await needed(otherText)).toEqual(accepting('RPC-OPEN-1.0'))
  const swapped = accepting('RPC-OPEN-1.0', 'RPC-ACADEMIC-1.0').map((one, i, all) => ({
    id: one.id,
    sha256: all[1 - i]?.sha256,
  }))
  expect(await needed(swapped)).toEqual(accepting('RPC-ACADEMIC-1.0', 'RPC-OPEN-1.0'))
  // Accepting more than is needed does no harm.
  const more = grantOf(numbers, ['RPC-OPEN-1.0', 'RPC-ACADEMIC-1.0', 'RPC-RECIPROCAL-1.0'])
  expect(detailOf((await granted(osaka.officer, more)).token).terms).toHaveLength(2)
})

test('a grant lasts a year unless it is said, begins within 90 days, and no longer than the terms allow', async () => {
  const registry = await openRegistry()
  const [osaka, { patents }] = await Promise.all([institution(registry), opened(registry, 'RPC-OPEN-1.0')])
  const numbers = numbersOf(patents)
  const read = async (more: Record<string, unknown>) => {
    const { id, token } = await granted(osaka.officer, grantOf(numbers, ['RPC-OPEN-1.0'], more))
    const { from, until } = (await registry.anonymous.get(`/v1/grants/${id}`)).as(publicGrant)
    const { exp, nbf } = grantClaims.parse(decodeJwt(token))
    expect(new Date(exp * 1000).toISOString()).toBe(`${daysAfter(until, 1)}T00:00:00.000Z`)
    return { from, until, nbf }
  }
  const year = await read({})
  const today = year.from
  const days = (Date.parse(year.until) - Date.parse(today)) / 86_400_000
  expect(days).toBeGreaterThanOrEqual(363)
  expect(days).toBeLessThanOrEqual(365)
  const later = daysAfter(today, 90)
  const ahead = await read({ from: later, until: later })
  expect(ahead).toEqual({ from: later, until: later, nbf: Date.parse(`${later}T00:00:00Z`) / 1000 })
  // Five years, leap day and all: 1,826 days.
  const longest = daysAfter(today, 1825)
  expect((await read({ until: longest })).until).toBe(longest)

  const wrong = [
    [{ from: daysAfter(today, -1) }, '/from', 'in_the_past'],
    [{ from: daysAfter(today, 91) }, '/from', 'too_far_ahead'],
    [{ until: daysAfter(today, 1826) }, '/until', 'too_long'],
    [{ from: later, until: daysAfter(later, -1) }, '/until', 'before_from'],
    [{ until: '2027-02-30' }, '/until', 'invalid_format'],
  ] as const
  for (const [more, pointer, code] of wrong) {
    const refused = await osaka.officer.post('/v1/grants', grantOf(numbers, ['RPC-OPEN-1.0'], more))
    expect([refused.status, refused.problem().errors?.[0]?.pointer, refused.problem().errors?.[0]?.code]).toEqual([
      422,
      pointer,
      code,
    ])
  }
})

test('a grant that begins later is not given for a declaration that ends before', async () => {
  const registry = await openRegistry()
  const today = await todayOf(registry)
  const [osaka, { patents }] = await Promise.all([
    institution(registry),
    opened(registry, 'RPC-OPEN-1.0', { declaration: { until: daysAfter(today, 30) } }),
  ])
  const ask = (from: string) =>
    osaka.officer.post('/v1/grants', grantOf(numbersOf(patents), ['RPC-OPEN-1.0'], { from, until: from }))
  expect((await ask(daysAfter(today, 40))).problem()).toMatchObject({
    code: 'nothing_covered',
    leftOut: [{ verdict: 'ask' }],
  })
  expect((await ask(daysAfter(today, 20))).status).toBe(201)
})

test('a grant is for the countries asked for, and a right that reaches none of them is left out', async () => {
  const registry = await openRegistry()
  const [osaka, { patents, officer, holder }] = await Promise.all([
    institution(registry),
    opened(registry, 'RPC-OPEN-1.0'),
  ])
  const european = await enrolled(officer, [holder], {
    numbers: [`EP${1_000_000 + Math.floor(Math.random() * 9e6)}B1`],
  })
  expect((await officer.post('/v1/declarations', declarationOf('RPC-OPEN-1.0', [european.number]))).status).toBe(201)
  const numbers = [...numbersOf(patents), european.number]
  const issued = await granted(osaka.officer, grantOf(numbers, ['RPC-OPEN-1.0'], { territory: ['DE', 'FR'] }))
  expect(issued.covered.map(({ number }) => number)).toEqual([european.number])
  expect(issued.leftOut.map(({ verdict }) => verdict)).toEqual(['not_needed'])
  expect(detailOf(issued.token).territory).toEqual(['DE', 'FR'])
  const everywhere = await granted(osaka.officer, grantOf(numbers, ['RPC-OPEN-1.0']))
  expect(detailOf(everywhere.token).territory).toEqual(['EP', 'JP'])
})

test('a company is left out where the terms ask it to ask, and evaluates only under open terms', async () => {
  const registry = await openRegistry()
  const [company, university, open, academic] = await Promise.all([
    institution(registry, { kind: 'company' }),
    institution(registry),
    opened(registry, 'RPC-OPEN-1.0'),
    opened(registry, 'RPC-ACADEMIC-1.0'),
  ])
  const numbers = numbersOf([...open.patents, ...academic.patents])
  const issued = await granted(company.officer, grantOf(numbers, ['RPC-OPEN-1.0']))
  expect(issued.covered.map(({ terms }) => terms)).toEqual(['RPC-OPEN-1.0'])
  expect(issued.leftOut).toMatchObject([{ verdict: 'ask', input: numbers[1] }])
  expect(codes([...(issued.leftOut[0]?.reasons ?? [])])).toContain('beneficiary_ask')
  const evaluation = grantOf(numbers, ['RPC-OPEN-1.0'], { purpose: 'evaluation' })
  const evaluated = await granted(university.officer, evaluation)
  expect(evaluated.covered.map(({ terms }) => terms)).toEqual(['RPC-OPEN-1.0'])
  expect(codes([...(evaluated.leftOut[0]?.reasons ?? [])])).toContain('purpose_ask')
})

test('terms that ask for openness in return cover those who have opened, and say that they assert nothing', async () => {
  const registry = await openRegistry()
  const [osaka, { patents }] = await Promise.all([institution(registry), opened(registry, 'RPC-RECIPROCAL-1.0')])
  const numbers = numbersOf(patents)
  const ask = (more: Record<string, unknown> = {}) =>
    osaka.officer.post('/v1/grants', grantOf(numbers, ['RPC-RECIPROCAL-1.0'], more))
  expect((await ask({ assertsPatents: false })).problem()).toMatchObject({
    code: 'nothing_covered',
    leftOut: [{ verdict: 'not_allowed' }],
  })
  const own = await enrolled(osaka.officer, [osaka])
  expect((await osaka.officer.post('/v1/declarations', declarationOf('RPC-OPEN-1.0', [own.number]))).status).toBe(201)
  expect((await ask()).problem()).toMatchObject({ leftOut: [{ verdict: 'ask' }] })
  expect((await ask({ assertsPatents: true })).problem()).toMatchObject({ leftOut: [{ verdict: 'not_allowed' }] })
  expect((await ask({ assertsPatents: false })).as(issuedGrant).covered).toHaveLength(1)
})

test('a client asks for the people of its own institution only', async () => {
  const registry = await openRegistry()
  const [osaka, other, { patents }] = await Promise.all([
    institution(registry),
    institution(registry),
    opened(registry, 'RPC-OPEN-1.0'),
  ])
  const request = (id: string) =>
    grantOf(numbersOf(patents), ['RPC-OPEN-1.0'], { grantee: { name: '入会 花子', organisation: id } })
  for (const id of [other.id, 'nobody']) {
    const refused = await osaka.officer.post('/v1/grants', request(id))
    expect(refused.problem()).toMatchObject({ status: 403, code: 'forbidden' })
  }
  expect((await granted(osaka.officer, request(osaka.id))).covered).toHaveLength(1)
})

test('who the grant is for, its project and its partners are checked and stand in the token', async () => {
  const registry = await openRegistry()
  const [osaka, { patents }] = await Promise.all([institution(registry), opened(registry, 'RPC-OPEN-1.0')])
  const numbers = numbersOf(patents)
  const more = {
    grantee: { name: '入会 花子', orcid: '0000 0002 1825 0097'.replaceAll(' ', '-') },
    project: { title: '全固体電池', url: 'https://example.org/p', fundingNumber: 'JP26K00000' },
    partners: ['産業技術総合研究所', 'Institute X'],
  }
  const { token } = await granted(osaka.officer, grantOf(numbers, ['RPC-OPEN-1.0'], more))
  const claims = grantClaims.parse(decodeJwt(token))
  expect(claims.sub).toBe('https://orcid.org/0000-0002-1825-0097')
  expect(detailOf(token)).toMatchObject({ project: more.project, partners: more.partners })
  const wrong = [
    [{ grantee: { name: '入会 花子', orcid: '0000-0002-1825-0098' } }, '/grantee/orcid'],
    [{ grantee: { name: ' ' } }, '/grantee/name'],
    [{ project: { title: 'T', url: 'not a url' } }, '/project/url'],
    [{ purpose: 'fun' }, '/purpose'],
    [{ mode: 'near' }, '/mode'],
    [{ territory: ['Japan'] }, '/territory/0'],
    [{ numbers: [] }, '/numbers'],
    [{ numbers: Array.from({ length: 1001 }, () => 'JP4567890') }, '/numbers'],
  ] as const
  for (const [change, pointer] of wrong) {
    const refused = await osaka.officer.post('/v1/grants', grantOf(numbers, ['RPC-OPEN-1.0'], change))
    expect([refused.status, refused.problem().errors?.[0]?.pointer]).toEqual([422, pointer])
  }
})

test('the same request sent again with its Idempotency-Key answers with the same token', async () => {
  const registry = await openRegistry()
  const [osaka, { patents }] = await Promise.all([institution(registry), opened(registry, 'RPC-OPEN-1.0')])
  const request = grantOf(numbersOf(patents), ['RPC-OPEN-1.0'])
  const headers = { 'Idempotency-Key': crypto.randomUUID() }
  const first = await osaka.officer.post('/v1/grants', request, headers)
  const again = await osaka.officer.post('/v1/grants', request, headers)
  expect([again.status, again.headers.get('Idempotency-Replayed')]).toEqual([201, 'true'])
  expect(again.as(issuedGrant)).toEqual(first.as(issuedGrant))
  expect((await osaka.officer.get('/v1/grants')).as(grantPage).items).toHaveLength(1)
  const other = await osaka.officer.post('/v1/grants', { ...request, mode: 'on' }, headers)
  expect(other.problem()).toMatchObject({ status: 422, code: 'idempotency_mismatch' })
})

test('anyone reads the facts of a grant, and only the grantee and stewards its name and its token', async () => {
  const registry = await openRegistry()
  const [osaka, other, { patents, declaration }] = await Promise.all([
    institution(registry),
    institution(registry),
    opened(registry, 'RPC-OPEN-1.0'),
  ])
  const { id, number, token } = await granted(osaka.officer, grantOf(numbersOf(patents), ['RPC-OPEN-1.0']))
  const jwt = { Accept: 'application/jwt' }
  for (const path of [`/v1/grants/${id}`, `/v1/grants/${number}`]) {
    const read = await registry.anonymous.get(path)
    expect(read.as(publicGrant)).toMatchObject({
      id,
      number,
      status: 'valid',
      purpose: 'basic_research',
      patents: [{ number: patents[0]?.number, terms: 'RPC-OPEN-1.0', declaration: declaration.id }],
      events: [{ status: 'valid' }],
    })
    for (const secret of ['入会', 'Ion transport', osaka.name.en, osaka.id, token])
      expect(read.text).not.toContain(secret)
    expect((await registry.anonymous.get(path, jwt)).status).toBe(401)
    expect((await other.officer.get(path, jwt)).status).toBe(404)
    expect((await other.officer.get(path)).text).not.toContain('入会')
    for (const caller of [osaka.officer, registry.steward]) {
      const own = await caller.get(path, jwt)
      expect([own.status, own.text, own.headers.get('Content-Type')]).toEqual([200, token, 'application/jwt'])
      expect(own.headers.get('Cache-Control')).toContain('no-store')
      expect((await caller.get(path)).as(publicGrant).grantee).toEqual({ name: '入会 花子', organisation: osaka.id })
    }
  }
  expect((await registry.anonymous.get(`/v1/grants/${crypto.randomUUID()}`)).status).toBe(404)
})

test('an institution lists its own grants, newest first', async () => {
  const registry = await openRegistry()
  const [osaka, other, { patents }] = await Promise.all([
    institution(registry),
    institution(registry),
    opened(registry, 'RPC-OPEN-1.0'),
  ])
  const made: string[] = []
  for (let i = 0; i < 3; i++)
    made.push((await granted(osaka.officer, grantOf(numbersOf(patents), ['RPC-OPEN-1.0']))).id)
  const { items, next } = (await osaka.officer.get('/v1/grants?limit=2')).as(grantPage)
  expect(items.map(({ id }) => id)).toEqual([made[2], made[1]])
  const rest = (await osaka.officer.get(`/v1/grants?limit=2&cursor=${next}`)).as(grantPage)
  expect([rest.items.map(({ id }) => id), rest.next]).toEqual([[made[0]], null])
  expect((await other.officer.get('/v1/grants')).as(grantPage).items).toEqual([])
  expect((await registry.anonymous.get('/v1/grants')).status).toBe(401)
})

test('a grant issued before a withdrawal stays valid', async () => {
  const registry = await openRegistry()
  const [osaka, { patents, officer, declaration }] = await Promise.all([
    institution(registry),
    opened(registry, 'RPC-OPEN-1.0'),
  ])
  const { token } = await granted(osaka.officer, grantOf(numbersOf(patents), ['RPC-OPEN-1.0']))
  const withdrawn = await officer.post(`/v1/declarations/${declaration.id}/withdrawal`, { reason: 'Assigned.' })
  expect(withdrawn.status).toBe(200)
  expect((await verified(registry, token)).valid).toBe(true)
})
