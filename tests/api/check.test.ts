import { expect, test } from 'vitest'
import type { TermsId } from '../../policies/terms.ts'
import { checkAnswer, checkResult } from '../../src/check/check.ts'
import { organisation } from '../../src/organisations/organisation.ts'
import { patent } from '../../src/patents/patent.ts'
import { codes, declarationOf, enrolled, newRor, numbersOf, opened, research } from '../support/opening.ts'
import { grantNumber, patentOf } from '../support/patents.ts'
import { openRegistry, type Registry } from '../support/registry.ts'

async function ask(registry: Registry, number: string, question: Record<string, string> = research) {
  return (await registry.anonymous.get(`/v1/check?${new URLSearchParams({ number, ...question })}`)).as(checkResult)
}

async function openOne(registry: Registry, terms: TermsId, options?: Parameters<typeof opened>[2]) {
  const made = await opened(registry, terms, options)
  const [patent] = made.patents
  if (!patent) throw new Error('one patent was made')
  return { ...made, patent, number: patent.number }
}

test('a thousand spellings in one question are answered in their order, one entry each', async () => {
  const registry = await openRegistry()
  const { patent } = await openOne(registry, 'RPC-OPEN-1.0')
  const digits = patent.number.replaceAll(/\D/g, '').slice(0, 7)
  const spellings: readonly (readonly [string, string])[] = [
    [patent.number, 'allowed'],
    ['', 'unrecognised'],
    [`特許第${digits}号`, 'allowed'],
    ['<script>alert(1)</script>', 'unrecognised'],
    [`JP${digits}B2`, 'allowed'],
    ['JP2031-123456', 'unrecognised'],
    ['JP-9999998-B2', 'not_enrolled'],
    [`https://patents.google.com/patent/JP${digits}B2/ja`, 'allowed'],
    ['x'.repeat(5000), 'unrecognised'],
    [`特許第${digits.replaceAll(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)))}号`, 'allowed'],
    ['\u0000\ud800', 'unrecognised'],
  ]
  const asked = Array.from({ length: 1000 }, (_, i) => spellings[i % spellings.length] ?? ['', 'unrecognised'])
    // The long line would fill the body by itself: it is sent a few times only.
    .map(([input, verdict], i) => (i > 100 && input.length > 1000 ? ['??', verdict] : [input, verdict]))
  const answer = await registry.anonymous.post('/v1/check', { numbers: asked.map(([input]) => input), ...research })
  const { worst, results } = answer.as(checkAnswer)
  expect(results).toHaveLength(1000)
  expect(results.map(({ input, verdict }) => [input, verdict])).toEqual(asked)
  expect(worst).toBe('unrecognised')
  expect(new Set(results.flatMap((result) => result.patent?.id ?? []))).toEqual(new Set([patent.id]))
  expect(results[5]?.candidates?.map(({ type }) => type).sort()).toEqual(['application', 'publication'])
  const more = await registry.anonymous.post('/v1/check', { numbers: Array.from({ length: 1001 }, () => '?') })
  expect([more.status, more.problem().errors?.[0]?.pointer]).toEqual([422, '/numbers'])
})

test('the worst verdict stands for all, and one line does not spoil another', async () => {
  const registry = await openRegistry()
  const { number } = await openOne(registry, 'RPC-OPEN-1.0')
  const worst = async (numbers: string[], question: Record<string, string> = research) =>
    (await registry.anonymous.post('/v1/check', { numbers, ...question })).as(checkAnswer).worst
  expect(await worst([number, number])).toBe('allowed')
  expect(await worst([number, 'JP-9999998-B2'])).toBe('not_enrolled')
  expect(await worst(['JP-9999998-B2', 'nothing', number])).toBe('unrecognised')
  expect(await worst([number, 'nothing'], { ...research, purpose: 'commercial' })).toBe('not_allowed')
  expect(await worst([])).toBe('unrecognised')
})

test('free text is read line by line, whatever stands around the numbers', async () => {
  const registry = await openRegistry()
  const { patent } = await openOne(registry, 'RPC-OPEN-1.0')
  const digits = patent.number.replaceAll(/\D/g, '').slice(0, 7)
  const text = `1. 特許第${digits}号（固体電解質）、JP-9999998-B2\r\n\r\nsee also JP${digits}B2.\nno patent here`
  const { results } = (await registry.anonymous.post('/v1/check', { text, ...research })).as(checkAnswer)
  expect(results.map(({ input, verdict }) => [input, verdict])).toEqual([
    [`特許第${digits}`, 'allowed'],
    ['JP-9999998-B2', 'not_enrolled'],
    [`JP${digits}B2`, 'allowed'],
    ['no patent here', 'unrecognised'],
  ])
})

