import { z } from '@hono/zod-openapi'
import { beneficiary, mode, purpose } from '../../policies/vocabulary.ts'
import type { Context } from '../context.ts'
import { RegistryError } from '../errors.ts'
import { api, body, json, problems, route } from '../http/api.ts'
import { numbersPerCallMax } from '../limits.ts'
import { parseNumber } from '../patents/numbers/parse.ts'
import { known } from '../shapes.ts'
import { type CheckResult, checkResultExample, type Question } from './check.ts'
import { countChecks } from './count.ts'
import { checkNumbers } from './verdicts.ts'

/** The check as an OpenID AuthZEN 1.0 decision point: subject = who, action = purpose, resource = patent. */

const properties = z.record(z.string(), z.unknown()).optional()
const subject = z.object({ type: z.string().max(100), id: z.string().max(300), properties })
const action = z.object({ name: z.string().max(100), properties })
const resource = z.object({ type: z.string().max(100), id: z.string().max(300), properties })

const example = {
  subject: { type: 'organisation', id: 'https://ror.org/02kpeqv85', properties: { beneficiary: 'university' } },
  action: { name: 'basic_research', properties: { mode: 'with' } },
  resource: { type: 'patent', id: 'JP-5985120-B1' },
}

const evaluation = z.object({ subject, action, resource, context: properties }).openapi('Evaluation', { example })
type Evaluation = z.infer<typeof evaluation>

const semantics = ['execute_all', 'deny_on_first_deny', 'permit_on_first_permit'] as const

const evaluations = z
  .object({
    subject: subject.optional(),
    action: action.optional(),
    resource: resource.optional(),
    context: properties,
    evaluations: z
      .array(z.object({ subject, action, resource, context: properties }).partial())
      .max(numbersPerCallMax)
      .optional(),
    options: z.looseObject({ evaluations_semantic: z.enum(semantics).optional() }).optional(),
  })
  .openapi('Evaluations', {
    example: {
      subject: example.subject,
      action: example.action,
      evaluations: [{ resource: example.resource }, { resource: { type: 'patent', id: 'JP-6044588-B2' } }],
    },
  })

const decisionExample = {
  decision: true,
  context: {
    reason: 'allowed',
    verdict: 'allowed',
    sentence: checkResultExample.sentence,
    reasons: checkResultExample.reasons,
    conditions: checkResultExample.conditions,
    terms: checkResultExample.terms,
  },
}

const notEnrolledExample = {
  decision: false,
  context: {
    reason: 'not_enrolled',
    verdict: 'not_enrolled',
    sentence: { ja: 'この特許は登録簿に登録されていません。', en: 'This patent is not enrolled in the registry.' },
    reasons: [
      {
        code: 'patent_not_enrolled',
        text: { ja: 'この特許は登録簿に登録されていません。', en: 'This patent is not enrolled in the registry.' },
      },
    ],
    conditions: [],
  },
}

const decision = z
  .object({ decision: z.boolean(), context: z.record(z.string(), z.unknown()).optional() })
  .openapi('Decision', { example: decisionExample })

type Decision = z.infer<typeof decision>

const evaluate = route({
  method: 'post',
  path: '/access/v1/evaluation',
  operationId: 'evaluate',
  tags: ['Check'],
  summary: 'The check as an OpenID AuthZEN 1.0 decision',
  description:
    '`decision` is true when the use is allowed without a grant, or no permission is needed. Where a signed grant is needed the reason is `needs_grant`.',
  request: { body: body(evaluation) },
  responses: {
    200: json('The decision with its reasons.', decision),
    ...problems('malformed', 'invalid_input', 'too_large', 'unsupported_media_type'),
  },
})

const evaluateMany = route({
  method: 'post',
  path: '/access/v1/evaluations',
  operationId: 'evaluateMany',
  tags: ['Check'],
  summary: 'Several AuthZEN decisions at once',
  description:
    'Up to 1,000 evaluations; `subject`, `action`, `resource` and `context` at the top are defaults for those that lack them. `options.evaluations_semantic` may end at the first denial or permission. Nothing is recorded of who asked what.',
  request: { body: body(evaluations) },
  responses: {
    200: json(
      'In the order of the question; shorter when the semantic asked for ended it.',
      z.union([z.object({ evaluations: z.array(decision) }), decision]),
      { evaluations: [decisionExample, notEnrolledExample] },
    ),
    ...problems('malformed', 'invalid_input', 'too_large', 'unsupported_media_type'),
  },
})

const configuration = route({
  method: 'get',
  path: '/.well-known/authzen-configuration',
  operationId: 'authzenConfiguration',
  tags: ['Check'],
  summary: 'AuthZEN metadata',
  description: 'Where the decision point and its endpoints are, as OpenID AuthZEN 1.0 clients discover them.',
  responses: {
    200: json('Where the decision point is.', z.record(z.string(), z.string()), {
      policy_decision_point: 'https://registry.example',
      access_evaluation_endpoint: 'https://registry.example/access/v1/evaluation',
      access_evaluations_endpoint: 'https://registry.example/access/v1/evaluations',
    }),
  },
})

