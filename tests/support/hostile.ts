import fc from 'fast-check'
import { z } from 'zod'
import type { ApiDocument, Operation } from './document.ts'

/** A request as it is generated: `@name@` stands for an id or a number of the registry that it is sent to. */
export type HostileRequest = {
  operationId: string
  method: string
  path: string
  headers: Record<string, string>
  body: string | undefined
  caller: (typeof callers)[number]
}

export const callers = ['nobody', 'holder', 'grantee', 'steward'] as const

/** Names in place of which a registry’s own ids are put. */
export const placeNames = [
  '@own@',
  '@shared@',
  '@third@',
  '@open@',
  '@academic@',
  '@kyoto@',
  '@osaka@',
  '@client@',
  '@declaration@',
  '@waiting@',
  '@grant@',
  '@shortGrant@',
  '@token@',
  '@kid@',
] as const

/** In a body this stands for lists within lists, deeper than any stack that would follow them. */
const deepPlace = '@deep@'
const deepText = `${'[{"a":'.repeat(20_000)}1${'}]'.repeat(20_000)}`

export function withDeepPlaces(body: string): string {
  return body.replaceAll(`"${deepPlace}"`, deepText)
}

/** Requests made from the document: of its shape, of its shape but for a place or two, and of no shape at all. */
export function hostileRequests({ operations, schemas }: ApiDocument): fc.Arbitrary<HostileRequest> {
  const writes = operations.filter(({ method }) => method !== 'GET')
  return fc
    .oneof(
      { weight: 2, arbitrary: fc.constantFrom(...operations) },
      { weight: 3, arbitrary: fc.constantFrom(...writes) },
    )
    .chain((operation) => requestOf(operation, schemas))
}

function requestOf(operation: Operation, schemas: Record<string, unknown>): fc.Arbitrary<HostileRequest> {
  const inPath = { ...parametersOf(operation, 'path', schemas), ...idIn(operation) }
  const inQuery = parametersOf(operation, 'query', schemas)
  const contents = Object.entries(operation.requestBody?.content ?? {})
  const [type = 'application/json', content] = contents[0] ?? []
  const bodies = content ? bodyOf(operation.operationId, content.schema, type, schemas) : stray
  return fc
    .record({
      method: mostly(
        fc.constant(operation.method),
        fc.constantFrom('GET', 'HEAD', 'POST', 'PATCH', 'PUT', 'DELETE', 'OPTIONS'),
      ),
      path: fc.record(inPath),
      query: fc.record(inQuery, { requiredKeys: [] }),
      twice: mostly(fc.constant(false), fc.boolean()),
      body: bodies,
      type: mostly(fc.constant(type), contentTypes),
      headers: fc.record(headers, { requiredKeys: [] }),
      caller: fc.constantFrom(...callers, 'holder' as const, 'grantee' as const),
    })
    .map(({ method, path, query, twice, body, type: sent, headers: more, caller }) => {
      const pairs = Object.entries(query).map(([name, value]) => `${encoded(name)}=${encoded(value ?? '')}`)
      const search = [...pairs, ...(twice ? pairs : [])].join('&')
      const place = operation.path.replaceAll(/\{(\w+)\}/g, (_, name) => encoded(path[String(name)] ?? ''))
      const carries = method !== 'GET' && method !== 'HEAD' && body !== undefined
      return {
        operationId: operation.operationId,
        method,
        path: search === '' ? place : `${place}?${search}`,
        headers: Object.fromEntries(
          Object.entries({ ...more, ...(carries ? { 'Content-Type': sent } : {}) }).filter(([, value]) => value !== ''),
        ),
        body: carries ? body : undefined,
        caller,
      }
    })
}

function mostly<Value>(usual: fc.Arbitrary<Value>, odd: fc.Arbitrary<Value>): fc.Arbitrary<Value> {
  return fc.oneof({ weight: 12, arbitrary: usual }, { weight: 1, arbitrary: odd })
}

