import { z } from '@hono/zod-openapi'
import { today } from '../context.ts'
import { RegistryError } from '../errors.ts'
import { api, body, type Http, json, problems, rightsProblems, route, secured } from '../http/api.ts'
import { onceOnly } from '../http/idempotency.ts'
import { entityTag, expectedVersion } from '../http/versions.ts'
import { numbersPerCallMax } from '../limits.ts'
import { changePatent } from './change.ts'
import { parsedNumber, parsedNumberExample } from './numbers/number.ts'
import { numberInputCharactersMax, parseNumber } from './numbers/parse.ts'
import { unambiguousSpelling } from './numbers/spelling.ts'
import { patent, patentChange, patentExample, patentInput } from './patent.ts'
import { findPatent, findPatentId } from './queries.ts'
import { registerPatent } from './register.ts'

const written = z
  .string()
  .max(numberInputCharactersMax)
  .openapi({ description: 'A patent number in any spelling, percent-encoded.', example: 'JP-5985120-B1' })

const readOne = route({
  method: 'get',
  path: '/v1/numbers',
  operationId: 'readNumber',
  tags: ['Numbers'],
  summary: 'How one written number is read',
  description:
    'Reads one number in any spelling: Japanese with era years and full-width digits, docdb, epodoc, or the address of a page at Google Patents or J-PlatPat. Several candidates mean that it is ambiguous, none that it is not recognised. Nothing is looked up and nothing is recorded.',
  request: { query: z.object({ q: written }) },
  responses: { 200: json('No candidate: unrecognised; several: ambiguous.', parsedNumber), ...problems('malformed') },
})

const readMany = route({
  method: 'post',
  path: '/v1/numbers',
  operationId: 'readNumbers',
  tags: ['Numbers'],
  summary: 'How many written numbers are read',
  description:
    'As `GET /v1/numbers`, for up to 1,000 spellings, one result each in the order given. A spelling that cannot be read has no candidates and spoils nothing else.',
  request: {
    body: body(
      z
        .object({ inputs: z.array(z.string()).max(numbersPerCallMax) })
        .strict()
        .openapi('NumberInputs', { example: { inputs: ['特許第5985120号', 'US 7,650,331 B1'] } }),
    ),
  },
  responses: {
    200: json(
      'In the order of the inputs.',
      z.object({ results: z.array(parsedNumber) }).openapi('ParsedNumbers', {
        example: {
          results: [
            parsedNumberExample,
            {
              input: 'US 7,650,331 B1',
              candidates: [
                {
                  office: 'US',
                  type: 'grant',
                  number: '7650331',
                  kind: 'B1',
                  docdb: 'US-7650331-B1',
                  epodoc: 'US7650331',
                  display: { ja: '米国特許第7650331号', en: 'US 7,650,331 B1' },
                  key: 'US:grant:7650331',
                },
              ],
              warnings: [],
            },
          ],
        },
      }),
    ),
    ...problems('malformed', 'invalid_input', 'too_large', 'unsupported_media_type'),
  },
})

const read = route({
  method: 'get',
  path: '/v1/patents/{number}',
  operationId: 'readPatent',
  tags: ['Patents'],
  summary: 'One patent, by any of its numbers in any spelling',
  description:
    'The public record: numbers, holders, inventors, classes, legal status with source and the day it was seen, declarations. Any number of the patent leads to it; the canonical one is in `Link`, the version in `ETag`. An ambiguous spelling answers 300 with the candidates.',
  request: { params: z.object({ number: written }) },
  responses: {
    200: json('`Link: rel="canonical"` names its own address.', patent),
    ...problems('ambiguous_number', 'malformed', 'not_found'),
  },
})

const enrolledExample = {
  ...patentExample,
  end: { ...patentExample.end, estimated: true, source: 'estimate: 20 years after filing', seenOn: '2015-12-25' },
  declarations: [],
  updatedAt: patentExample.registeredAt,
}

