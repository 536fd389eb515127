import { expect, test } from 'vitest'
import { z } from 'zod'
import { checkResult } from '../../src/check/check.ts'
import { declaration } from '../../src/declarations/declaration.ts'
import { parsedNumber } from '../../src/patents/numbers/number.ts'
import { patent } from '../../src/patents/patent.ts'
import { codes, declarationOf, enrolled, opened, research } from '../support/opening.ts'
import { grantNumber, patentOf } from '../support/patents.ts'
import { type Caller, openRegistry, type Registry } from '../support/registry.ts'

const parsedNumbers = z.object({ results: z.array(parsedNumber) })

function random(below: number): number {
  return Math.floor(Math.random() * below)
}

/** Serial numbers that no other test uses, with the digits asked for. */
function serial(digits: number): string {
  return String(10 ** (digits - 1) + random(9 * 10 ** (digits - 1)))
}

function at(number: string): string {
  return `/v1/patents/${encodeURIComponent(number)}`
}

async function university(registry: Registry): Promise<{ id: string; officer: Caller }> {
  const { id } = await registry.organisation()
  return { id, officer: await registry.member(id) }
}

test('every number of a right leads to its one record, which shows the strongest', async () => {
  const registry = await openRegistry()
  const { id, officer } = await university(registry)
  const [applied, published, granted] = [serial(6), serial(6), grantNumber()]
  const numbers = [`特願2031-${applied}`, `特開2032-${published}`, granted]
  const made = await enrolled(officer, [{ id }], { numbers })
  const digits = granted.replaceAll(/\D/g, '')
  expect(made.number).toMatch(new RegExp(`^JP-${digits}`))
  expect(made.numbers.map(({ type }) => type)).toEqual(['application', 'publication', 'grant'])
  expect(made).toMatchObject({ office: 'JP', holders: [{ organisation: { id } }] })
  const spellings = [
    ...numbers,
    made.number,
    `JP-${digits}-B2`,
    `JP 2032-${published} A`,
    `https://patents.google.com/patent/JP${digits}B2/ja`,
  ]
  for (const spelling of spellings) {
    const read = await registry.anonymous.get(at(spelling))
    expect(read.as(patent)).toEqual(made)
    expect(read.headers.get('Link')).toBe(
      `<${registry.url}/v1/patents/${encodeURIComponent(made.number)}>; rel="canonical"`,
    )
    expect(read.headers.get('ETag')).toBe('"v1"')
  }
})

test('the canonical address of a record leads to it, whichever numbers it has', async () => {
  const registry = await openRegistry()
  const { id, officer } = await university(registry)
  const numbers = [
    `特願2031-${serial(6)}`,
    `特開2031-${serial(6)}`,
    `特開平8-${serial(6)}`,
    `19/${serial(6).replace(/(\d{3})$/, ',$1')}`,
    `米国特許第${serial(8).replace(/^./, '1')}号`,
    `KR-${serial(7)}-B1`,
    `PCT/JP2031/0${serial(5)}`,
  ]
  for (const number of numbers) {
    const made = await officer.post('/v1/patents', patentOf([{ id }], { numbers: [number] }))
    const canonical = /^<(.+)>; rel="canonical"$/.exec(made.headers.get('Link') ?? '')?.[1] ?? ''
    expect(canonical, number).toMatch(/^[!-~]+$/)
    const again = await registry.anonymous.get(canonical.slice(registry.url.length))
    expect(again.as(patent).id, number).toBe(made.as(patent).id)
  }
})

test('a number that can mean several documents is refused with the candidates, and nothing is recorded', async () => {
  const registry = await openRegistry()
  const { id, officer } = await university(registry)
  const digits = serial(6)
  const sure = grantNumber()
  const refused = await officer.post('/v1/patents', patentOf([{ id }], { numbers: [sure, `JP2031${digits}`] }))
  expect(refused.status).toBe(422)
  const problem = refused.problem()
  expect(problem.errors).toMatchObject([{ pointer: '/numbers/1', code: 'ambiguous_number' }])
  const { candidates } = z.object({ candidates: parsedNumber.shape.candidates }).parse(problem)
  expect(new Set(candidates.map(({ type }) => type))).toEqual(new Set(['application', 'publication']))
  // The candidates are told apart.
  expect(problem.errors?.[0]?.detail).toContain(candidates[0]?.display.ja)
  expect(problem.errors?.[0]?.detail).toContain(candidates[1]?.display.ja)
  expect((await registry.anonymous.get(at(sure))).status).toBe(404)
})

