import fc from 'fast-check'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { decide, type Facts, type Use } from '../../policies/decide.ts'
import { catalogue, findClause, findTerms, type Terms, termsId } from '../../policies/terms.ts'
import {
  ambiguous,
  nextCode,
  notEnrolled,
  reasonCode,
  unrecognised,
  verdictsFromWorst,
  worst,
} from '../../policies/verdict.ts'
import {
  beneficiary,
  encumbranceKind,
  grantNeeded,
  legalStatus,
  mode,
  purpose,
  type Rule,
  verdict,
} from '../../policies/vocabulary.ts'
import vectors from '../vectors/verdicts.json' with { type: 'json' }
import { ask, codesOf, declared, fullUse, kyoto, openUnder, osaka, today } from './facts.ts'

const period = { from: z.string().optional(), until: z.string().optional() }
const named = z.strictObject({ id: z.string(), name: z.strictObject({ ja: z.string(), en: z.string() }), ...period })
const factsShape = z.strictObject({
  patentId: z.string(),
  number: z.string(),
  office: z.string(),
  filedOn: z.string().optional(),
  grantedOn: z.string().optional(),
  end: z.strictObject({ on: z.string(), estimated: z.boolean(), source: z.string(), seenOn: z.string() }).optional(),
  statuses: z.array(z.strictObject({ value: legalStatus, on: z.string(), source: z.string(), seenOn: z.string() })),
  holders: z.array(named),
  encumbrances: z.array(z.strictObject({ kind: encumbranceKind, researchReserved: z.boolean(), ...period })),
  declarations: z.array(
    z.strictObject({
      id: z.string(),
      termsId: z.string(),
      termsSha256: z.string(),
      from: z.string(),
      until: z.string().optional(),
      state: z.enum(['awaiting_consent', 'in_force', 'withdrawn']),
      inForceFrom: z.string().optional(),
      awaiting: z.array(named).optional(),
      withdrawnOn: z.string().optional(),
    }),
  ),
  suspendedHolders: z.array(z.string()),
  family: z.array(z.strictObject({ number: z.string(), office: z.string() })),
}) satisfies z.ZodType<Facts>
const useShape = z.strictObject({
  purpose: purpose.optional(),
  mode: mode.optional(),
  beneficiary: beneficiary.optional(),
  country: z.string().optional(),
  on: z.string(),
  holdsDeclaration: z.boolean().optional(),
  assertsPatents: z.boolean().optional(),
  inventor: z.boolean().optional(),
}) satisfies z.ZodType<Use>
const caseShape = z.strictObject({
  name: z.string(),
  facts: factsShape,
  use: useShape,
  expected: z.strictObject({ verdict, grantNeeded, reasonCodes: z.array(reasonCode) }),
})
const cases = z.array(caseShape).parse(vectors.cases)

test.each(cases)('$name', ({ facts, use, expected }) => {
  const given = decide(catalogue, use, facts)
  expect({ verdict: given.verdict, grantNeeded: given.grantNeeded, reasonCodes: codesOf(given) }).toEqual(expected)
})

test('the cases meet every reason that decide can give, and every verdict', () => {
  const met = new Set(cases.flatMap(({ expected }) => expected.reasonCodes))
  // Steps 1 and 2 come before decide; no published terms say anything but allow of a mode.
  const elsewhere = ['number_unrecognised', 'number_ambiguous', 'patent_not_enrolled', 'mode_ask', 'mode_denied']
  expect(reasonCode.options.filter((code) => !met.has(code))).toEqual(elsewhere)
  expect(new Set(cases.map(({ expected }) => expected.verdict))).toEqual(
    new Set(['allowed', 'ask', 'not_allowed', 'not_needed']),
  )
})

test('every use there is has the answer of the table', () => {
  const { space } = vectors
  const truth = { '?': undefined, y: true, n: false }
  let compared = 0
  for (const [id, settings] of Object.entries(space.settings)) {
    const facts = openUnder(termsId.parse(id))
    expect(Object.keys(settings)).toHaveLength(27)
    for (const [setting, table] of Object.entries(settings)) {
      const [holdsDeclaration, assertsPatents, inventor] = [...setting].map(
        (mark) => truth[z.enum(['?', 'y', 'n']).parse(mark)],
      )
      const lines = withAbsent(beneficiary.options).map((who) =>
        withAbsent(purpose.options)
          .map((what) =>
            withAbsent(mode.options)
              .map((how) => {
                compared++
                const use: Use = {
                  beneficiary: who,
                  purpose: what,
                  mode: how,
                  on: space.on,
                  holdsDeclaration,
                  assertsPatents,
                  inventor,
                }
                const given = decide(catalogue, use, facts)
                if (given.verdict === 'allowed') return given.grantNeeded === 'required' ? 'A' : 'a'
                return given.verdict === 'ask' ? '?' : 'x'
              })
              .join(''),
          )
          .join(' '),
      )
      expect(lines, `${id} ${setting}`).toEqual(space.tables[table])
    }
  }
  expect(compared).toBe(4 * 27 * 8 * 12 * 3)
  expect([space.beneficiary, space.purpose, space.mode]).toEqual([beneficiary.options, purpose.options, mode.options])
})

