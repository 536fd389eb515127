// The same answers the way one would first write them: zod-openapi, a drizzle query built for each request, one join
// after another, jose with the key imported each time. It is what the product is compared with, and no part of it.
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { and, asc, desc, eq, gt, inArray, isNull, lte, ne, or } from 'drizzle-orm'
import type { LibSQLDatabase } from 'drizzle-orm/libsql'
import { importJWK, type JWK, jwtVerify, SignJWT } from 'jose'
import { v7 } from 'uuid'
import { decide, type Facts, type Use } from '../../policies/decide.ts'
import { catalogue } from '../../policies/terms.ts'
import { notEnrolled, unrecognised, type Verdict } from '../../policies/verdict.ts'
import { beneficiary, encumbranceKind, legalStatus, mode, purpose } from '../../policies/vocabulary.ts'
import * as schema from '../../schema/index.ts'
import type { StoredKeys } from '../../src/keys.ts'
import { numbersPerCallMax } from '../../src/limits.ts'
import { sha256Hex } from '../../src/log/canonical.ts'
import { parseNumber } from '../../src/patents/numbers/parse.ts'
import { known } from '../../src/shapes.ts'

type Db = LibSQLDatabase<Record<string, never>>
type Keys = { grant: { private: JWK; kid: string }; access: { public: JWK } }

const question = { purpose: purpose.optional(), mode: mode.optional(), beneficiary: beneficiary.optional() }
const answer = { 200: { description: 'The answer.', content: { 'application/json': { schema: z.any() } } } } as const
const json = <Schema extends z.ZodType>(schema: Schema) => ({
  body: { required: true, content: { 'application/json': { schema } } },
})
const grantInput = z.object({
  numbers: z.array(z.string()).min(1),
  purpose,
  mode,
  project: z.object({ title: z.string() }),
  grantee: z.object({ name: z.string(), orcid: z.string().optional() }),
  acceptTerms: z.array(z.object({ id: z.string(), sha256: z.string() })),
})

/** The keys as a program that keeps none of them imported would hold them. */
export function plainKeys({ keys }: StoredKeys): Keys {
  const grant = keys.find(({ use }) => use === 'grant') ?? never()
  const { d: _secret, ...access } = (keys.find(({ use }) => use === 'access') ?? never()).jwk
  return { grant: { private: grant.jwk, kid: grant.kid }, access: { public: access } }
}

export function straightforward(db: Db, keys: Keys, registryUrl: string) {
  return new OpenAPIHono()
    .openapi(
      createRoute({
        method: 'get',
        path: '/v1/check',
        request: { query: z.object({ number: z.string().max(300), ...question }) },
        responses: answer,
      }),
      async (c) => {
        const { number, ...use } = c.req.valid('query')
        const [result] = await check(db, [number], { ...use, on: today() }, joinedFacts)
        return c.json(result, 200)
      },
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/check',
        request: json(z.object({ numbers: z.array(z.string()).max(numbersPerCallMax), ...question })),
        responses: answer,
      }),
      async (c) => {
        const { numbers, ...use } = c.req.valid('json')
        return c.json({ results: await check(db, numbers, { ...use, on: today() }, joinedFactsOfMany) }, 200)
      },
    )
    .openapi(
      createRoute({ method: 'post', path: '/v1/grants', request: json(grantInput), responses: answer }),
      async (c) => {
        const publicKey = await importJWK(keys.access.public, 'ES256')
        const bearer = (c.req.header('Authorization') ?? '').slice('Bearer '.length)
        const { payload } = await jwtVerify(bearer, publicKey, { typ: 'at+jwt' })
        return c.json(await issue(db, keys, registryUrl, String(payload.sub), c.req.valid('json')), 200)
      },
    )
}

type FactsByKey = (db: Db, keys: readonly string[]) => Promise<Map<string, Omit<Facts, 'suspendedHolders'>>>