test('numbers of two offices, and what is no number, are refused at their place', async () => {
  const registry = await openRegistry()
  const { id, officer } = await university(registry)
  const number = grantNumber()
  const wrong = [
    [[number, `US${serial(7)}B2`], '/numbers/1', 'other_office'],
    [[number, 'no number'], '/numbers/1', 'unrecognised_number'],
    [[], '/numbers', 'too_small'],
  ] as const
  for (const [numbers, pointer, code] of wrong) {
    const refused = await officer.post('/v1/patents', patentOf([{ id }], { numbers }))
    expect([refused.status, refused.problem().errors?.[0]?.pointer, refused.problem().errors?.[0]?.code]).toEqual([
      422,
      pointer,
      code,
    ])
  }
})

test('an ambiguous address answers 300 with the candidates, each under an address of its own', async () => {
  const registry = await openRegistry()
  const { id, officer } = await university(registry)
  const digits = serial(6)
  const application = await enrolled(officer, [{ id }], { numbers: [`特願2033-${digits}`] })
  const publication = await enrolled(officer, [{ id }], { numbers: [`特開2033-${digits}`] })
  const answer = await registry.anonymous.get(at(`JP2033${digits}`))
  expect(answer.status).toBe(300)
  const problem = answer.problem()
  expect(problem.code).toBe('ambiguous_number')
  expect(z.array(z.unknown()).parse(problem.candidates)).toHaveLength(2)
  const alternates = [...(answer.headers.get('Link') ?? '').matchAll(/<([^>]+)>; rel="alternate"/g)]
  const read = await Promise.all(
    alternates.map(([, url = '']) => registry.anonymous.get(url.slice(registry.url.length))),
  )
  expect(new Set(read.map((one) => one.as(patent).id))).toEqual(new Set([application.id, publication.id]))
})

test('what is not enrolled, or cannot be read, is not found, with a hint', async () => {
  const registry = await openRegistry()
  const unknown = await registry.anonymous.get(at('JP-9999999-B2'))
  expect(unknown.problem()).toMatchObject({ status: 404, code: 'not_found' })
  expect(unknown.problem().detail).toContain('JP-9999999-B2')
  const unreadable = (await registry.anonymous.get(at('入会'))).problem()
  expect(unreadable).toMatchObject({
    status: 404,
    see: `${registry.url}/v1/numbers?q=${encodeURIComponent('入会')}`,
  })
})

test('the ten and eleven digits of a United States publication meet in one record', async () => {
  const registry = await openRegistry()
  const { id, officer } = await university(registry)
  const six = serial(6)
  const made = await enrolled(officer, [{ id }], { numbers: [`US20310${six}A1`], family: `us-${six}` })
  const spellings = [`US2031${six}A1`, `US 2031/0${six} A1`, `US-2031${six}-A1`, `US20310${six}`]
  for (const spelling of spellings) expect((await registry.anonymous.get(at(spelling))).as(patent).id).toBe(made.id)
  const again = await officer.post('/v1/patents', patentOf([{ id }], { numbers: [`US2031${six}A1`] }))
  expect(again.problem()).toMatchObject({ status: 409, existing: `${registry.url}/v1/patents/${made.number}` })
})

test('the application and the patent of one European publication number are one record', async () => {
  const registry = await openRegistry()
  const { id, officer } = await university(registry)
  const seven = serial(7)
  const made = await enrolled(officer, [{ id }], { numbers: [`EP${seven}A1`] })
  expect((await registry.anonymous.get(at(`EP ${seven} B1`))).as(patent).id).toBe(made.id)
  const again = await officer.post('/v1/patents', patentOf([{ id }], { numbers: [`EP${seven}B1`] }))
  expect(again.problem()).toMatchObject({ status: 409, code: 'already_registered' })
})