const register = route({
  method: 'post',
  path: '/v1/patents',
  operationId: 'registerPatent',
  tags: ['Patents'],
  summary: 'Enrol one right of one office',
  description:
    'For an officer of an organisation that is named among the holders, or of an agent with its mandate (`enrol`). Each number may stand on one record only. Enrolment is record keeping with its source, not an entry of the public log. An `Idempotency-Key` makes a repeat harmless.',
  security: secured('patents:write'),
  request: { body: body(patentInput) },
  responses: {
    201: json('Enrolled. It is not open until a declaration on it is in force.', patent, enrolledExample),
    ...problems(
      'malformed',
      ...rightsProblems,
      'already_registered',
      'conflict',
      'too_large',
      'invalid_input',
      'idempotency_mismatch',
      'unsupported_media_type',
    ),
  },
})

const change = route({
  method: 'patch',
  path: '/v1/patents/{number}',
  operationId: 'changePatent',
  tags: ['Patents'],
  summary: 'Mend or continue the record (If-Match)',
  description:
    'For an officer of a present holder, or of an agent with its mandate (`enrol`), with the `ETag` that was read as `If-Match`. Members that are given replace what was there, a status is added to those before, and no number is ever taken away. Holders cannot change while a declaration stands on the patent; the version before stays in the history of the record, which is not part of the public log.',
  security: secured('patents:write'),
  request: { params: z.object({ number: written }), body: body(patentChange) },
  responses: {
    200: json('The record as it is now.', patent),
    ...problems(
      'ambiguous_number',
      'malformed',
      ...rightsProblems,
      'not_found',
      'already_registered',
      'not_allowed_now',
      'conflict',
      'stale_version',
      'version_required',
      'too_large',
      'invalid_input',
      'unsupported_media_type',
    ),
  },
})

export const patentRoutes = api()
  .openapi(readOne, (c) => c.json(parseNumber(c.req.valid('query').q), 200))
  .openapi(readMany, (c) => c.json({ results: c.req.valid('json').inputs.map((input) => parseNumber(input)) }, 200))
  .openapi(read, async (c) => {
    const id = await patentIdOf(c, c.req.valid('param').number)
    return c.json(await answer(c, id), 200)
  })
  .openapi(register, async (c) => {
    const { id } = await onceOnly(c, (ctx) => registerPatent(ctx, c.req.valid('json')))
    return c.json(await answer(c, id), 201)
  })
  .openapi(change, async (c) => {
    const version = expectedVersion(c)
    const id = await patentIdOf(c, c.req.valid('param').number)
    await changePatent(c.var.ctx, id, version, c.req.valid('json'))
    return c.json(await answer(c, id), 200)
  })

/** The patent's public record, with its version as ETag and its own address as canonical. */
async function answer(c: Http, id: string) {
  const { ctx } = c.var
  const found = await findPatent(ctx.db.read, id, today(ctx))
  if (!found) throw new RegistryError('not_found', 'There is no such patent.')
  c.header('ETag', entityTag(found.version))
  c.header('Link', `<${addressOf(ctx.registryUrl, found.patent.number)}>; rel="canonical"`)
  return found.patent
}

function addressOf(registryUrl: string, number: string): string {
  return `${registryUrl}/v1/patents/${encodeURIComponent(number)}`
}

/** @throws ambiguous_number with the candidates, malformed when it is no number, not_found when it is not enrolled */
export async function patentIdOf(c: Http, input: string): Promise<string> {
  const { candidates } = parseNumber(input)
  if (candidates.length === 0)
    throw new RegistryError('not_found', 'This is not a patent number that we can read.', {
      extra: { see: `${c.var.ctx.registryUrl}/v1/numbers?q=${encodeURIComponent(input)}` },
    })
  if (candidates.length > 1) {
    const { registryUrl } = c.var.ctx
    const addresses = candidates.map((one) => addressOf(registryUrl, unambiguousSpelling(one)))
    c.header('Link', addresses.map((address) => `<${address}>; rel="alternate"`).join(', '))
    throw new RegistryError('ambiguous_number', 'The number can mean several documents.', { extra: { candidates } })
  }
  const id = await findPatentId(
    c.var.ctx.db.read,
    candidates.map(({ key }) => key),
  )
  if (id === undefined) throw new RegistryError('not_found', `${candidates[0]?.docdb} is not enrolled.`)
  return id
}