/** What a hostile caller writes where a text is expected. */
const nastyText = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '\u0000',
    'a\u0000b',
    '\ud800',
    'a\udfffb',
    '\ud83d\ude00'.repeat(50),
    '\u202e\u200b\ufeff',
    '\r\nX-Injected: 1',
    "' or 1=1 --",
    "'; drop table patents; --",
    '%" or ""="',
    '%_%',
    '<img src=x onerror=alert(1)>',
    '"><script>alert(1)</script>',
    'javascript:alert(1)',
    '{{7*7}}',
    '../../../../etc/passwd',
    '__proto__',
    'constructor',
    'toString',
    'null',
    'undefined',
    'NaN',
    'true',
    '-1',
    '1e400',
    '0x10',
    '９９９',
    '9999-12-31',
    '0000-01-01',
    '2026-02-30',
    '%00',
    '%ff%fe',
    '%',
    '﷽'.repeat(100),
    'é'.normalize('NFD').repeat(200),
    'x'.repeat(301),
    'A'.repeat(5000),
    '1'.repeat(3000),
    '1/'.repeat(150),
    '(('.repeat(140),
    'JP'.repeat(149),
    '特許第'.repeat(99),
    '- -'.repeat(99),
    '.eyJhbGciOiJub25lIn0.',
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
)

const nastyNumber = fc.oneof(
  fc.constantFrom(0, -0, -1, 1.5, 1e21, -1e308, 2 ** 53, 5e-324, 2 ** 31, 2 ** 63),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
)

const nasty: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: nastyText },
  { weight: 2, arbitrary: nastyNumber },
  { weight: 2, arbitrary: fc.constantFrom(null, true, false, [], {}, [[]], [null], { length: 1 }) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('__proto__', 'constructor', 'toJSON', 'then')
      .map((name) => Object.fromEntries([[name, { polluted: true }]])),
  },
  { weight: 1, arbitrary: fc.constantFrom(deepPlace, [deepPlace], { a: deepPlace }) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 3000 }).map((length) => Array.from({ length }, (_, i) => i)) },
  { weight: 1, arbitrary: fc.jsonValue() },
)

/** How numbers of patents are written, and miswritten. */
const numberText = fc.oneof(
  fc.constantFrom(
    '@own@',
    '@shared@',
    '特許第5985120号',
    'JP-5985120-B1',
    'US 7,650,331 B1',
    'EP1234567',
    'PCT/JP2010/000001',
    '特願2015-253457',
    'WO2010/123456',
    '2015-253457',
    'CN101234567A',
    'H08-007001',
  ),
  fc
    .tuple(
      fc.constantFrom('JP', 'US', 'EP', 'WO', '特願', '特開', '特許', 'CN', 'KR', 'ZZ', ''),
      fc.string({ unit: fc.constantFrom(...'0123456789-/. ABUY昭平令第号'), maxLength: 16 }),
    )
    .map((parts) => parts.join('')),
  nastyText,
)

/** Where the schema alone would never hit what is on record. */
const byName: Record<string, fc.Arbitrary<string>> = {
  number: numberText,
  numbers: numberText,
  inputs: numberText,
  q: numberText,
  token: fc.constantFrom('@token@', '@token@x', 'a.b.c'),
  id: fc.constantFrom('@kyoto@', '@osaka@', '@declaration@', '@waiting@', '@grant@', '@shortGrant@', 'RPC-OPEN-1.0'),
  clientId: fc.constant('@client@'),
  organisation: fc.constantFrom('@kyoto@', '@osaka@', 'https://ror.org/02kpeqv85'),
  holder: fc.constantFrom('@kyoto@', 'https://ror.org/02kpeqv85'),
  kid: fc.constant('@kid@'),
  termsId: fc.constantFrom('RPC-OPEN-1.0', 'RPC-ACADEMIC-1.0'),
  path: fc.constantFrom('0/000', '0/000.p/3', 'entries/000.p/5', 'x/..%2f', '0/x001/000'),
  sequence: fc.constantFrom('0', '3', '-1', '99999999999999999999'),
  cursor: fc.oneof(
    fc.constantFrom(
      'WzFd',
      'bnVsbA',
      'WyJhIiwiYiJd',
      'W251bGwsbnVsbF0',
      'WyJcdWQ4MDAiLDFd',
      'e30',
      'WzEsMiwzLDQsNV0',
      '====',
    ),
    fc.jsonValue().map((value) => Buffer.from(JSON.stringify(value)).toString('base64url')),
  ),
  limit: fc.constantFrom('1', '100', '0', '101', '1e2', '0x10', ' 5', '', '٣'),
  grant_type: fc.constant('client_credentials'),
}