test('the two spellings of a Japanese number of 1989 meet in one record', async () => {
  const registry = await openRegistry()
  const { id, officer } = await university(registry)
  const six = serial(6)
  const made = await enrolled(officer, [{ id }], { numbers: [`特開昭64-${six}`] })
  for (const spelling of [`特開平1-${six}`, `特開昭64-${six}`, `JPH01${six}A`, `JP-S64${six}-A`])
    expect((await registry.anonymous.get(at(spelling))).as(patent).id).toBe(made.id)
  const again = await officer.post('/v1/patents', patentOf([{ id }], { numbers: [`特開平1-${six}`] }))
  expect(again.status).toBe(409)
})

test('classes are kept in their schemes, an FI with its comma and its @, and give the fields of WIPO', async () => {
  const registry = await openRegistry()
  const { id, officer } = await university(registry)
  const made = await enrolled(officer, [{ id }], {
    classes: {
      ipc: ['H01M 10/0562', 'C07K16/28', 'h01m10/0562'],
      cpc: ['Y02E 60/10'],
      fi: ['H01M10/0562', 'G06F3/06,301@A', 'A61K39/395@N'],
    },
  })
  expect(made.classes.ipc).toEqual(['H01M10/0562', 'C07K16/28'])
  expect(made.classes.cpc).toEqual(['Y02E60/10'])
  expect(made.classes.fi).toEqual(['H01M10/0562', 'G06F3/06,301@A', 'A61K39/395@N'])
  // Electrical machinery, computer technology, biotechnology, pharmaceuticals.
  expect(made.fields.map(({ field }) => field)).toEqual([1, 6, 15, 16])
  expect(made.fields[0]?.name.en).toMatch(/Electrical machinery/)
})

test('a class symbol that is none is refused at its place', async () => {
  const registry = await openRegistry()
  const { id, officer } = await university(registry)
  for (const [scheme, symbol] of [
    ['ipc', 'battery'],
    ['ipc', 'Z01M10/05'],
    ['fi', 'H01M10'.repeat(9)],
  ] as const) {
    const classes = { ipc: [], cpc: [], fi: [], [scheme]: ['H01M10/0562', symbol] }
    const refused = await officer.post('/v1/patents', patentOf([{ id }], { classes }))
    expect([refused.status, refused.problem().errors?.[0]?.pointer]).toEqual([422, `/classes/${scheme}/1`])
  }
})

test('a patent keeps the history that its dates prove, and a check of an earlier day answers from it', async () => {
  const registry = await openRegistry()
  const { id, officer } = await university(registry)
  const made = await enrolled(officer, [{ id }], {
    filedOn: '2015-12-25',
    grantedOn: '2018-09-06',
    status: { value: 'lapsed', on: '2024-09-06', source: 'J-PlatPat', seenOn: '2026-11-01' },
  })
  expect(made.statuses.map(({ value, on }) => [value, on])).toEqual([
    ['pending', '2015-12-25'],
    ['granted', '2018-09-06'],
    ['lapsed', '2024-09-06'],
  ])
  expect(made.status).toMatchObject({ value: 'lapsed', source: 'J-PlatPat', seenOn: '2026-11-01' })
  expect(made.end).toMatchObject({ on: '2035-12-25', estimated: true })
  const on = async (day: string) => {
    const query = new URLSearchParams({ number: made.number, ...research, on: day })
    const { verdict, legalStatus, reasons } = (await registry.anonymous.get(`/v1/check?${query}`)).as(checkResult)
    return [verdict, legalStatus.value, codes([...reasons])[0]]
  }
  expect(await on('2014-01-01')).toEqual(['ask', 'unknown', 'right_status_unknown'])
  expect(await on('2015-12-25')).toEqual(['ask', 'pending', 'right_pending'])
  expect(await on('2018-09-05')).toEqual(['ask', 'pending', 'right_pending'])
  expect(await on('2018-09-06')).toEqual(['ask', 'granted', 'right_in_force'])
  expect(await on('2024-09-05')).toEqual(['ask', 'granted', 'right_in_force'])
  expect(await on('2024-09-06')).toEqual(['not_needed', 'lapsed', 'right_ended'])
})

