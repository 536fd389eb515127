import type { MiddlewareHandler } from 'hono'
import { worst } from '../../policies/decide.ts'
import { today } from '../context.ts'
import { RegistryError } from '../errors.ts'
import { api, body, type Env, type Http, json, problems, route } from '../http/api.ts'
import { finished } from '../http/headers.ts'
import { keptUntilChange } from '../kept.ts'
import { numbersPerCallMax } from '../limits.ts'
import { parseNumber } from '../patents/numbers/parse.ts'
import { parseText } from '../patents/numbers/text.ts'
import { type CheckResult, checkAnswer, checkInput, checkQuery, checkResult } from './check.ts'
import { countChecks } from './count.ts'
import { checkNumbers } from './verdicts.ts'

const checkOne = route({
  method: 'get',
  path: '/v1/check',
  operationId: 'checkNumber',
  tags: ['Check'],
  summary: 'May this use be made of this patent?',
  description:
    'A reasoned verdict from recorded facts, with the clause, the source and the date of each. It says what the holder has declared; it is not legal advice. That a patent was asked about is counted by month; nothing is recorded of who asked what.',
  request: { query: checkQuery },
  responses: { 200: json('The verdict.', checkResult), ...problems('malformed', 'invalid_input') },
})

const checkMany = route({
  method: 'post',
  path: '/v1/check',
  operationId: 'checkNumbers',
  tags: ['Check'],
  summary: 'The same for up to 1,000 numbers',
  description: 'In the order of the input. A line that cannot be read is `unrecognised` and spoils nothing else.',
  request: { body: body(checkInput) },
  responses: {
    200: json('One result for each input, and the worst of all.', checkAnswer),
    ...problems('malformed', 'invalid_input', 'too_large', 'unsupported_media_type'),
  },
})

/**
 * Answers in memory until anything in the database changes: some 4 kB each. What was asked, never who asked. The day is
 * part of the question, as an answer without `on` is for today.
 */
const answersInMemory = keptUntilChange<string, { body: Uint8Array<ArrayBuffer>; result: Pick<CheckResult, 'patent'> }>(
  10_000,
)

const remembered: MiddlewareHandler<Env> = async (c, next) => {
  if (c.req.method !== 'GET') return next()
  const answer = answersInMemory(c.var.ctx.db.read)?.get(questionOf(c))
  if (answer === undefined) return next()
  countChecks(c.var.ctx, [answer.result])
  return finished(c, answer.body, 'application/json')
}

function questionOf(c: Http): string {
  const { url } = c.req
  return `${today(c.var.ctx)} ${url.slice(url.indexOf('?'))}`
}

const group = api()
group.use('/v1/check', remembered)

export const checkRoutes = group
  .openapi(checkOne, async (c) => {
    const { number, ...question } = c.req.valid('query')
    const kept = answersInMemory(c.var.ctx.db.read)
    const [result] = await checkNumbers(c.var.ctx, [parseNumber(number)], question)
    if (!result) throw new RegistryError('internal', 'A check gave no result.')
    const body = new TextEncoder().encode(JSON.stringify(result))
    kept?.set(questionOf(c), { body, result: result.patent ? { patent: result.patent } : {} })
    countChecks(c.var.ctx, [result])
    return c.json(result, 200)
  })
  .openapi(checkMany, async (c) => {
    const { numbers, text, ...question } = c.req.valid('json')
    const read = numbers ? numbers.map((number) => parseNumber(number)) : parseText(text ?? '')
    if (read.length > numbersPerCallMax)
      throw new RegistryError(
        'too_large',
        `One call checks up to ${numbersPerCallMax} numbers; this text has ${read.length}.`,
      )
    const results = await checkNumbers(c.var.ctx, read, question, '/organisation')
    countChecks(c.var.ctx, results)
    return c.json({ worst: worst(results), on: question.on ?? today(c.var.ctx), results }, 200)
  })