test('says it in one sentence, with the holder, the terms and the clause', () => {
  const allowed = ask({}, openUnder('RPC-OPEN-1.0'))
  expect(allowed.sentence.ja).toBe(
    'この特許は、基礎研究に使えます。権利者の京都大学が RPC-OPEN-1.0 で開放しています（第3条2項）。',
  )
  expect(allowed.sentence.en).toBe(
    'This patent may be used for basic research. Its holder, Kyoto University, has declared it open under RPC-OPEN-1.0 (§3.2).',
  )
  expect(allowed).toMatchObject({
    termsId: 'RPC-OPEN-1.0',
    termsSha256: findTerms('RPC-OPEN-1.0')?.sha256,
    declarationId: 'd-RPC-OPEN-1.0',
    clause: 'RPC-OPEN-1.0 §3.2',
    legalStatus: { value: 'granted', on: '2018-08-10', source: 'J-PlatPat', seenOn: '2026-11-01' },
    next: { code: 'begin' },
  })
  const refused = ask({ purpose: 'commercial' }, openUnder('RPC-OPEN-1.0'))
  expect(refused.sentence.ja).toBe(
    'この特許は、商業利用には使えません。RPC-OPEN-1.0 は、商業利用を認めていません（第3条12項）。',
  )
  expect(refused).toMatchObject({ clause: 'RPC-OPEN-1.0 §3.12', next: { code: 'ask_for_licence' }, conditions: [] })
})

test('names every holder of the day, and no former one', () => {
  const facts = { ...openUnder('RPC-OPEN-1.0'), holders: [{ ...osaka, until: '2020-03-31' }, kyoto] }
  expect(ask({}, facts).sentence.en).toContain('Its holder, Kyoto University, has')
  const both = ask({}, { ...facts, holders: [kyoto, osaka] })
  expect(both.sentence.ja).toContain('権利者の京都大学、大阪大学が')
  expect(both.sentence.en).toContain('Its holders, Kyoto University and Osaka University, have')
})

test('every no and every ask says what to do next, and what is missing is named all at once', () => {
  const open = ask({ purpose: undefined, mode: undefined, beneficiary: undefined }, openUnder('RPC-OPEN-1.0'))
  expect(open.next.code).toBe('complete_question')
  for (const name of ['beneficiary', 'purpose', 'mode']) expect(open.next.text.en).toContain(`(${name})`)
  const next = (use: Partial<Use>, facts: Facts) => ask(use, facts).next.code
  expect(next({ beneficiary: 'company' }, openUnder('RPC-ACADEMIC-1.0'))).toBe('ask_holder')
  expect(next({ beneficiary: 'company', purpose: undefined }, openUnder('RPC-ACADEMIC-1.0'))).toBe('ask_holder')
  expect(next({ holdsDeclaration: false }, openUnder('RPC-RECIPROCAL-1.0'))).toBe('open_a_patent')
  expect(next({ assertsPatents: true }, openUnder('RPC-RECIPROCAL-1.0'))).toBe('end_assertion')
  expect(next({ inventor: false }, openUnder('RPC-INVENTOR-1.0'))).toBe('ask_holder_to_open')
  expect(next({}, openUnder())).toBe('ask_holder_to_open')
  expect(next({ purpose: 'evaluation' }, openUnder('RPC-OPEN-1.0'))).toBe('request_grant')
  for (const { use, facts } of cases) {
    const given = decide(catalogue, use, facts)
    expect(nextCode.options).toContain(given.next.code)
    expect(given.next.text.ja).toMatch(/。$/)
    expect(given.sentence.ja).toMatch(/。$/)
    expect(given.sentence.en).toMatch(/^[A-Z].*\.$/)
  }
})