test('a change adds numbers and states of the right, and takes none away', async () => {
  const registry = await openRegistry()
  const { id, officer } = await university(registry)
  const published = `特開2032-${serial(6)}`
  const made = await enrolled(officer, [{ id }], {
    numbers: [published],
    grantedOn: undefined,
    status: { value: 'pending', source: 'J-PlatPat', seenOn: '2026-11-01' },
  })
  const number = grantNumber()
  const digits = number.replaceAll(/\D/g, '')
  const granted = await officer.patch(
    at(made.number),
    {
      numbers: [number],
      grantedOn: '2026-10-10',
      status: { value: 'granted', source: 'J-PlatPat', seenOn: '2026-11-15' },
      title: { en: 'A new title' },
    },
    { 'If-Match': '"v1"' },
  )
  const after = granted.as(patent)
  expect(after.id).toBe(made.id)
  expect(after.number).toMatch(new RegExp(`^JP-${digits}`))
  expect(after.numbers.map(({ type }) => type)).toEqual(['publication', 'grant'])
  expect(after.title).toEqual({ ja: made.title.ja, en: 'A new title' })
  // Without a date of its own, a status holds from the day that it implies.
  expect(after.statuses.map(({ value, on }) => [value, on])).toEqual([
    ['pending', '2015-12-25'],
    ['granted', '2026-10-10'],
  ])
  expect(granted.headers.get('ETag')).toBe('"v2"')
  for (const spelling of [published, number, `JP${digits}B2`])
    expect((await registry.anonymous.get(at(spelling))).as(patent).id).toBe(made.id)

  const lapsed = await officer.patch(
    at(number),
    { status: { value: 'lapsed', on: '2026-11-10', source: 'J-PlatPat', seenOn: '2026-11-20' } },
    { 'If-Match': '"v2"' },
  )
  expect(lapsed.as(patent).statuses.map(({ value }) => value)).toEqual(['pending', 'granted', 'lapsed'])
  expect(lapsed.as(patent).status.value).toBe('lapsed')
})

test('a change needs the version that was read, and refuses numbers of another office or record', async () => {
  const registry = await openRegistry()
  const { id, officer } = await university(registry)
  const [made, other] = await Promise.all([enrolled(officer, [{ id }]), enrolled(officer, [{ id }])])
  const path = at(made.number)
  const change = { title: { ja: '別の名称' } }
  expect((await officer.patch(path, change)).problem()).toMatchObject({ status: 428, code: 'version_required' })
  expect((await officer.patch(path, change, { 'If-Match': '"v7"' })).problem()).toMatchObject({
    status: 412,
    code: 'stale_version',
  })
  const foreign = await officer.patch(path, { numbers: [`US${serial(7)}B2`] }, { 'If-Match': '"v1"' })
  expect(foreign.problem()).toMatchObject({ status: 422, errors: [{ pointer: '/numbers/0', code: 'other_office' }] })
  const taken = await officer.patch(path, { numbers: [other.number] }, { 'If-Match': '"v1"' })
  expect(taken.problem()).toMatchObject({ status: 409, code: 'already_registered' })
  const read = await registry.anonymous.get(path)
  expect(read.as(patent)).toEqual(made)
  expect(read.headers.get('ETag')).toBe('"v1"')
})

test('holders do not change while a declaration stands on the patent', async () => {
  const registry = await openRegistry()
  const { holder, officer, patents, declaration: standing } = await opened(registry, 'RPC-OPEN-1.0')
  const partner = await registry.organisation()
  const path = at(patents[0]?.number ?? '')
  const change = { holders: [{ organisation: holder.id }, { organisation: partner.id, share: '1/2' }] }
  const refused = await officer.patch(path, change, { 'If-Match': '"v1"' })
  expect(refused.problem()).toMatchObject({ status: 409, code: 'not_allowed_now' })
  // The same holders with their shares are no change of holders.
  const shares = { holders: [{ organisation: holder.id, share: '1/1' }] }
  expect((await officer.patch(path, shares, { 'If-Match': '"v1"' })).as(patent).holders[0]?.share).toBe('1/1')
  const withdrawn = await officer.post(`/v1/declarations/${standing.id}/withdrawal`, { reason: 'Assigned.' })
  expect(withdrawn.as(declaration).state).toBe('withdrawn')
  // Until the notice is over it still opens the patent, to which the partner never consented.
  const during = await officer.patch(path, change, { 'If-Match': '"v2"' })
  expect(during.problem()).toMatchObject({ status: 409, code: 'not_allowed_now' })
})

