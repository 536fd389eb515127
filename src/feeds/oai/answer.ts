import { type Context, today } from '../../context.ts'
import { findOrganisations, suspendedOn } from '../../organisations/queries.ts'
import { holdersOn, toLine } from '../../patents/facts.ts'
import { findFactsById } from '../../patents/queries.ts'
import { element, type Xml, xmlDocument } from '../../xml.ts'
import { readPatents } from '../dump/queries.ts'
import { formats, type Harvested, harvested, metadataOf } from './metadata.ts'
import { earliestStamp, estimateSize, findStamp, listHolders, listStamps, type Stamp } from './queries.ts'
import {
  type ListRequest,
  OaiError,
  type OaiRequest,
  type Prefix,
  readRequest,
  setsTokenOf,
  tokenOf,
} from './request.ts'
import { fixedSets } from './sets.ts'

/** One answer: some hundred kilobytes of records at most. */
const recordsPerAnswer = 100
const identifiersPerAnswer = 500
const setsPerAnswer = 100

/**
 * One answer of OAI-PMH 2.0 over the enrolled patents. Nothing is ever deleted, so no record is marked so. A record's date
 * is that of its last change of any kind; that it opens or ends with a date that comes is no change.
 */
export async function answerOai(ctx: Context, given: URLSearchParams, contact: string): Promise<string> {
  const { registryUrl, now } = ctx
  const base = `${registryUrl}/oai`
  let attributes: Record<string, string> = {}
  let content: Xml | Xml[]
  try {
    attributes = Object.fromEntries(given)
    const request = readRequest(given, now)
    content = await contentOf(ctx, request, contact)
  } catch (error) {
    if (!(error instanceof OaiError)) throw error
    // Section 3.6: these two alone do not repeat the question. The names of any other are known to be ours.
    if (error.code === 'badVerb' || error.code === 'badArgument') attributes = {}
    content = element('error', { code: error.code }, error.message)
  }
  return xmlDocument(
    element(
      'OAI-PMH',
      {
        xmlns: 'http://www.openarchives.org/OAI/2.0/',
        'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
        'xsi:schemaLocation': 'http://www.openarchives.org/OAI/2.0/ http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd',
      },
      element('responseDate', {}, seconds(now.toISOString())),
      element('request', attributes, base),
      content,
    ),
  )
}

function contentOf(ctx: Context, request: OaiRequest, contact: string): Promise<Xml> {
  switch (request.verb) {
    case 'Identify':
      return identify(ctx, contact)
    case 'ListMetadataFormats':
      return listFormats(ctx, request.identifier)
    case 'ListSets':
      return listSets(ctx, request.after, request.sent)
    case 'GetRecord':
      return getRecord(ctx, request.identifier, request.prefix)
    default:
      return list(ctx, request)
  }
}

async function identify({ db, registryUrl, now }: Context, contact: string): Promise<Xml> {
  const earliest = (await earliestStamp(db.read)) ?? now.toISOString()
  const repository = repositoryOf(registryUrl)
  return element(
    'Identify',
    {},
    element('repositoryName', {}, 'Iriai 入会'),
    element('baseURL', {}, `${registryUrl}/oai`),
    element('protocolVersion', {}, '2.0'),
    element('adminEmail', {}, contact),
    element('earliestDatestamp', {}, seconds(earliest)),
    element('deletedRecord', {}, 'persistent'),
    element('granularity', {}, 'YYYY-MM-DDThh:mm:ssZ'),
    // The schema of this description knows names of domains alone, which a registry under trial does not have.
    /^[a-z][a-z0-9-]*(?:\.[a-z0-9-]+)+$/i.test(repository)
      ? element(
          'description',
          {},
          element(
            'oai-identifier',
            {
              xmlns: 'http://www.openarchives.org/OAI/2.0/oai-identifier',
              'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
              'xsi:schemaLocation':
                'http://www.openarchives.org/OAI/2.0/oai-identifier http://www.openarchives.org/OAI/2.0/oai-identifier.xsd',
            },
            element('scheme', {}, 'oai'),
            element('repositoryIdentifier', {}, repository),
            element('delimiter', {}, ':'),
            element('sampleIdentifier', {}, identifierOf(registryUrl, '01a200d7-79ee-7664-9259-513682b8a817')),
          ),
        )
      : undefined,
  )
}

async function listFormats(ctx: Context, identifier: string | undefined): Promise<Xml> {
  if (identifier !== undefined) await stampOf(ctx, identifier)
  return element(
    'ListMetadataFormats',
    {},
    formats.map(({ prefix, schema, namespace }) =>
      element(
        'metadataFormat',
        {},
        element('metadataPrefix', {}, prefix),
        element('schema', {}, schema),
        element('metadataNamespace', {}, namespace),
      ),
    ),
  )
}

