import fc from 'fast-check'
import { expect, test } from 'vitest'
import { membersCollectedMax } from '../../src/feeds/oai/queries.ts'
import { errorCodes, prefixes, readRequest, tokenLifetimeMilliseconds } from '../../src/feeds/oai/request.ts'
import { technologyFields } from '../../src/patents/classification/fields.ts'
import { settleDay } from '../../src/projections/settle.ts'
import { declarationOf, declare, enrolPatent, type Holders, holdMore, openHolders } from '../support/holders.ts'
import { patentOf } from '../support/patents.ts'
import { openLocalRegistry } from '../support/registry.ts'
import { all, readXml, type Tree, textOf } from '../support/xml.ts'

const namespace = 'http://www.openarchives.org/OAI/2.0/'

type Asks = (query: string) => Promise<Tree>

/** The answer, shown to have what every answer has. */
async function ask({ anonymous }: Pick<Holders, 'anonymous'>, query: string): Promise<Tree> {
  const answer = await anonymous.get(`/oai?${query}`)
  expect([answer.status, answer.headers.get('Content-Type')]).toEqual([200, 'text/xml; charset=utf-8'])
  const document = readXml(answer.text)
  expect([document.name, document.uri]).toEqual(['OAI-PMH', namespace])
  const [date, request, ...content] = document.children
  expect([date?.name, request?.name, request?.text]).toEqual(['responseDate', 'request', 'https://registry.test/oai'])
  expect(date?.text).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
  expect(content).toHaveLength(1)
  return document
}

function errorOf(document: Tree): string | undefined {
  return all(document, 'error')[0]?.attributes.code
}

type Opened = Holders & { asks: Asks }

/** Three patents: one is open, one of Kyoto and Toyota, one has inventors and signs that XML writes otherwise. */
async function opened(): Promise<Opened> {
  const made = await openHolders()
  const { kyoto, own } = made
  await declare(kyoto.officer, [own.number])
  await kyoto.officer.post(
    '/v1/patents',
    patentOf([kyoto.organisation], {
      numbers: ['特許第5985120号', '特願2015-253457', 'JP2016124752A'],
      title: { ja: '電池 <&> "硫化物"', en: "Battery <&> 'sulfide'" },
      inventors: [
        { name: '入会 花子', romanised: 'Hanako Iriai', orcid: 'https://orcid.org/0000-0002-1825-0097' },
        { name: '山野 太郎' },
        { name: 'John O’Neill & Sons' },
      ],
      publishedOn: '2016-07-07',
    }),
  )
  return { ...made, asks: (query) => ask(made, query) }
}

/** With so many more, each enrolled 0.4 seconds after the one before. */
async function openedWith(more: number): Promise<Opened> {
  const made = await opened()
  for (let i = 0; i < more; i++) {
    made.clock.now = new Date(made.clock.now.getTime() + 400)
    await enrolPatent(made.kyoto.officer, [made.kyoto])
  }
  return made
}

async function harvest({ asks }: Opened, query: string): Promise<{ pages: Tree[]; identifiers: string[] }> {
  const pages: Tree[] = []
  const verb = new URLSearchParams(query).get('verb') ?? ''
  for (let next = query; ; ) {
    const page = await asks(next)
    expect(errorOf(page), next).toBeUndefined()
    pages.push(page)
    const token = all(page, 'resumptionToken')[0]?.text
    if (token === undefined || token === '') break
    next = `verb=${verb}&resumptionToken=${encodeURIComponent(token)}`
  }
  return { pages, identifiers: pages.flatMap((page) => all(page, 'identifier').map(({ text }) => text)) }
}

test('it says who it is, what it keeps and from when', async () => {
  const commons = await opened()
  const { asks } = commons
  const document = await asks('verb=Identify')
  const [identity] = all(document, 'Identify')
  expect(identity?.children.map(({ name }) => name)).toEqual([
    'repositoryName',
    'baseURL',
    'protocolVersion',
    'adminEmail',
    'earliestDatestamp',
    'deletedRecord',
    'granularity',
    'description',
  ])
  expect(textOf(document, 'earliestDatestamp')).toBe('2026-11-21T09:00:00Z')
  expect(textOf(document, 'repositoryIdentifier')).toBe('registry.test')
})