test('numbers and text are two ways of asking: one of them, not both, not neither', async () => {
  const registry = await openRegistry()
  for (const body of [{ numbers: ['JP4567890'], text: 'JP4567890' }, {}]) {
    const refused = await registry.anonymous.post('/v1/check', { ...body, ...research })
    expect([refused.status, refused.problem().errors?.[0]?.pointer]).toEqual([422, '/numbers'])
  }
  const tooMany = await registry.anonymous.post('/v1/check', { text: 'JP-4567890-B2\n'.repeat(1001) })
  expect(tooMany.problem()).toMatchObject({ status: 413, code: 'too_large' })
})

test.each(['purpose', 'mode', 'beneficiary'] as const)(
  'a question without its %s is never allowed, and the answer says what to add',
  async (axis) => {
    const registry = await openRegistry()
    const { number } = await openOne(registry, 'RPC-OPEN-1.0')
    const { [axis]: _left, ...rest } = research
    const answer = await ask(registry, number, rest)
    expect([answer.verdict, answer.next.code]).toEqual(['ask', 'complete_question'])
    const missing = answer.reasons.find(({ code }) => code === `${axis}_missing`)
    expect(missing?.text.en).toContain(`(${axis})`)
    expect(missing?.text.ja).toContain(`（${axis}）`)
    const nothing = await ask(registry, number, {})
    expect(codes([...nothing.reasons])).toEqual(
      expect.arrayContaining(['purpose_missing', 'mode_missing', 'beneficiary_missing']),
    )
  },
)

test('a word outside the vocabulary is refused at its place', async () => {
  const registry = await openRegistry()
  for (const [axis, value] of [
    ['purpose', 'fun'],
    ['mode', 'near'],
    ['beneficiary', 'cat'],
    ['country', 'Japan'],
    ['on', '2026-13-01'],
    ['holdsDeclaration', 'yes'],
  ] as const) {
    const one = await registry.anonymous.get(`/v1/check?${new URLSearchParams({ number: 'JP4567890', [axis]: value })}`)
    expect([one.status, one.problem().errors?.[0]?.pointer]).toEqual([400, `?${axis}`])
    const many = await registry.anonymous.post('/v1/check', { numbers: ['JP4567890'], [axis]: value })
    expect([many.status, many.problem().errors?.[0]?.pointer]).toEqual([422, `/${axis}`])
  }
})

test('an allowed use tells its clause, its conditions, whether it needs a grant, and where to read', async () => {
  const registry = await openRegistry()
  const { holder, number, patent, declaration } = await openOne(registry, 'RPC-OPEN-1.0')
  const answer = await ask(registry, number)
  expect(answer).toMatchObject({
    input: number,
    verdict: 'allowed',
    patent: { id: patent.id, number, holders: [{ id: holder.id, name: holder.name }] },
    terms: { id: 'RPC-OPEN-1.0' },
    declaration: { id: declaration.id },
    clause: 'RPC-OPEN-1.0 §3.2',
    grantNeeded: 'recommended',
    legalStatus: { value: 'granted', source: 'J-PlatPat', seenOn: '2026-11-01' },
    next: { code: 'begin' },
  })
  expect(answer.conditions.find(({ code }) => code === 'attribution')?.text.en).toContain(number)
  for (const { text } of [...answer.reasons, ...answer.conditions]) expect(text.ja && text.en).toBeTruthy()
  const evaluation = await ask(registry, number, { ...research, purpose: 'evaluation' })
  expect(evaluation).toMatchObject({ verdict: 'allowed', grantNeeded: 'required', next: { code: 'request_grant' } })
  expect(codes([...evaluation.conditions])).toEqual(expect.arrayContaining(['grant_required', 'evaluation_period']))
  const commercial = await ask(registry, number, { ...research, purpose: 'commercial' })
  expect(commercial).toMatchObject({ verdict: 'not_allowed', grantNeeded: 'no', next: { code: 'ask_for_licence' } })
})