const schemaShape = z.looseObject({
  $ref: z.string().optional(),
  type: z.union([z.string(), z.array(z.string())]).optional(),
  enum: z.array(z.unknown()).optional(),
  const: z.unknown().optional(),
  format: z.string().optional(),
  example: z.unknown().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  required: z.array(z.string()).optional(),
  items: z.unknown().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  anyOf: z.array(z.unknown()).optional(),
  oneOf: z.array(z.unknown()).optional(),
})

function valueFor(given: unknown, name: string, schemas: Record<string, unknown>, depth = 0): fc.Arbitrary<unknown> {
  const schema = schemaShape.safeParse(given).data
  if (!schema || depth > 6) return nasty
  if (schema.$ref !== undefined) return valueFor(schemas[schema.$ref.split('/').at(-1) ?? ''], name, schemas, depth + 1)
  const shaped = shapedBy(schema, name, schemas, depth)
  return schema.example === undefined ? shaped : fc.oneof(fc.constant(schema.example), shaped, shaped)
}

function shapedBy(
  schema: z.infer<typeof schemaShape>,
  name: string,
  schemas: Record<string, unknown>,
  depth: number,
): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  const several = schema.anyOf ?? schema.oneOf
  if (several) return fc.oneof(...several.map((one) => valueFor(one, name, schemas, depth + 1)))
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type
  if (type === 'object' && schema.properties) {
    const members = Object.entries(schema.properties).map(
      ([member, shape]) => [member, valueFor(shape, member, schemas, depth + 1)] as const,
    )
    return fc.record(Object.fromEntries(members), { requiredKeys: schema.required ?? [] })
  }
  if (type === 'object') return fc.dictionary(fc.constantFrom('a', 'mode', 'on', '__proto__'), nasty, { maxKeys: 3 })
  if (type === 'array') return fc.array(valueFor(schema.items, name, schemas, depth + 1), { maxLength: 4 })
  if (type === 'boolean') return fc.boolean()
  if (type === 'integer' || type === 'number')
    return fc.integer({ min: schema.minimum ?? -5, max: Math.min(schema.maximum ?? 50, 1e6) })
  if (schema.format === 'date')
    return fc.constantFrom('2026-11-21', '2015-12-25', '2027-01-31', '9999-12-31', '0000-01-01', '1900-02-29')
  const known = byName[name]
  return known
    ? fc.oneof({ weight: 4, arbitrary: known }, { weight: 1, arbitrary: nastyText })
    : fc.oneof(fc.constant('Ion transport'), nastyText)
}

function parametersOf(
  operation: Operation,
  place: 'path' | 'query',
  schemas: Record<string, unknown>,
): Record<string, fc.Arbitrary<string>> {
  const wanted = (operation.parameters ?? []).filter((parameter) => parameter.in === place)
  return Object.fromEntries(
    wanted.map(({ name, schema }) => {
      const own = byName[name] ?? valueFor(schema, name, schemas).map((value) => String(value))
      return [name, fc.oneof({ weight: 5, arbitrary: own }, { weight: 2, arbitrary: nastyText })]
    }),
  )
}

/** Ids of the right kind, so that most requests reach the record that they are about. */
function idIn({ path }: Operation): Record<string, fc.Arbitrary<string>> {
  const kinds: Record<string, readonly string[]> = {
    declarations: ['@declaration@', '@waiting@'],
    organisations: ['@kyoto@', '@osaka@'],
    grants: ['@grant@', '@shortGrant@'],
  }
  const places = kinds[path.split('/')[2] ?? '']
  if (!places || !path.includes('{id}')) return {}
  return { id: fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...places) }, { weight: 1, arbitrary: nastyText }) }
}