test('of several refusals the first decides', () => {
  const given = ask({ beneficiary: 'individual', purpose: 'commercial' }, openUnder('RPC-RECIPROCAL-1.0'))
  expect(given.clause).toBe('RPC-RECIPROCAL-1.0 §2.7')
  expect(codesOf(given)).toEqual(expect.arrayContaining(['beneficiary_denied', 'purpose_denied']))
})

test('names the family members that reach the country, and no others', () => {
  const family = [
    { number: 'JP-4567890-B2', office: 'JP' },
    { number: 'US-9876543-B2', office: 'US' },
    { number: 'EP-3456789-B1', office: 'EP' },
    { number: 'WO-2016158000-A1', office: 'WO' },
  ]
  const told = (country: string) =>
    ask({ country }, { ...openUnder('RPC-OPEN-1.0'), family }).reasons.find(({ code }) => code === 'family_to_check')
      ?.text.en
  expect(told('US')).toBe('Rights of the same family may have effect in US: US-9876543-B2.')
  expect(told('DE')).toBe('Rights of the same family may have effect in DE: EP-3456789-B1.')
  expect(told('BR')).toBeUndefined()
  const many = Array.from({ length: 25 }, (_, index) => ({ number: `US-${index}-B2`, office: 'US' }))
  const given = ask({ country: 'US' }, { ...openUnder('RPC-OPEN-1.0'), family: many })
  expect(given.reasons.at(-1)?.text.en).toMatch(/US-19-B2 and 5 more\.$/)
})

test('every clause that a verdict cites exists', () => {
  for (const { use, facts } of cases) {
    const given = decide(catalogue, use, facts)
    const cited = [
      given.clause,
      ...given.reasons.map(({ clause }) => clause),
      ...given.conditions.map(({ clause }) => clause),
    ]
    for (const citation of cited) {
      if (citation === undefined) continue
      const [id, clause] = citation.split(' §')
      const terms = findTerms(id ?? '')
      expect(terms && findClause(terms, clause ?? ''), citation).toBeDefined()
    }
  }
})

test('the conditions of an allowed use are those of its terms', () => {
  const evaluation = ask({ purpose: 'evaluation', beneficiary: 'company' }, openUnder('RPC-OPEN-1.0'))
  expect(evaluation.conditions.map(({ code }) => code)).toEqual([
    'research_stage',
    'grant_required',
    'evaluation_period',
    'named_partners_only',
    'no_sublicence',
    'attribution',
    'report_on_publication',
  ])
  expect(evaluation.conditions.find(({ code }) => code === 'evaluation_period')?.text.ja).toContain('24か月')
  expect(evaluation.conditions.find(({ code }) => code === 'attribution')?.text.ja).toContain(
    '「本研究では、京都大学が RPC-OPEN-1.0 により開放した特許 JP-4567890-B2 を利用しました。」',
  )
  const inventor = ask({}, openUnder('RPC-INVENTOR-1.0'))
  expect(inventor.conditions.map(({ code }) => code)).not.toContain('report_on_publication')
  const leaving = { ...declared('RPC-OPEN-1.0'), state: 'withdrawn' as const, withdrawnOn: '2027-02-01' }
  const last = ask({}, { ...openUnder(), declarations: [leaving] }).conditions.at(-1)
  expect(last?.code).toBe('withdrawal_announced')
  expect(last?.text.en).toContain('2027-02-01')
})

test('a value from outside the vocabulary is unknown, even the name of something every object has', () => {
  const parsed: Use = JSON.parse(
    JSON.stringify({ ...fullUse, purpose: 'constructor', mode: '__proto__', beneficiary: 'toString' }),
  )
  const given = decide(catalogue, parsed, openUnder('RPC-OPEN-1.0'))
  expect(given.verdict).toBe('ask')
  expect(codesOf(given)).toEqual(expect.arrayContaining(['beneficiary_missing', 'purpose_missing', 'mode_missing']))
})

test('terms that refuse every value of an axis refuse without knowing which', () => {
  const refusing = changed('RPC-OPEN-1.0', (terms) => {
    for (const value of purpose.options) terms.tags.purposes[value].rule = 'deny'
  })
  const given = decide(refusing, { on: today }, openUnder('RPC-OPEN-1.0'))
  expect(given.verdict).toBe('not_allowed')
  expect(codesOf(given)).toContain('purpose_denied')
})