test('a harvest by either verb and in any format has every patent just once, in parts that know how many there are', async () => {
  const commons = await openedWith(227)
  const { identifiers, pages } = await harvest(commons, 'verb=ListIdentifiers&metadataPrefix=oai_dc')
  expect([identifiers.length, new Set(identifiers).size, pages.length]).toEqual([230, 230, 1])
  for (const prefix of prefixes) {
    const records = await harvest(commons, `verb=ListRecords&metadataPrefix=${prefix}`)
    expect(records.pages).toHaveLength(3)
    expect([...new Set(records.identifiers.filter((id) => id.startsWith('oai:')))].sort()).toEqual(
      [...identifiers].sort(),
    )
    const tokens = records.pages.map((page) => all(page, 'resumptionToken')[0])
    expect(tokens.map((token) => token?.attributes.completeListSize)).toEqual(['230', '230', '230'])
    expect(tokens.map((token) => token?.attributes.cursor)).toEqual(['0', '100', '200'])
    expect(tokens.map((token) => token?.text === '')).toEqual([false, false, true])
  }
})

test('what is asked for by POST is answered as by GET', async () => {
  const commons = await opened()
  const answer = await commons.anonymous.send('POST', '/oai', {
    body: 'verb=ListMetadataFormats',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
  })
  expect(all(readXml(answer.text), 'metadataPrefix').map(({ text }) => text)).toEqual([...prefixes])
})

test('dates select by day and by second, both ends among them', async () => {
  const commons = await openedWith(60)
  const { asks } = commons
  const both = (await harvest(commons, 'verb=ListIdentifiers&metadataPrefix=oai_dc&from=2026-11-21&until=2026-11-21'))
    .pages
  expect(both.flatMap((page) => all(page, 'header'))).toHaveLength(63)
  const stamps = both.flatMap((page) => all(page, 'datestamp').map(({ text }) => text))
  const [from, until] = ['2026-11-21T09:00:10Z', '2026-11-21T09:00:20Z']
  const part = await asks(`verb=ListIdentifiers&metadataPrefix=oai_dc&from=${from}&until=${until}`)
  const expected = stamps.filter((stamp) => stamp >= from && stamp <= until)
  expect(expected.length).toBeGreaterThan(20)
  expect(all(part, 'datestamp').map(({ text }) => text)).toEqual(expected)
  expect(errorOf(await asks('verb=ListRecords&metadataPrefix=oai_dc&until=2026-11-20'))).toBe('noRecordsMatch')
})

test('a harvest since yesterday has what a date or a suspension opened or closed', async () => {
  const commons = await opened()
  const { asks, clock, context, kyoto, steward, own } = commons
  const period = { ...declarationOf([own.number], 'RPC-OPEN-1.0'), from: '2026-12-01', until: '2026-12-31' }
  expect((await kyoto.officer.post('/v1/declarations', period)).status).toBe(201)
  const since = async (day: string) => {
    clock.now = new Date(`${day}T00:10:00Z`)
    await settleDay(context())
    const found = await asks(`verb=ListIdentifiers&metadataPrefix=oai_dc&from=${day}`)
    return all(found, 'datestamp').map(({ text }) => text)
  }
  expect(await since('2026-11-30')).toEqual([])
  expect(await since('2026-12-01')).toEqual(['2026-12-01T00:10:00Z'])
  expect(await since('2027-01-01')).toEqual(['2027-01-01T00:10:00Z'])
  await steward.post(`/v1/organisations/${kyoto.organisation.id}/approval`, { state: 'suspended', reason: 'x' })
  expect((await since('2027-01-02')).length).toBeGreaterThan(1)
})