type Change = { at: number; how: 'replace' | 'remove' | 'add' | 'repeat'; with: unknown }
const change: fc.Arbitrary<Change> = fc.record({
  at: fc.nat(1000),
  how: fc.constantFrom('replace', 'replace', 'remove', 'add', 'repeat'),
  with: nasty,
})

function bodyOf(
  operationId: string,
  schema: unknown,
  type: string,
  schemas: Record<string, unknown>,
): fc.Arbitrary<string | undefined> {
  const shaped = valueFor(schema, '', schemas)
  const valid = validBodies[operationId]
  const whole = valid ? fc.oneof({ weight: 3, arbitrary: valid }, { weight: 1, arbitrary: shaped }) : shaped
  const changes = fc.oneof(
    fc.constant([]),
    fc.array(change, { minLength: 1, maxLength: 1 }),
    fc.array(change, { maxLength: 3 }),
  )
  const changed = fc.tuple(whole, changes).map(([value, made]) => made.reduce(mutated, value))
  const text = changed.map((value) => (type.includes('form') ? form(value) : JSON.stringify(value)))
  return fc.oneof(
    { weight: 20, arbitrary: text },
    { weight: 1, arbitrary: fc.tuple(text, fc.nat(60)).map(([whole, kept]) => whole.slice(0, kept)) },
    { weight: 1, arbitrary: stray },
  )
}

const freshNumber = fc.integer({ min: 2_600_000, max: 7_600_000 }).map((number) => `特許第${number}号`)
const day = fc.constantFrom('2015-12-25', '2026-11-21', '2027-01-31', '9999-12-31', '0000-01-01')
const accepted = [
  { id: 'RPC-OPEN-1.0', sha256: '@open@' },
  { id: 'RPC-ACADEMIC-1.0', sha256: '@academic@' },
]