test('the worst of several, from a recorded no to nothing needed', () => {
  expect([...verdictsFromWorst].sort()).toEqual([...verdict.options].sort())
  expect(worst([{ verdict: 'allowed' }, { verdict: 'not_needed' }])).toBe('allowed')
  expect(worst([{ verdict: 'not_enrolled' }, { verdict: 'allowed' }, { verdict: 'unrecognised' }])).toBe('unrecognised')
  expect(worst([{ verdict: 'ask' }, { verdict: 'unrecognised' }])).toBe('ask')
  expect(worst([{ verdict: 'not_allowed' }, { verdict: 'ask' }])).toBe('not_allowed')
  expect(worst([])).toBe('unrecognised')
})

test('steps 1 and 2 have their own answers', () => {
  expect([unrecognised.verdict, unrecognised.next.code]).toEqual(['unrecognised', 'correct_number'])
  expect([ambiguous.verdict, ambiguous.next.code]).toEqual(['unrecognised', 'choose_candidate'])
  expect([notEnrolled.verdict, notEnrolled.next.code]).toEqual(['not_enrolled', 'ask_holder_to_open'])
})

// Properties

const day = fc.constantFrom('2026-01-01', '2026-11-01', '2026-11-15', today, '2027-06-30', '2036-01-01')
const maybe = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: undefined })
const anyUse: fc.Arbitrary<Use> = fc.record({
  purpose: maybe(fc.constantFrom(...purpose.options)),
  mode: maybe(fc.constantFrom(...mode.options)),
  beneficiary: maybe(fc.constantFrom(...beneficiary.options)),
  country: maybe(fc.constantFrom('JP', 'US', 'DE', 'EP', 'XX')),
  on: day,
  holdsDeclaration: maybe(fc.boolean()),
  assertsPatents: maybe(fc.boolean()),
  inventor: maybe(fc.boolean()),
})
const anyDeclaration = fc
  .record({
    id: fc.uuid(),
    terms: fc.constantFrom(...termsId.options),
    state: fc.constantFrom('awaiting_consent' as const, 'in_force' as const, 'in_force' as const, 'withdrawn' as const),
    until: maybe(day),
    inForceFrom: maybe(day),
    withdrawnOn: maybe(day),
  })
  .map(({ terms, ...rest }) => ({ ...declared(terms), ...rest }))
const anyFacts: fc.Arbitrary<Facts> = fc
  .record({
    office: fc.constantFrom('JP', 'JP', 'EP', 'WO', 'US'),
    status: fc.constantFrom(...legalStatus.options, 'granted' as const, 'granted' as const),
    end: maybe(fc.record({ on: day, estimated: fc.boolean(), source: fc.constant('x'), seenOn: fc.constant(today) })),
    declarations: fc.array(anyDeclaration, { maxLength: 4 }),
    encumbrances: fc.array(
      fc.record({
        kind: fc.constantFrom(...encumbranceKind.options),
        researchReserved: fc.boolean(),
        until: maybe(day),
      }),
      { maxLength: 2 },
    ),
    suspendedHolders: fc.subarray(['kyoto', 'osaka']),
    holders: fc.subarray([kyoto, osaka]),
  })
  .map(({ status, ...rest }) => ({
    ...openUnder(),
    ...rest,
    statuses: [{ value: status, on: '2018-08-10', source: 'x', seenOn: today }],
  }))
/** Facts and a use that are often allowed, so that the properties have something to break. */
const likelyFacts = fc.oneof(
  anyFacts,
  fc.subarray([...termsId.options], { minLength: 1 }).map((ids) => openUnder(...ids)),
)
const likelyUse = fc.oneof(
  anyUse,
  fc
    .record({ purpose: fc.constantFrom(...purpose.options), beneficiary: fc.constantFrom(...beneficiary.options) })
    .map((use): Use => ({ ...fullUse, ...use })),
)
const runs = { numRuns: 3000 }

test('a further restriction in the terms never makes a use allowed', () => {
  const stricter: Readonly<Record<Rule, Rule>> = { allow: 'ask', ask: 'deny', deny: 'deny' }
  let wasAllowed = 0
  fc.assert(
    fc.property(
      likelyUse,
      likelyFacts,
      fc.constantFrom(...termsId.options),
      fc.constantFrom('beneficiaries' as const, 'purposes' as const, 'modes' as const),
      fc.nat(),
      (use, facts, id, axis, index) => {
        const before = decide(catalogue, use, facts)
        const restricted = changed(id, ({ tags }) => {
          const rules = Object.values(tags[axis])
          const tag = rules[index % rules.length]
          if (tag !== undefined) tag.rule = stricter[tag.rule]
        })
        const after = decide(restricted, use, facts)
        if (before.verdict === 'allowed') wasAllowed++
        return before.verdict === 'allowed' || after.verdict !== 'allowed'
      },
    ),
    runs,
  )
  expect(wasAllowed).toBeGreaterThan(100)
})