test('sets are those of a field, of a holder, and what is open; headers name them and they hold just those', async () => {
  const commons = await opened()
  const { asks } = commons
  const { pages } = await harvest(commons, 'verb=ListSets')
  const specs = pages.flatMap((page) => all(page, 'setSpec').map(({ text }) => text))
  expect(specs).toEqual(expect.arrayContaining(technologyFields.map(({ field }) => `field:${field}`)))
  const { id } = commons.toyota.organisation
  expect(specs).toContain(`holder:${id}`)
  const count = async (set: string) =>
    (await harvest(commons, `verb=ListIdentifiers&metadataPrefix=oai_dc&set=${set}`)).identifiers.length
  expect(await count('open')).toBe(1)
  expect(await count(`holder:${id}`)).toBe(1)
  expect(await count('field:1')).toBe(3)
  expect(await count('field')).toBe(3)
  for (const empty of ['field:2', 'field:99', 'holder:nobody', 'open:never'])
    expect(errorOf(await asks(`verb=ListIdentifiers&metadataPrefix=oai_dc&set=${empty}`)), empty).toBe('noRecordsMatch')
  const document = await asks('verb=ListRecords&metadataPrefix=oai_dc&set=open')
  expect(all(document, 'setSpec').map(({ text }) => text)).toEqual([
    'open',
    'field:1',
    `holder:${commons.kyoto.organisation.id}`,
  ])
})

/** `content` of JPCOAR Schema 2.0, as far as it is used. */
const jpcoarOrder = [
  'dc:title',
  'jpcoar:creator',
  'dcterms:accessRights',
  'dc:rights',
  'jpcoar:rightsHolder',
  'jpcoar:subject',
  'datacite:date',
  'dc:type',
  'jpcoar:identifier',
  'jpcoar:relation',
]

test('what is not open because of its holder or a licence is in no set of open ones, and no terms stand by it', async () => {
  const { asks, kyoto, steward, anonymous, own } = await opened()
  const open = async () => {
    const set = await asks('verb=ListIdentifiers&metadataPrefix=oai_dc&set=open')
    const whole = await asks('verb=ListRecords&metadataPrefix=oai_dc')
    return [
      all(set, 'header').length,
      textOf(whole, 'dc:rights'),
      all(whole, 'setSpec').some(({ text }) => text === 'open'),
    ]
  }
  expect(await open()).toEqual([1, 'https://registry.test/terms/RPC-ACADEMIC-1.0', true])
  const approval = `/v1/organisations/${kyoto.organisation.id}/approval`
  await steward.post(approval, { state: 'suspended', reason: 'x' })
  expect(await open()).toEqual([0, undefined, false])
  await steward.post(approval, { state: 'approved' })
  expect((await open())[0]).toBe(1)
  const headers = { 'If-Match': (await anonymous.get(`/v1/patents/${own.number}`)).headers.get('ETag') ?? '' }
  const encumbrances = [{ kind: 'exclusive_licence', researchReserved: false }]
  expect((await kyoto.officer.patch(`/v1/patents/${own.number}`, { encumbrances }, headers)).status).toBe(200)
  expect(await open()).toEqual([0, undefined, false])
})

