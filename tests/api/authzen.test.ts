import { expect, test } from 'vitest'
import { z } from 'zod'
import { numbersOf, opened } from '../support/opening.ts'
import { openRegistry, type Registry } from '../support/registry.ts'

const decision = z.object({ decision: z.boolean(), context: z.looseObject({ reason: z.string() }).optional() })
const decisions = z.object({ evaluations: z.array(decision) })

const who = { type: 'organisation', id: 'https://ror.org/02kpeqv85', properties: { beneficiary: 'university' } }
const what = { name: 'basic_research', properties: { mode: 'with' } }

function on(number: string) {
  return { type: 'patent', id: number }
}

async function evaluate(registry: Registry, question: unknown) {
  const { decision: made, context } = (await registry.anonymous.post('/access/v1/evaluation', question)).as(decision)
  return [made, context?.reason]
}

async function openOne(registry: Registry): Promise<string> {
  const { patents } = await opened(registry, 'RPC-OPEN-1.0')
  return numbersOf(patents)[0] ?? ''
}

test('an evaluation permits what the check allows without a grant, with its reasons', async () => {
  const registry = await openRegistry()
  const number = await openOne(registry)
  const question = { subject: who, action: what, resource: on(number) }
  const answer = (await registry.anonymous.post('/access/v1/evaluation', question)).as(decision)
  expect(answer).toMatchObject({
    decision: true,
    context: { reason: 'allowed', verdict: 'allowed', terms: { id: 'RPC-OPEN-1.0' } },
  })
  const elsewhere = { ...question, context: { country: 'US' } }
  expect(await evaluate(registry, elsewhere)).toEqual([true, 'not_needed'])
})

test('what needs a grant, the holder’s word or another contract is denied, and the reason says which', async () => {
  const registry = await openRegistry()
  const number = await openOne(registry)
  const ask = (name: string, id = number) =>
    evaluate(registry, { subject: who, action: { ...what, name }, resource: on(id) })
  expect(await ask('evaluation')).toEqual([false, 'needs_grant'])
  expect(await ask('clinical_research')).toEqual([false, 'needs_holder_permission'])
  expect(await ask('commercial')).toEqual([false, 'not_allowed'])
  expect(await ask('basic_research', 'JP-9999998-B2')).toEqual([false, 'not_enrolled'])
  expect(await ask('basic_research', 'no number')).toEqual([false, 'unrecognised'])
})

test('nothing that is unknown is permitted: action, resource, mode, beneficiary, place, day', async () => {
  const registry = await openRegistry()
  const number = await openOne(registry)
  const question = { subject: who, action: what, resource: on(number) }
  const { properties: _left, ...nobody } = who
  const unknown = [
    { ...question, action: { ...what, name: 'read' } },
    { ...question, action: { name: 'basic_research' } },
    { ...question, action: { ...what, properties: { mode: 'near' } } },
    { ...question, subject: nobody },
    { ...question, subject: { ...who, properties: { beneficiary: 'cat' } } },
    { ...question, resource: { type: 'trade_mark', id: number } },
    { ...question, context: { country: 'Japan' } },
    { ...question, context: { country: 81 } },
    { ...question, context: { on: 'tomorrow' } },
    { ...question, context: { on: 20_261_121 } },
  ]
  for (const one of unknown) expect((await evaluate(registry, one))[0], JSON.stringify(one)).toBe(false)
  expect((await evaluate(registry, unknown[5]))[1]).toBe('unknown_resource_type')
})

test('the day and the place of a question may stand in its context', async () => {
  const registry = await openRegistry()
  const number = await openOne(registry)
  const question = { subject: who, action: what, resource: on(number) }
  expect(await evaluate(registry, { ...question, context: { on: '2016-01-01' } })).toEqual([
    false,
    'needs_holder_permission',
  ])
  expect(await evaluate(registry, { ...question, context: { country: 'JP' } })).toEqual([true, 'allowed'])
})

test('several evaluations share what they do not say themselves, and keep their order', async () => {
  const registry = await openRegistry()
  const number = await openOne(registry)
  const several = {
    subject: who,
    action: what,
    resource: on(number),
    evaluations: [
      {},
      { action: { ...what, name: 'commercial' } },
      { resource: on('JP-9999998-B2') },
      { subject: { ...who, properties: {} } },
      { resource: { type: 'design', id: number } },
      { context: { country: 'US' } },
    ],
  }
  const { evaluations } = (await registry.anonymous.post('/access/v1/evaluations', several)).as(decisions)
  expect(evaluations.map(({ decision: made, context }) => [made, context?.reason])).toEqual([
    [true, 'allowed'],
    [false, 'not_allowed'],
    [false, 'not_enrolled'],
    [false, 'needs_holder_permission'],
    [false, 'unknown_resource_type'],
    [true, 'not_needed'],
  ])
})

test.each([
  ['execute_all', [true, false, true, false]],
  ['deny_on_first_deny', [true, false]],
  ['permit_on_first_permit', [true]],
])('the semantic %s ends where AuthZEN says', async (semantic, expected) => {
  const registry = await openRegistry()
  const number = await openOne(registry)
  const answer = await registry.anonymous.post('/access/v1/evaluations', {
    subject: who,
    action: what,
    options: { evaluations_semantic: semantic },
    evaluations: [number, 'JP-9999998-B2', number, 'nothing'].map((id) => ({ resource: on(id) })),
  })
  expect(answer.as(decisions).evaluations.map(({ decision: made }) => made)).toEqual(expected)
})

test('without evaluations the question is one; with one that lacks a part nothing is decided', async () => {
  const registry = await openRegistry()
  const number = await openOne(registry)
  for (const evaluations of [undefined, []]) {
    const one = await registry.anonymous.post('/access/v1/evaluations', {
      subject: who,
      action: what,
      resource: on(number),
      evaluations,
    })
    expect(one.as(decision).decision).toBe(true)
  }
  const incomplete = await registry.anonymous.post('/access/v1/evaluations', {
    subject: who,
    evaluations: [{ action: what, resource: on(number) }, { resource: on(number) }],
  })
  expect([incomplete.status, incomplete.problem().errors?.[0]?.pointer]).toEqual([422, '/evaluations/1'])
  const semantic = await registry.anonymous.post('/access/v1/evaluations', {
    subject: who,
    action: what,
    evaluations: [{ resource: on(number) }],
    options: { evaluations_semantic: 'best' },
  })
  expect(semantic.status).toBe(422)
})

test('the metadata names the addresses of the decision point', async () => {
  const registry = await openRegistry()
  const answer = await registry.anonymous.get('/.well-known/authzen-configuration')
  expect(answer.as(z.record(z.string(), z.string()))).toEqual({
    policy_decision_point: registry.url,
    access_evaluation_endpoint: `${registry.url}/access/v1/evaluation`,
    access_evaluations_endpoint: `${registry.url}/access/v1/evaluations`,
  })
})