/** What the registry would do, to begin with: most of it goes through when nothing of it is changed. */
const validBodies: Record<string, fc.Arbitrary<unknown>> = {
  applyForOrganisation: fc.record({
    name: fc.constant({ ja: '入会大学', en: 'Iriai University' }),
    kind: fc.constantFrom('university', 'company', 'tlo'),
    country: fc.constantFrom('JP', 'US', 'ZZ'),
  }),
  changeOrganisation: fc.constantFrom({ name: { ja: '新', en: 'New' } }, { kind: 'hospital' }, { ror: '02kpeqv85' }),
  approveOrganisation: fc.constantFrom({ state: 'approved' }, { state: 'suspended', reason: 'Asked for.' }),
  createClient: fc.constantFrom(
    { name: 'System', role: 'officer', scopes: ['patents:write'] },
    {
      name: 'Deep',
      role: 'viewer',
      scopes: [],
      jwks: { keys: [{ kty: 'EC', crv: 'P-256', x: 'AA', more: deepPlace }] },
    },
    {
      name: 'Signs',
      role: 'viewer',
      scopes: ['grants:read'],
      jwks: { keys: [{ kty: 'OKP', crv: 'Ed25519', x: 'AA' }] },
    },
  ),
  registerPatent: fc.record(
    {
      numbers: fc.array(freshNumber, { minLength: 1, maxLength: 1 }),
      title: fc.constantFrom({ ja: '固体電解質' }, { ja: '固体電解質', en: 'Solid electrolyte' }),
      holders: fc.constantFrom(
        [{ organisation: '@kyoto@' }],
        [{ organisation: '@kyoto@' }, { organisation: '@osaka@', share: '1/2' }],
      ),
      inventors: fc.constantFrom([], [{ name: '入会 花子', orcid: '0000-0002-1825-0097' }]),
      classes: fc.constant({ ipc: ['H01M10/0562'], cpc: [], fi: [] }),
      filedOn: day,
      grantedOn: day,
      priorityOn: day,
      family: fc.constantFrom('F1', 'F2'),
      expires: fc.record({ on: day, source: fc.constant('J-PlatPat'), seenOn: day }),
      status: fc.record({
        value: fc.constantFrom('granted', 'pending', 'lapsed'),
        source: fc.constant('J-PlatPat'),
        seenOn: day,
      }),
      encumbrances: fc.constantFrom([], [{ kind: 'exclusive_licence', researchReserved: true, from: '2020-01-01' }]),
    },
    { requiredKeys: ['numbers', 'title', 'holders', 'status'] },
  ),
  changePatent: fc.record(
    {
      numbers: fc.array(freshNumber, { minLength: 1, maxLength: 2 }),
      title: fc.constant({ en: 'Another title' }),
      filedOn: day,
      family: fc.constantFrom('F1', 'F2'),
      status: fc.record({ value: fc.constantFrom('granted', 'lapsed'), source: fc.constant('J-PlatPat'), seenOn: day }),
      encumbrances: fc.constantFrom([], [{ kind: 'pledge', researchReserved: false }]),
    },
    { requiredKeys: [] },
  ),
  declare: fc.record(
    {
      termsId: fc.constant('RPC-OPEN-1.0'),
      termsSha256: fc.constant('@open@'),
      numbers: fc.constantFrom(['@own@'], ['@third@'], ['@third@', '@own@', '@third@']),
      encumbrancesChecked: fc.constant(true),
      from: day,
      until: day,
    },
    { requiredKeys: ['termsId', 'termsSha256', 'numbers', 'encumbrancesChecked'] },
  ),
  consentToDeclaration: fc.constantFrom({ answer: 'given' }, { answer: 'refused', reason: 'It is licensed.' }),
  withdrawDeclaration: fc.constant({ reason: 'Assigned.' }),
  issueGrant: fc.record(
    {
      numbers: fc.constantFrom(['@own@'], ['@own@', '@shared@', 'no number']),
      purpose: fc.constantFrom('basic_research', 'evaluation', 'education'),
      mode: fc.constantFrom('on', 'with'),
      project: fc.constantFrom(
        { title: 'Ion transport' },
        { title: 'Ions', url: 'https://example.org/', fundingNumber: 'JP26K00000' },
      ),
      grantee: fc.constantFrom({ name: '入会 花子' }, { name: '入会 花子', orcid: '0000-0002-1825-0097' }),
      partners: fc.constantFrom([], ['Kyoto University']),
      territory: fc.constantFrom(['JP'], ['JP', 'US'], ['ZZ']),
      from: fc.constantFrom('2026-11-21', '2027-02-19', '2027-02-20', '9999-12-31', '0000-01-01'),
      until: fc.constantFrom('2026-11-21', '2027-06-30', '9999-12-31', '0000-01-01'),
      assertsPatents: fc.boolean(),
      acceptTerms: fc.constant(accepted),
      allOrNothing: fc.boolean(),
    },
    { requiredKeys: ['numbers', 'purpose', 'mode', 'project', 'grantee', 'acceptTerms'] },
  ),
  revokeGrant: fc.record({
    reason: fc.constantFrom('issued_in_error', 'breach', 'ineligible'),
    note: fc.constant('x'),
  }),
  suspendGrant: fc.constant({ note: 'A report is being looked into.' }),
  reinstateGrant: fc.constant({ note: 'It was a mistake.' }),
  checkNumbers: fc.record(
    {
      numbers: fc.array(numberText, { maxLength: 5 }),
      purpose: fc.constantFrom('basic_research', 'commercial'),
      mode: fc.constantFrom('on', 'with'),
      beneficiary: fc.constantFrom('university', 'company'),
      country: fc.constantFrom('JP', 'US', 'ZZ'),
      organisation: fc.constantFrom('@kyoto@', '@osaka@'),
      on: day,
    },
    { requiredKeys: ['numbers'] },
  ),
}

const stray: fc.Arbitrary<string | undefined> = fc.oneof(
  fc.constantFrom(
    undefined,
    undefined,
    '',
    'null',
    '[]',
    '{}',
    '"',
    '{"a":',
    '\u0000',
    '\ufeff{}',
    '[[[[',
    '{"__proto__":{"a":1}}',
    '1',
    'true',
    '{"a":1,"a":2}',
    `"${'a'.repeat(100_000)}"`,
    `${'['.repeat(50_000)}${']'.repeat(50_000)}`,
  ),
  nastyText.map((value) => JSON.stringify(value)),
)