export async function check(
  db: Db,
  numbers: readonly string[],
  use: Use,
  factsOf: FactsByKey,
): Promise<{ input: string; verdict: Verdict; facts?: Omit<Facts, 'suspendedHolders'> }[]> {
  const read = numbers.map((number) => parseNumber(number))
  const facts = await factsOf(
    db,
    read.flatMap(({ candidates: [only] }) => (only === undefined ? [] : [only.key])),
  )
  const suspendedHolders = await suspendedOn(db, use.on)
  return read.map(({ input, candidates: [only] }) => {
    if (only === undefined) return { input, verdict: unrecognised }
    const found = facts.get(only.key)
    if (found === undefined) return { input, verdict: notEnrolled }
    return { input, facts: found, verdict: decide(catalogue, use, { ...found, suspendedHolders }) }
  })
}

async function suspendedOn(db: Db, on: string): Promise<string[]> {
  const { organisationSuspensions: table } = schema
  const rows = await db
    .select({ id: table.organisationId })
    .from(table)
    .where(and(lte(table.fromOn, on), or(isNull(table.untilOn), gt(table.untilOn, on))))
  return rows.map(({ id }) => id)
}

/** One number: the patent by its number, then each of its lists. */
export async function joinedFacts(db: Db, keys: readonly string[]) {
  const facts = new Map<string, Omit<Facts, 'suspendedHolders'>>()
  for (const key of keys) {
    const [found] = await db
      .select({ patent: schema.patents })
      .from(schema.patentNumbers)
      .innerJoin(schema.patents, eq(schema.patents.id, schema.patentNumbers.patentId))
      .where(eq(schema.patentNumbers.key, key))
    if (found) facts.set(key, (await factsOf(db, [found.patent])).get(found.patent.id) ?? never())
  }
  return facts
}

/** Many numbers: the same queries with `in (…)`. */
export async function joinedFactsOfMany(db: Db, keys: readonly string[]) {
  const rows = await db
    .select({ key: schema.patentNumbers.key, patent: schema.patents })
    .from(schema.patentNumbers)
    .innerJoin(schema.patents, eq(schema.patents.id, schema.patentNumbers.patentId))
    .where(inArray(schema.patentNumbers.key, [...keys]))
  const facts = await factsOf(
    db,
    rows.map(({ patent }) => patent),
  )
  return new Map(rows.map(({ key, patent }) => [key, facts.get(patent.id) ?? never()]))
}

type PatentRow = typeof schema.patents.$inferSelect