test('research in another country is not bound by this right, and the family there is named', async () => {
  const registry = await openRegistry()
  const { officer, holder, number } = await openOne(registry, 'RPC-OPEN-1.0', {
    patent: { family: `family-${crypto.randomUUID()}` },
  })
  const lonely = await ask(registry, number, { ...research, country: 'US' })
  expect([lonely.verdict, lonely.next.code, codes([...lonely.reasons])]).toEqual([
    'not_needed',
    'check_register',
    ['right_elsewhere'],
  ])
  const family = (await registry.anonymous.get(`/v1/patents/${number}`)).text
  const id = /"family":\{"id":"([^"]+)"/.exec(family)?.[1]
  const american = await enrolled(officer, [holder], {
    numbers: [`US1${String(Math.floor(Math.random() * 1e7)).padStart(7, '0')}B2`],
    family: id,
  })
  const german = await enrolled(officer, [holder], {
    numbers: [`EP${1_000_000 + Math.floor(Math.random() * 9e6)}B1`],
    family: id,
  })
  const there = await ask(registry, number, { ...research, country: 'US' })
  expect([there.verdict, there.next.code]).toEqual(['not_needed', 'check_family'])
  expect(there.reasons.at(-1)?.text.en).toContain(american.number)
  expect(there.reasons.at(-1)?.text.en).not.toContain(german.number)
  expect((await ask(registry, number, { ...research, country: 'DE' })).reasons.at(-1)?.text.en).toContain(german.number)
  expect((await ask(registry, number, { ...research, country: 'JP' })).verdict).toBe('allowed')
  const nowhere = await ask(registry, number, { ...research, country: 'QQ' })
  expect([nowhere.verdict, codes([...nowhere.reasons])]).toEqual(['ask', ['country_unknown']])
})

test('a European patent answers for research in Germany, and not for Japan', async () => {
  const registry = await openRegistry()
  const { number } = await openOne(registry, 'RPC-OPEN-1.0', {
    patent: { numbers: [`EP${1_000_000 + Math.floor(Math.random() * 9e6)}B1`] },
  })
  const german = await ask(registry, number, { ...research, country: 'DE' })
  expect(german.verdict).toBe('allowed')
  expect(german.statutory?.source).toContain('Patentgesetz')
  expect((await ask(registry, number, { ...research, country: 'GB' })).verdict).toBe('allowed')
  expect((await ask(registry, number, { ...research, country: 'JP' })).verdict).toBe('not_needed')
  expect((await ask(registry, number)).verdict).toBe('allowed')
})

test('a recorded end makes a permission needless, with source and date; an estimated one does not', async () => {
  const registry = await openRegistry()
  const recorded = await openOne(registry, 'RPC-OPEN-1.0')
  const etag = '"v1"'
  const change = {
    status: { value: 'expired', source: 'JPO register', seenOn: '2026-11-15' },
    expires: { on: '2026-11-10', source: 'JPO register', seenOn: '2026-11-15' },
  }
  const ended = await recorded.officer.patch(`/v1/patents/${recorded.number}`, change, { 'If-Match': etag })
  expect(ended.status).toBe(200)
  const after = await ask(registry, recorded.number)
  expect(after).toMatchObject({
    verdict: 'not_needed',
    legalStatus: { value: 'expired', on: '2026-11-10', source: 'JPO register', seenOn: '2026-11-15' },
    next: { code: 'keep_record' },
  })
  expect(after.reasons[0]?.text.en).toContain('2026-11-15')
  const old = await openOne(registry, 'RPC-OPEN-1.0', { patent: { filedOn: '1999-01-15', grantedOn: '2004-01-15' } })
  const estimated = await ask(registry, old.number)
  expect(estimated.verdict).toBe('allowed')
  expect(codes([...estimated.reasons])).toContain('estimated_term_passed')
})

test('an organisation tells its class and whether it has opened patents itself', async () => {
  const registry = await openRegistry()
  const { number } = await openOne(registry, 'RPC-RECIPROCAL-1.0')
  const ror = newRor()
  const company = await registry.organisation({ kind: 'company', ror })
  const question = { purpose: 'basic_research', mode: 'with', assertsPatents: 'false' }
  const asked = (organisationId: string) => ask(registry, number, { ...question, organisation: organisationId })
  const without = await asked(company.id)
  expect([without.verdict, without.next.code]).toEqual(['not_allowed', 'open_a_patent'])
  expect(codes([...without.reasons])).toEqual(expect.arrayContaining(['beneficiary_allowed', 'reciprocity_unmet']))

  const officer = await registry.member(company.id)
  const own = await enrolled(officer, [company])
  const inventors = await officer.post('/v1/declarations', declarationOf('RPC-INVENTOR-1.0', [own.number]))
  expect(inventors.status).toBe(201)
  expect((await asked(company.id)).verdict, 'opened to inventors alone').toBe('not_allowed')
  expect((await officer.post('/v1/declarations', declarationOf('RPC-ACADEMIC-1.0', [own.number]))).status).toBe(201)
  for (const spelling of [company.id, ror, ror.slice(-9)])
    expect(await asked(spelling)).toMatchObject({ verdict: 'allowed', grantNeeded: 'required' })
  // What is said outweighs what the record tells.
  expect(
    (await ask(registry, number, { ...question, organisation: company.id, beneficiary: 'individual' })).verdict,
  ).toBe('not_allowed')
  const silent = await ask(registry, number, { purpose: 'basic_research', mode: 'with', organisation: company.id })
  expect([silent.verdict, silent.next.code]).toEqual(['ask', 'complete_question'])
  const asserting = await ask(registry, number, { ...question, assertsPatents: 'true', organisation: company.id })
  expect([asserting.verdict, asserting.next.code]).toEqual(['not_allowed', 'end_assertion'])
})