test('holders have to be registered, and each is named once', async () => {
  const registry = await openRegistry()
  const { id, officer } = await university(registry)
  const nobody = await officer.post('/v1/patents', patentOf([{ id }, { id: 'nobody' }]))
  expect(nobody.problem().errors).toMatchObject([{ pointer: '/holders/1/organisation', code: 'unknown_organisation' }])
  const twice = await officer.post('/v1/patents', patentOf([{ id }, { id }]))
  expect(twice.problem().errors).toMatchObject([{ pointer: '/holders/1/organisation', code: 'named_twice' }])
  const none = await officer.post('/v1/patents', patentOf([]))
  expect(none.problem().errors).toMatchObject([{ pointer: '/holders' }])
})

test('a registration sent again with its Idempotency-Key answers with the same record', async () => {
  const registry = await openRegistry()
  const { id, officer } = await university(registry)
  const body = patentOf([{ id }])
  const headers = { 'Idempotency-Key': crypto.randomUUID() }
  const first = await officer.post('/v1/patents', body, headers)
  const again = await officer.post('/v1/patents', body, headers)
  expect([again.status, again.headers.get('Idempotency-Replayed')]).toEqual([201, 'true'])
  expect(again.as(patent)).toEqual(first.as(patent))
  const other = await officer.post('/v1/patents', patentOf([{ id }]), headers)
  expect(other.problem().code).toBe('idempotency_mismatch')
})

test('a patent shows the declarations on it and the members of its family', async () => {
  const registry = await openRegistry()
  const {
    holder,
    officer,
    patents,
    declaration: standing,
  } = await opened(registry, 'RPC-OPEN-1.0', {
    patent: { family: `family-${crypto.randomUUID()}` },
  })
  const [japanese] = patents
  const american = await enrolled(officer, [holder], {
    numbers: [`US${serial(8).replace(/^./, '1')}B2`],
    family: japanese?.family?.id,
  })
  const read = (await registry.anonymous.get(at(japanese?.number ?? ''))).as(patent)
  expect(read.family?.members).toEqual([american.number])
  expect(read.declarations).toMatchObject([{ id: standing.id, termsId: 'RPC-OPEN-1.0', state: 'in_force' }])
  const second = await officer.post('/v1/declarations', declarationOf('RPC-ACADEMIC-1.0', [american.number]))
  expect(second.status).toBe(201)
  expect((await registry.anonymous.get(at(american.number))).as(patent)).toMatchObject({
    family: { members: [japanese?.number] },
    declarations: [{ termsId: 'RPC-ACADEMIC-1.0' }],
  })
})

test('a thousand written numbers are read in their order, and one more is refused', async () => {
  const registry = await openRegistry()
  const inputs = Array.from({ length: 1000 }, (_, i) =>
    i % 3 === 0
      ? `特許第${4_000_000 + i}号`
      : i % 3 === 1
        ? `US 9,${String(100_000 + i).replace(/(\d{3})$/, ',$1')} B2`
        : `??${i}`,
  )
  const { results } = (await registry.anonymous.post('/v1/numbers', { inputs })).as(parsedNumbers)
  expect(results.map(({ input }) => input)).toEqual(inputs)
  expect(results.map(({ candidates }) => candidates[0]?.office)).toEqual(
    inputs.map((_, i) => ['JP', 'US', undefined][i % 3]),
  )
  expect(results.at(-1)?.candidates[0]?.docdb).toBe('JP-4000999')
  const refused = await registry.anonymous.post('/v1/numbers', { inputs: [...inputs, 'JP-4567890-B2'] })
  expect([refused.status, refused.problem().errors?.[0]?.pointer]).toEqual([422, '/inputs'])
})

test('one written number is read by GET as in the list of many', async () => {
  const registry = await openRegistry()
  const q = '特許第4567890号'
  const one = (await registry.anonymous.get(`/v1/numbers?q=${encodeURIComponent(q)}`)).as(parsedNumber)
  const { results } = (await registry.anonymous.post('/v1/numbers', { inputs: [q] })).as(parsedNumbers)
  expect(results).toEqual([one])
  expect((await registry.anonymous.get('/v1/numbers')).problem().errors?.[0]?.pointer).toBe('?q')
  expect((await registry.anonymous.get(`/v1/numbers?q=${'1'.repeat(301)}`)).status).toBe(400)
})