async function factsOf(db: Db, patents: readonly PatentRow[]): Promise<Map<string, Omit<Facts, 'suspendedHolders'>>> {
  const ids = patents.map(({ id }) => id)
  const { patentStatuses, patentHolders, organisations, patentEncumbrances, declarationPatents, declarations } = schema
  const statuses = await db
    .select()
    .from(patentStatuses)
    .where(inArray(patentStatuses.patentId, ids))
    .orderBy(asc(patentStatuses.validFrom), asc(patentStatuses.sequence))
  const holders = await db
    .select()
    .from(patentHolders)
    .innerJoin(organisations, eq(organisations.id, patentHolders.organisationId))
    .where(inArray(patentHolders.patentId, ids))
    .orderBy(asc(patentHolders.position))
  const encumbrances = await db
    .select()
    .from(patentEncumbrances)
    .where(inArray(patentEncumbrances.patentId, ids))
    .orderBy(asc(patentEncumbrances.position))
  const declared = await db
    .select({ patentId: declarationPatents.patentId, declaration: declarations })
    .from(declarationPatents)
    .innerJoin(declarations, eq(declarations.id, declarationPatents.declarationId))
    .where(and(inArray(declarationPatents.patentId, ids), ne(declarations.state, 'draft')))
    .orderBy(asc(declarations.createdAt), asc(declarations.id))
  const asked = await askedCoOwners(db, [...new Set(declared.map(({ declaration }) => declaration.id))])
  const families = [...new Set(patents.flatMap(({ family }) => family ?? []))]
  const members =
    families.length === 0
      ? []
      : await db
          .select({
            id: schema.patents.id,
            number: schema.patents.number,
            office: schema.patents.office,
            family: schema.patents.family,
          })
          .from(schema.patents)
          .where(inArray(schema.patents.family, families))
          .orderBy(asc(schema.patents.number))
  return new Map(
    patents.map((patent) => [
      patent.id,
      {
        patentId: patent.id,
        number: patent.number,
        office: patent.office,
        ...known({ filedOn: patent.filedOn, grantedOn: patent.grantedOn }),
        ...endOf(patent),
        statuses: statuses
          .filter(({ patentId }) => patentId === patent.id)
          .map((one) => ({
            value: legalStatus.parse(one.value),
            on: one.validFrom,
            source: one.source,
            seenOn: one.seenOn,
          })),
        holders: holders
          .filter((one) => one.patent_holders.patentId === patent.id)
          .map(({ patent_holders: held, organisations: { id, nameJa, nameEn } }) => ({
            id,
            name: { ja: nameJa, en: nameEn },
            ...known({ from: held.fromOn, until: held.untilOn }),
          })),
        encumbrances: encumbrances
          .filter(({ patentId }) => patentId === patent.id)
          .map(({ kind, researchReserved, fromOn, untilOn }) => ({
            kind: encumbranceKind.parse(kind),
            researchReserved,
            ...known({ from: fromOn, until: untilOn }),
          })),
        declarations: declared
          .filter(({ patentId }) => patentId === patent.id)
          .map(({ declaration: one }) => ({
            id: one.id,
            termsId: one.termsId,
            termsSha256: one.termsSha256,
            state: declarationState.parse(one.state),
            from: one.fromOn,
            awaiting: asked
              .filter(({ declarationId, answer }) => declarationId === one.id && answer !== 'given')
              .map(({ id, name }) => ({ id, name })),
            parties: [
              one.organisationId,
              ...asked
                .filter(({ declarationId, answer }) => declarationId === one.id && answer === 'given')
                .map(({ id }) => id),
            ],
            ...known({ until: one.untilOn, inForceFrom: one.inForceOn, withdrawnOn: one.closedOn }),
          })),
        family: members
          .filter(({ id, family }) => family === patent.family && id !== patent.id)
          .map(({ number, office }) => ({ number, office })),
      },
    ]),
  )
}

const declarationState = z.enum(['awaiting_consent', 'in_force', 'withdrawn'])

async function askedCoOwners(db: Db, declarationIds: string[]) {
  if (declarationIds.length === 0) return []
  const { consents, organisations } = schema
  const rows = await db
    .select()
    .from(consents)
    .innerJoin(organisations, eq(organisations.id, consents.organisationId))
    .where(inArray(consents.declarationId, declarationIds))
    .orderBy(asc(organisations.id))
  return rows.map(({ consents: { declarationId, answer }, organisations: { id, nameJa, nameEn } }) => ({
    declarationId,
    answer,
    id,
    name: { ja: nameJa, en: nameEn },
  }))
}

function endOf({ expiresOn, expiresSource, expiresSeenOn, filedOn }: PatentRow): Pick<Facts, 'end'> {
  if (expiresOn !== null && expiresSource !== null && expiresSeenOn !== null)
    return { end: { on: expiresOn, estimated: false, source: expiresSource, seenOn: expiresSeenOn } }
  if (filedOn === null) return {}
  const on = `${Number(filedOn.slice(0, 4)) + 20}${filedOn.slice(4)}`
  return { end: { on, estimated: true, source: 'estimate: 20 years after filing', seenOn: filedOn } }
}