export const authzenRoutes = api()
  .openapi(evaluate, async (c) => {
    return c.json(await decisionOn(c.var.ctx, c.req.valid('json')), 200)
  })
  .openapi(evaluateMany, async (c) => {
    const { evaluations: several, options, ...defaults } = c.req.valid('json')
    if (several === undefined || several.length === 0)
      return c.json(await decisionOn(c.var.ctx, whole(defaults, 'evaluations')), 200)
    const asked = several.map((one, i) => whole({ ...defaults, ...one }, `evaluations/${i}`))
    const stopOn = { execute_all: undefined, deny_on_first_deny: false, permit_on_first_permit: true }[
      options?.evaluations_semantic ?? 'execute_all'
    ]
    const decided = await decisionsOn(c.var.ctx, asked)
    const end = decided.findIndex((made) => made.decision === stopOn)
    return c.json({ evaluations: end < 0 ? decided : decided.slice(0, end + 1) }, 200)
  })
  .openapi(configuration, (c) => {
    const { registryUrl } = c.var.ctx
    return c.json(
      {
        policy_decision_point: registryUrl,
        access_evaluation_endpoint: `${registryUrl}/access/v1/evaluation`,
        access_evaluations_endpoint: `${registryUrl}/access/v1/evaluations`,
      },
      200,
      { 'Cache-Control': 'public, max-age=3600' },
    )
  })

function whole(given: unknown, at: string): Evaluation {
  const parsed = evaluation.safeParse(given)
  if (!parsed.success)
    throw new RegistryError('invalid_input', 'Each evaluation needs a subject, an action and a resource.', {
      faults: [{ pointer: `/${at}`, code: 'incomplete', detail: 'subject, action or resource is missing' }],
    })
  return parsed.data
}

async function decisionOn(ctx: Context, asked: Evaluation): Promise<Decision> {
  const [made] = await decisionsOn(ctx, [asked])
  if (!made) throw new Error('a question had no decision')
  return made
}

/** In their order. Evaluations that ask the same of many patents are one check. */
async function decisionsOn(ctx: Context, asked: readonly Evaluation[]): Promise<Decision[]> {
  const alike = new Map<string, Evaluation[]>()
  for (const one of asked) {
    const question = JSON.stringify(questionOf(one))
    const group = alike.get(question)
    if (group) group.push(one)
    else alike.set(question, [one])
  }
  const made = new Map<Evaluation, Decision>()
  for (const group of alike.values()) {
    const [first] = group
    if (!first) continue
    const read = group.map(({ resource: { id } }) => parseNumber(id))
    const results = await checkNumbers(ctx, read, questionOf(first))
    countChecks(ctx, results)
    group.forEach((one, i) => {
      const result = results[i]
      if (result) made.set(one, decisionFrom(one, result))
    })
  }
  return asked.flatMap((one) => made.get(one) ?? [])
}

function decisionFrom(asked: Evaluation, result: CheckResult): Decision {
  if (asked.resource.type !== 'patent')
    return { decision: false, context: { reason: 'unknown_resource_type', known: ['patent'] } }
  return {
    decision: isPermitted(result),
    context: {
      reason: reasonOf(result),
      verdict: result.verdict,
      sentence: result.sentence,
      reasons: result.reasons,
      conditions: result.conditions,
      ...(result.terms ? { terms: result.terms } : {}),
    },
  }
}

function isPermitted(result: CheckResult): boolean {
  if (result.verdict === 'not_needed') return true
  return result.verdict === 'allowed' && result.grantNeeded !== 'required'
}

function reasonOf(result: CheckResult): string {
  if (result.verdict === 'ask') return 'needs_holder_permission'
  if (result.verdict === 'allowed' && result.grantNeeded === 'required') return 'needs_grant'
  return result.verdict
}

const anything = z.union([z.string(), z.number(), z.boolean()]).transform((given) => String(given).slice(0, 100))

/** A word that is not in our vocabulary is unknown, and what is unknown is never allowed. */
function questionOf({ subject: who, action: what, context = {} }: Evaluation): Question {
  const member = <Value>(shape: z.ZodType<Value>, name: string) => {
    for (const from of [context, what.properties, who.properties]) {
      const read = shape.safeParse(from?.[name])
      if (read.success) return read.data
    }
    return undefined
  }
  return known({
    purpose: purpose.safeParse(what.name).data,
    mode: member(mode, 'mode'),
    beneficiary: member(beneficiary, 'beneficiary'),
    holdsDeclaration: member(z.boolean(), 'holdsDeclaration'),
    assertsPatents: member(z.boolean(), 'assertsPatents'),
    // One that is given and cannot be read is passed on: left out, the answer would be for another place or day.
    country: member(anything, 'country'),
    on: member(anything, 'on'),
  })
}