test('an organisation that is not registered is refused at its place', async () => {
  const registry = await openRegistry()
  const one = await registry.anonymous.get('/v1/check?number=JP4567890&organisation=nobody')
  expect([one.status, one.problem().errors?.[0]?.pointer]).toEqual([422, '?organisation'])
  const many = await registry.anonymous.post('/v1/check', { numbers: ['JP4567890'], organisation: 'nobody' })
  expect([many.status, many.problem().errors?.[0]?.pointer]).toEqual([422, '/organisation'])
})

test('an organisation that is only applied is not told apart from none', async () => {
  const registry = await openRegistry()
  const unique = crypto.randomUUID().slice(0, 8)
  const applied = await registry.steward.post('/v1/organisations', {
    name: { ja: `申込${unique}`, en: `Applied ${unique}` },
    kind: 'company',
    country: 'JP',
  })
  const { id } = applied.as(organisation)
  const answer = await registry.anonymous.get(`/v1/check?number=JP4567890&organisation=${id}`)
  expect(answer.status).toBe(422)
})

test('terms for inventors open nothing to others, and say so', async () => {
  const registry = await openRegistry()
  const { number } = await openOne(registry, 'RPC-INVENTOR-1.0')
  const answer = await ask(registry, number)
  expect(answer.verdict).toBe('ask')
  expect(codes([...answer.reasons])).toContain('inventor_missing')
})

test('the law of the country stands beside the verdict, by the mode of use, and never changes it', async () => {
  const registry = await openRegistry()
  const { number } = await openOne(registry, 'RPC-OPEN-1.0')
  const using = await ask(registry, number)
  const studying = await ask(registry, number, { ...research, mode: 'on' })
  expect(using.statutory?.source).toContain('特許法第69条')
  expect(using.statutory?.en).not.toBe(studying.statutory?.en)
  expect([using.verdict, studying.verdict]).toEqual(['allowed', 'allowed'])
  const { mode: _left, ...without } = research
  expect(await ask(registry, number, without)).not.toHaveProperty('statutory')
})

test('an answer for a day before the declaration, or after its end, says so', async () => {
  const registry = await openRegistry()
  const { holder, officer, number, declaration } = await openOne(registry, 'RPC-OPEN-1.0')
  const on = (day: string) => ask(registry, number, { ...research, on: day })
  expect((await on(declaration.from)).verdict).toBe('allowed')
  const before = await on('2020-06-01')
  expect([before.verdict, codes([...before.reasons]).at(-1)]).toEqual(['ask', 'declaration_not_yet_in_force'])
  const later = await enrolled(officer, [holder])
  const period = { from: '2090-01-01', until: '2090-12-31' }
  const made = await officer.post('/v1/declarations', declarationOf('RPC-OPEN-1.0', [later.number], period))
  expect(made.status).toBe(201)
  const then = async (day: string) => {
    const { verdict, reasons } = await ask(registry, later.number, { ...research, on: day })
    return [verdict, codes([...reasons]).at(-1)]
  }
  expect(await then('2089-12-31')).toEqual(['ask', 'declaration_not_yet_in_force'])
  expect((await then('2090-01-01'))[0]).toBe('allowed')
  expect((await then('2090-12-31'))[0]).toBe('allowed')
  expect(await then('2091-01-01')).toEqual(['ask', 'declaration_ended'])
  expect((await ask(registry, later.number)).verdict).toBe('ask')
})

test('an enrolled patent that is not open, and one that is not enrolled, say whom to ask', async () => {
  const registry = await openRegistry()
  const { id } = await registry.organisation()
  const officer = await registry.member(id)
  const made = await officer.post('/v1/patents', patentOf([{ id }]))
  const { number } = made.as(patent)
  expect(await ask(registry, number)).toMatchObject({ verdict: 'ask', next: { code: 'ask_holder_to_open' } })
  const stranger = await ask(registry, grantNumber())
  expect([stranger.verdict, stranger.patent]).toEqual(['not_enrolled', undefined])
})

test('a question is answered alike by GET and by POST', async () => {
  const registry = await openRegistry()
  const { patents } = await opened(registry, 'RPC-ACADEMIC-1.0')
  const [number = ''] = numbersOf(patents)
  const one = await ask(registry, number)
  const { results } = (await registry.anonymous.post('/v1/check', { numbers: [number], ...research })).as(checkAnswer)
  expect(results).toEqual([one])
})