test('a record in either format says what is public of the patent, escaped, in the order of its schema', async () => {
  const commons = await opened()
  const { asks } = commons
  const { identifiers } = await harvest(commons, 'verb=ListIdentifiers&metadataPrefix=oai_dc')
  const identifier = identifiers[2] ?? ''
  const core = await asks(`verb=GetRecord&metadataPrefix=oai_dc&identifier=${identifier}`)
  expect(all(core, 'dc:title').map(({ text }) => text)).toEqual(['電池 <&> "硫化物"', "Battery <&> 'sulfide'"])
  expect(all(core, 'dc:creator').map(({ text }) => text)).toEqual(['入会 花子', '山野 太郎', 'John O’Neill & Sons'])
  expect(all(core, 'dc:identifier').map(({ text }) => text)).toContain('https://registry.test/patents/JP-5985120')
  const jpcoar = await asks(`verb=GetRecord&metadataPrefix=jpcoar&identifier=${identifier}`)
  const [record] = all(jpcoar, 'jpcoar:jpcoar')
  const names = record?.children.map(({ name }) => name) ?? []
  expect(names).toEqual([...names].sort((a, b) => jpcoarOrder.indexOf(a) - jpcoarOrder.indexOf(b)))
  expect(names.every((name) => jpcoarOrder.includes(name))).toBe(true)
  const [orcid, ...others] = all(jpcoar, 'jpcoar:nameIdentifier').filter(
    ({ attributes }) => attributes.nameIdentifierScheme === 'ORCID',
  )
  expect([orcid?.text, orcid?.attributes.nameIdentifierURI, others]).toEqual([
    '0000-0002-1825-0097',
    'https://orcid.org/0000-0002-1825-0097',
    [],
  ])
  expect(all(jpcoar, 'dc:type')[0]).toMatchObject({
    text: 'patent',
    attributes: { 'rdf:resource': 'http://purl.org/coar/resource_type/c_15cd' },
  })
  expect(all(jpcoar, 'datacite:date').map(({ text, attributes }) => [attributes.dateType, text])).toEqual([
    ['Issued', '2016-07-07'],
    ['Submitted', '2015-12-25'],
    ['Accepted', '2016-09-06'],
    ['Updated', '2026-11-21'],
  ])
  const open = await asks('verb=ListRecords&metadataPrefix=jpcoar&set=open')
  expect(all(open, 'dc:rights')[0]?.attributes['rdf:resource']).toBe('https://registry.test/terms/RPC-ACADEMIC-1.0')
})

const mistakes = [
  ['', 'badVerb'],
  ['verb=Steal', 'badVerb'],
  ['verb=Identify&verb=Identify', 'badVerb'],
  ['verb=Identify&set=open', 'badArgument'],
  ['verb=ListRecords', 'badArgument'],
  ['verb=GetRecord&metadataPrefix=oai_dc', 'badArgument'],
  ['verb=ListRecords&metadataPrefix=oai_dc&metadataPrefix=oai_dc', 'badArgument'],
  ['verb=ListRecords&metadataPrefix=oai_dc&from=2026-11-22&until=2026-11-21', 'badArgument'],
  ['verb=ListRecords&metadataPrefix=oai_dc&from=2026-11-22&until=2026-11-22T00:00:00Z', 'badArgument'],
  ['verb=ListRecords&metadataPrefix=oai_dc&from=2026-02-30', 'badArgument'],
  ['verb=ListRecords&metadataPrefix=oai_dc&from=2026-11-21T09:00Z', 'badArgument'],
  ['verb=ListRecords&metadataPrefix=oai_dc&resumptionToken=x', 'badArgument'],
  ['verb=ListRecords&metadataPrefix=marc21', 'cannotDisseminateFormat'],
  ['verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:other:patent/1', 'idDoesNotExist'],
  ['verb=ListMetadataFormats&identifier=oai:registry.test:patent/1', 'idDoesNotExist'],
  ['verb=ListRecords&resumptionToken=x', 'badResumptionToken'],
  ['verb=ListSets&resumptionToken=WzFd', 'badResumptionToken'],
] as const

test('what the protocol does not know is answered with its error', async () => {
  const { asks } = await opened()
  for (const [query, code] of mistakes) expect(errorOf(await asks(query)), query).toBe(code)
})