async function listSets({ db, now }: Context, after: string | undefined, sent: number): Promise<Xml> {
  const found = await listHolders(db.read, after ?? '', setsPerAnswer + 1)
  const holders = found.slice(0, setsPerAnswer)
  const last = holders.at(-1)
  const sets = [
    ...(after === undefined ? fixedSets : []),
    ...holders.map(({ id, name }) => ({ spec: `holder:${id}`, name })),
  ]
  const more = found.length > setsPerAnswer && last ? setsTokenOf(last.id, sent + sets.length, now) : undefined
  return element(
    'ListSets',
    {},
    sets.map(({ spec, name }) =>
      element('set', {}, element('setSpec', {}, spec), element('setName', {}, `${name.ja} / ${name.en}`)),
    ),
    tokenElement(more, after !== undefined, { cursor: String(sent) }),
  )
}

async function getRecord(ctx: Context, identifier: string, prefix: Prefix): Promise<Xml> {
  const stamp = await stampOf(ctx, identifier)
  return element('GetRecord', {}, await recordsOf(ctx, [stamp], prefix))
}

async function list(ctx: Context, request: ListRequest): Promise<Xml> {
  const { db, now } = ctx
  const withRecords = request.verb === 'ListRecords'
  const limit = withRecords ? recordsPerAnswer : identifiersPerAnswer
  const [found, size] = await Promise.all([
    listStamps(db.read, request, today(ctx), limit + 1),
    request.after === undefined ? estimateSize(db.read, request) : request.size,
  ])
  const stamps = found.slice(0, limit)
  const last = stamps.at(-1)
  if (!last) throw new OaiError('noRecordsMatch', 'Nothing was changed in that time, or nothing is in that set.')
  const more = found.length > limit ? tokenOf(request, last, request.sent + stamps.length, size, now) : undefined
  return element(
    request.verb,
    {},
    await recordsOf(ctx, stamps, withRecords ? request.prefix : undefined),
    tokenElement(more, request.after !== undefined, {
      ...(size === undefined ? {} : { completeListSize: String(size) }),
      cursor: String(request.sent),
    }),
  )
}

/** A list that is not whole ends with a token, and the last part of such a list with an empty one. */
function tokenElement(
  more: { token: string; expires: Date } | undefined,
  isResumed: boolean,
  attributes: Readonly<Record<string, string>>,
): Xml | undefined {
  if (more)
    return element(
      'resumptionToken',
      { expirationDate: seconds(more.expires.toISOString()), ...attributes },
      more.token,
    )
  return isResumed ? element('resumptionToken', attributes) : undefined
}

/** Headers alone without a prefix. */
async function recordsOf(ctx: Context, stamps: readonly Stamp[], prefix: Prefix | undefined): Promise<Xml[]> {
  const { db, registryUrl } = ctx
  const on = today(ctx)
  const ids = stamps.map(({ id }) => id)
  const [texts, facts, suspended] = await Promise.all([
    readPatents(db.read, ids),
    findFactsById(db.read, ids),
    suspendedOn(db.read, on),
  ])
  const holders = await findOrganisations(db.read, [
    ...new Set([...facts.values()].flatMap((one) => one.holders.map(({ id }) => id))),
  ])
  return stamps.flatMap(({ id, at }) => {
    const [text, fact] = [texts.get(id), facts.get(id)]
    if (text === undefined || fact === undefined) return []
    const one: Harvested = {
      patent: harvested.parse(JSON.parse(text)),
      facts: fact,
      holders: holdersOn(fact, on).map(({ id: holder, name }) => ({ id: holder, name, ror: holders.get(holder)?.ror })),
      terms: toLine(fact, [], on, suspended).terms,
    }
    const header = element(
      'header',
      {},
      element('identifier', {}, identifierOf(registryUrl, id)),
      element('datestamp', {}, seconds(at)),
      setsOf(one).map((spec) => element('setSpec', {}, spec)),
    )
    if (prefix === undefined) return [header]
    return [element('record', {}, header, element('metadata', {}, metadataOf(prefix, one, registryUrl)))]
  })
}

function setsOf({ patent, facts, terms }: Harvested): string[] {
  return [
    ...(terms.length > 0 ? ['open'] : []),
    ...patent.fields.map(({ field }) => `field:${field}`),
    ...new Set(facts.holders.map(({ id }) => `holder:${id}`)),
  ]
}

async function stampOf({ db, registryUrl }: Context, identifier: string): Promise<Stamp> {
  const prefix = identifierOf(registryUrl, '')
  const stamp = identifier.startsWith(prefix) ? await findStamp(db.read, identifier.slice(prefix.length)) : undefined
  if (!stamp) throw new OaiError('idDoesNotExist', 'There is no record of that identifier.')
  return stamp
}

/** `oai:registry.example:patent/…`: the patent's id, which stays when its canonical number changes. */
export function identifierOf(registryUrl: string, id: string): string {
  return `oai:${repositoryOf(registryUrl)}:patent/${id}`
}

function repositoryOf(registryUrl: string): string {
  return new URL(registryUrl).hostname
}

function seconds(time: string): string {
  return `${time.slice(0, 19)}Z`
}