function form(value: unknown): string {
  const members = z.record(z.string(), z.unknown()).safeParse(value).data ?? {}
  return Object.entries(members)
    .map(
      ([name, member]) =>
        `${encoded(name)}=${encoded(typeof member === 'string' ? member : (JSON.stringify(member) ?? ''))}`,
    )
    .join('&')
}

/** The value with one place of it changed; places are counted through the whole tree. */
function mutated(value: unknown, { at, how, with: other }: Change): unknown {
  const places = countOf(value)
  let left = at % places
  const visit = (one: unknown): unknown => {
    const here = left === 0
    left -= 1
    if (here && how === 'replace') return other
    if (Array.isArray(one)) {
      const items = one.map(visit)
      if (!here) return items
      if (how === 'remove') return items.slice(1)
      return how === 'add' ? [...items, other] : Array.from({ length: 40 }, () => items).flat()
    }
    if (typeof one !== 'object' || one === null) return here && how === 'add' ? [one] : one
    const members = Object.entries(one).map(([name, member]): [string, unknown] => [name, visit(member)])
    if (!here) return Object.fromEntries(members)
    if (how === 'remove') return Object.fromEntries(members.slice(1))
    return Object.fromEntries([...members, [how === 'add' ? 'unknown' : '__proto__', other]])
  }
  return visit(value)
}

function countOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1
  return Object.values(value).reduce((sum: number, member: unknown) => sum + countOf(member), 1)
}

const contentTypes = fc.constantFrom(
  '',
  'text/plain',
  'application/xml',
  'application/json; charset=utf-16',
  'application/JSON',
  'multipart/form-data',
  'multipart/form-data; boundary=x',
  'application/x-www-form-urlencoded',
  'application/vnd.api+json',
  'json',
  '*/*',
)

const headers = {
  Authorization: rarely(
    fc.constantFrom(
      'Bearer',
      'Bearer a.b.c',
      'Bearer @token@',
      'Basic YTpi',
      'Basic ====',
      'Digest x',
      'bearer  ',
      `Bearer ${'x'.repeat(5000)}`,
      '\u00e9',
    ),
  ),
  'If-Match': fc.constantFrom(
    '"v1"',
    'W/"v1"',
    '"v2"',
    '*',
    '""',
    'v1',
    '"v99999999999"',
    '"v-1"',
    '"v1", "v2"',
    '\u00ff',
  ),
  'If-None-Match': rarely(fc.constantFrom('*', '"v1"', 'x'.repeat(3000), '"'.repeat(99))),
  'Idempotency-Key': rarely(
    fc.constantFrom('a', 'b', 'k'.repeat(255), 'k'.repeat(256), '\u00e9', '" or 1=1', '__proto__'),
  ),
  Accept: rarely(
    fc.constantFrom(
      'application/jwt',
      'text/html',
      'application/ld+json',
      '*/*',
      'text/html;q=0',
      'application/json;q=abc',
      ';;;,,,',
      ','.repeat(2000),
      'a/b;q=1e400',
      '*/*;q=-1',
      'image/png',
      '\u00e9',
    ),
  ),
  'Accept-Language': rarely(fc.constantFrom('en', 'ja;q=0', '*', 'x'.repeat(2000), '-'.repeat(99))),
  'Content-Length': rarely(fc.constantFrom('0', '99999999', '-1', 'x')),
  'X-Forwarded-Host': rarely(fc.constant('evil.test')),
}

function rarely(value: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.oneof({ weight: 6, arbitrary: fc.constant('') }, { weight: 1, arbitrary: value })
}

/** Percent-encoded, but for what is so already or stands for a place; half a surrogate pair as its three bytes. */
function encoded(text: string): string {
  if (/^(?:%[0-9a-f]{0,2})+$/i.test(text) || /^@\w+@/.test(text)) return text
  const bytes = text.replaceAll(/[\ud800-\udfff]/gu, '\ufffe')
  return encodeURIComponent(bytes).replaceAll('%EF%BF%BE', '%ED%A0%80')
}