test('a token is for its verb, and for a day', async () => {
  const commons = await openedWith(100)
  const { asks } = commons
  const token = all(await asks('verb=ListRecords&metadataPrefix=oai_dc'), 'resumptionToken')[0]?.text ?? ''
  expect(errorOf(await asks(`verb=ListIdentifiers&resumptionToken=${token}`))).toBe('badResumptionToken')
  const given = new URLSearchParams({ verb: 'ListRecords', resumptionToken: token })
  const later = (milliseconds: number) => new Date(commons.clock.now.getTime() + milliseconds)
  expect(readRequest(given, later(tokenLifetimeMilliseconds))).toMatchObject({
    verb: 'ListRecords',
    sent: 100,
    size: 103,
  })
  expect(() => readRequest(given, later(tokenLifetimeMilliseconds + 1))).toThrow(/expired/)
})

test('a registry that has nothing says so', async () => {
  const empty = await openLocalRegistry()
  expect(errorOf(await ask(empty, 'verb=ListRecords&metadataPrefix=oai_dc'))).toBe('noRecordsMatch')
  expect(textOf(await ask(empty, 'verb=Identify'), 'earliestDatestamp')).toBe('2026-11-21T09:00:00Z')
})

test('whatever is asked is answered by the protocol, in XML that can be read', async () => {
  const commons = await opened()
  const { asks } = commons
  const word = fc.oneof(
    fc.constantFrom(
      'Identify',
      'ListRecords',
      'ListSets',
      'GetRecord',
      'oai_dc',
      'jpcoar',
      'open',
      'field:1',
      '2026-11-21',
    ),
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.base64String({ maxLength: 60 }),
    fc
      .json({ maxDepth: 2 })
      .map((text) => btoa(String.fromCharCode(...new TextEncoder().encode(text))).replaceAll('=', '')),
  )
  const name = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.constantFrom('verb', 'metadataPrefix', 'set', 'from', 'until', 'identifier', 'resumptionToken'),
    },
    { weight: 1, arbitrary: fc.string({ maxLength: 10 }) },
  )
  const verb = fc.constantFrom('ListRecords', 'ListIdentifiers', 'ListSets', 'GetRecord', 'ListMetadataFormats')
  await fc.assert(
    fc.asyncProperty(verb, fc.array(fc.tuple(name, word), { maxLength: 4 }), async (first, pairs) => {
      const query = new URLSearchParams([
        ['verb', first],
        ...pairs.map(([key, value]): [string, string] => [key, value]),
      ])
      const document = await asks(String(query))
      const code = errorOf(document)
      if (code !== undefined) expect(errorCodes).toContain(code)
    }),
    { numRuns: 300 },
  )
})

test('a harvester that asks until the end of all days gets all there is', async () => {
  const commons = await opened()
  const all = (await harvest(commons, 'verb=ListIdentifiers&metadataPrefix=oai_dc')).identifiers
  for (const until of ['9999-12-31', '9999-12-31T23:59:59Z'])
    expect((await harvest(commons, `verb=ListIdentifiers&metadataPrefix=oai_dc&until=${until}`)).identifiers).toEqual(
      all,
    )
})

test('an error repeats the question, but for a verb or an argument that is not one (section 3.6)', async () => {
  const { asks } = await opened()
  const attributesOf = async (query: string) => all(await asks(query), 'request')[0]?.attributes
  expect(await attributesOf('verb=ListRecords&metadataPrefix=marc')).toEqual({
    verb: 'ListRecords',
    metadataPrefix: 'marc',
  })
  expect(await attributesOf('verb=ListRecords&resumptionToken=x')).toEqual({
    verb: 'ListRecords',
    resumptionToken: 'x',
  })
  expect(await attributesOf('verb=Nothing')).toEqual({})
  expect(await attributesOf('verb=Identify&gift=1')).toEqual({})
})

test('a set with very many members is read by date, with the same answer', async () => {
  const commons = await opened()
  const { id } = commons.toyota.organisation
  const query = `verb=ListIdentifiers&metadataPrefix=oai_dc&set=holder:${id}`
  const before = (await harvest(commons, query)).identifiers
  expect(before).toHaveLength(1)
  await holdMore(commons, id, membersCollectedMax + 1)
  expect((await harvest(commons, query)).identifiers).toEqual(before)
})