/** Decides, signs, and writes the grant with its log entry in one interactive transaction. */
export async function issue(
  db: Db,
  keys: Keys,
  registryUrl: string,
  clientId: string,
  input: z.infer<typeof grantInput>,
): Promise<{ id: string; token: string }> {
  const { clients, organisations, grants, grantPatents, grantEvents, logEntries, logRecords } = schema
  const [asker] = await db
    .select()
    .from(clients)
    .innerJoin(organisations, eq(organisations.id, clients.organisationId))
    .where(and(eq(clients.id, clientId), isNull(clients.revokedAt)))
  if (!asker) throw new Error('unknown client')
  const use: Use = { purpose: input.purpose, mode: input.mode, beneficiary: 'university', on: today() }
  const covered = (await check(db, input.numbers, use, joinedFacts)).flatMap(({ facts, verdict }) =>
    facts && verdict.verdict === 'allowed' ? [{ facts, verdict }] : [],
  )
  if (covered.length === 0) throw new Error('nothing covered')
  const id = v7()
  const number = id.slice(-12)
  const issuedAt = new Date().toISOString()
  const statusIndex = Math.floor(Math.random() * 2 ** 40)
  const claims = {
    jti: id,
    number,
    status: { status_list: { idx: statusIndex, uri: `${registryUrl}/v1/status-lists/0` } },
    grantee: { ...input.grantee, organisation: { id: asker.organisations.id, name: asker.organisations.nameEn } },
    authorization_details: [
      {
        type: 'research_patent_use',
        patents: covered.map(({ facts }) => facts.number),
        purposes: [input.purpose],
        mode: input.mode,
        territory: covered.map(({ facts }) => facts.office),
        terms: input.acceptTerms,
        holders: covered.flatMap(({ facts }) =>
          facts.holders.map((holder) => ({ id: holder.id, name: holder.name.en })),
        ),
        project: input.project,
        conditions: covered.flatMap(({ verdict }) => verdict.conditions.map(({ code }) => code)),
      },
    ],
  }
  const token = await new SignJWT(claims)
    .setProtectedHeader({ alg: 'ES256', typ: 'research-grant+jwt', kid: keys.grant.kid })
    .setIssuer(registryUrl)
    .setIssuedAt()
    .setExpirationTime('1 year')
    .sign(await importJWK(keys.grant.private, 'ES256'))
  const record = JSON.stringify(claims)
  const digest = await sha256Hex(record)
  await db.transaction(async (tx) => {
    await tx.insert(grants).values({
      id,
      number,
      kind: 'research',
      state: 'valid',
      stateAt: issuedAt,
      organisationId: asker.organisations.id,
      request: input,
      namePublic: false,
      purpose: input.purpose,
      mode: input.mode,
      fromOn: today(),
      untilOn: today(),
      issuedAt,
      expiresAt: issuedAt,
      token,
      tokenSha256: await sha256Hex(token),
      statusList: 0,
      statusIndex,
      version: 1,
    })
    await tx.insert(grantPatents).values(
      covered.map(({ facts, verdict }, position) => ({
        grantId: id,
        patentId: facts.patentId,
        declarationId: verdict.declarationId ?? never(),
        termsId: verdict.termsId ?? never(),
        position,
      })),
    )
    await tx.insert(grantEvents).values({ grantId: id, version: 1, state: 'valid', at: issuedAt, by: clientId })
    const [last] = await tx
      .select({ sequence: logEntries.sequence })
      .from(logEntries)
      .orderBy(desc(logEntries.sequence))
      .limit(1)
    const sequence = last ? last.sequence + 1 : 0
    await tx
      .insert(logEntries)
      .values({ sequence, type: 'granted', subject: id, at: issuedAt, leaf: digest, leafHash: digest })
    await tx.insert(logRecords).values({ sequence, salt: digest.slice(0, 32), record })
  })
  return { id, token }
}

function today(): string {
  return new Date().toISOString().slice(0, 10)
}

function never(): never {
  throw new Error('a row that must be there is missing')
}