test('a further obstacle in the facts never makes a use allowed, and each stops an allowed one', () => {
  const obstacles: readonly ((facts: Facts) => Facts)[] = [
    (facts) => ({
      ...facts,
      encumbrances: [...facts.encumbrances, { kind: 'exclusive_licence', researchReserved: false }],
    }),
    (facts) => ({ ...facts, suspendedHolders: facts.holders.map(({ id }) => id) }),
    (facts) => ({
      ...facts,
      declarations: facts.declarations.map((one) => ({ ...one, state: 'awaiting_consent' as const })),
    }),
    (facts) => ({ ...facts, declarations: facts.declarations.map((one) => ({ ...one, termsSha256: 'f'.repeat(64) })) }),
    (facts) => ({ ...facts, holders: [] }),
    (facts) => ({ ...facts, declarations: [] }),
  ]
  fc.assert(
    fc.property(likelyUse, likelyFacts, fc.constantFrom(...obstacles), (use, facts, add) => {
      expect(decide(catalogue, use, add(facts)).verdict).not.toBe('allowed')
    }),
    runs,
  )
})

test('taking knowledge away never makes a use allowed; what the terms need to know is needed', () => {
  const axes = ['purpose', 'mode', 'beneficiary', 'holdsDeclaration', 'assertsPatents', 'inventor'] as const
  fc.assert(
    fc.property(likelyUse, likelyFacts, fc.constantFrom(...axes), (use, facts, axis) => {
      const before = decide(catalogue, use, facts)
      const after = decide(catalogue, { ...use, [axis]: undefined }, facts)
      expect(before.verdict !== 'allowed' && after.verdict === 'allowed').toBe(false)
      if (axis === 'purpose' || axis === 'mode' || axis === 'beneficiary') expect(after.verdict).not.toBe('allowed')
    }),
    runs,
  )
})

test('the same question has the same answer, and asking changes nothing', () => {
  fc.assert(
    fc.property(anyUse, anyFacts, (use, facts) => {
      const before = JSON.stringify([use, facts])
      expect(decide(catalogue, use, facts)).toEqual(decide(catalogue, structuredClone(use), structuredClone(facts)))
      expect(JSON.stringify([use, facts])).toBe(before)
    }),
    { numRuns: 1000 },
  )
})

test('the order of the declarations and of the encumbrances does not matter', () => {
  fc.assert(
    fc.property(anyUse, anyFacts, (use, facts) => {
      const turned: Facts = {
        ...facts,
        declarations: facts.declarations.toReversed(),
        encumbrances: facts.encumbrances.toReversed(),
      }
      expect(decide(catalogue, use, turned)).toEqual(decide(catalogue, use, facts))
    }),
    runs,
  )
})

test('only a recorded end or another country makes a right not needed', () => {
  const over = ['expired', 'lapsed', 'refused', 'withdrawn', 'revoked']
  fc.assert(
    fc.property(anyUse, anyFacts, (use, facts) => {
      const given = decide(catalogue, use, facts)
      const recordedEnd = facts.end !== undefined && !facts.end.estimated && facts.end.on < use.on
      const ended = over.includes(facts.statuses[0]?.value ?? '') || recordedEnd
      const elsewhere = codesOf(given).includes('right_elsewhere')
      expect(given.verdict === 'not_needed').toBe(ended || elsewhere)
    }),
    runs,
  )
})

test('a thousand verdicts are no work to speak of', () => {
  const facts = { ...openUnder('RPC-ACADEMIC-1.0', 'RPC-OPEN-1.0', 'RPC-INVENTOR-1.0') }
  const round = () => {
    const start = performance.now()
    for (let index = 0; index < 1000; index++) decide(catalogue, fullUse, facts)
    return performance.now() - start
  }
  // The best of many rounds, so that a busy machine does not fail it; a thousand take well under 5 ms on an idle one.
  expect(Math.min(...Array.from({ length: 30 }, round))).toBeLessThan(20)
})

function withAbsent<Value>(values: readonly Value[]): (Value | undefined)[] {
  return [...values, undefined]
}

/** The catalogue with one version changed, as no published one ever is. */
function changed(id: string, change: (terms: Terms) => void): ReadonlyMap<string, Terms> {
  const terms = findTerms(id)
  if (terms === undefined) throw new Error(`not published: ${id}`)
  const copy = structuredClone(terms)
  change(copy)
  return new Map([...catalogue, [id, copy]])
}
