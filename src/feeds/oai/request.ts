import { z } from 'zod'
import { fromBase64url, toBase64url } from '../../log/encoding.ts'
import { type OaiSet, readSet } from './sets.ts'

/** OAI-PMH 2.0, section 3.6. */
export const errorCodes = [
  'badArgument',
  'badResumptionToken',
  'badVerb',
  'cannotDisseminateFormat',
  'idDoesNotExist',
  'noRecordsMatch',
  'noMetadataFormats',
  'noSetHierarchy',
] as const

/** What is wrong with a request; it is answered with status 200, as the protocol has it. */
export class OaiError extends Error {
  override readonly name = 'OaiError'
  readonly code: (typeof errorCodes)[number]
  constructor(code: (typeof errorCodes)[number], message: string) {
    super(message)
    this.code = code
  }
}

/** `jpcoar` and `jpcoar_2.0` are the same: harvesters in Japan ask by either name. */
export const prefixes = ['oai_dc', 'jpcoar', 'jpcoar_2.0'] as const
export type Prefix = (typeof prefixes)[number]

/** A list as it was asked for, and how far it has been sent. */
export type ListRequest = {
  verb: 'ListIdentifiers' | 'ListRecords'
  prefix: Prefix
  /** The first moment, and the first that is no more among them; RFC 3339, compared as text. */
  from: string | undefined
  before: string
  set: OaiSet | undefined
  /** Of the last record sent. */
  after: { at: string; id: string } | undefined
  sent: number
  size: number | undefined
}

export type OaiRequest =
  | { verb: 'Identify' }
  | { verb: 'ListMetadataFormats'; identifier: string | undefined }
  | { verb: 'ListSets'; after: string | undefined; sent: number }
  | { verb: 'GetRecord'; identifier: string; prefix: Prefix }
  | ListRequest

/** A token is given up after a day: a harvester that comes later begins anew. */
export const tokenLifetimeMilliseconds = 24 * 3_600_000
/** No identifier, date, set or token of ours is longer. */
const argumentCharactersMax = 1000

const allowed: Readonly<Record<OaiRequest['verb'], readonly string[]>> = {
  Identify: [],
  ListMetadataFormats: ['identifier'],
  ListSets: ['resumptionToken'],
  GetRecord: ['identifier', 'metadataPrefix'],
  ListIdentifiers: ['metadataPrefix', 'from', 'until', 'set', 'resumptionToken'],
  ListRecords: ['metadataPrefix', 'from', 'until', 'set', 'resumptionToken'],
}

/** @throws OaiError for what the protocol does not know */
export function readRequest(given: URLSearchParams, now: Date): OaiRequest {
  const verbs = given.getAll('verb')
  const verb = verbsKnown.find((known) => verbs.length === 1 && known === verbs[0])
  if (verb === undefined)
    throw new OaiError('badVerb', 'The verb is missing, comes twice, or is not one of OAI-PMH 2.0.')
  const names = [...given.keys()].filter((name) => name !== 'verb')
  const stranger = names.find((name) => !allowed[verb].includes(name))
  if (stranger !== undefined) throw new OaiError('badArgument', `${verb} has no argument ${stranger.slice(0, 40)}.`)
  if (new Set(names).size !== names.length) throw new OaiError('badArgument', 'An argument comes twice.')
  if (names.some((name) => (given.get(name) ?? '').length > argumentCharactersMax))
    throw new OaiError('badArgument', 'An argument is longer than any of ours.')
  const token = given.get('resumptionToken')
  if (token !== null) {
    if (names.length > 1) throw new OaiError('badArgument', 'A resumptionToken comes alone.')
    return resumed(verb, token, now)
  }
  switch (verb) {
    case 'Identify':
      return { verb }
    case 'ListMetadataFormats':
      return { verb, identifier: given.get('identifier') ?? undefined }
    case 'ListSets':
      return { verb, after: undefined, sent: 0 }
    case 'GetRecord':
      return { verb, identifier: needed(given, 'identifier'), prefix: readPrefix(needed(given, 'metadataPrefix')) }
    default:
      return listed(verb, given, now)
  }
}

const verbsKnown = [
  'Identify',
  'ListMetadataFormats',
  'ListSets',
  'GetRecord',
  'ListIdentifiers',
  'ListRecords',
] as const

function listed(verb: ListRequest['verb'], given: URLSearchParams, now: Date): ListRequest {
  const prefix = readPrefix(needed(given, 'metadataPrefix'))
  const [from, until] = [given.get('from') ?? undefined, given.get('until') ?? undefined]
  for (const date of [from, until])
    if (date !== undefined && granularityOf(date) === undefined)
      throw new OaiError('badArgument', 'Dates are YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ.')
  if (from !== undefined && until !== undefined) {
    if (from.length !== until.length) throw new OaiError('badArgument', 'from and until have the same granularity.')
    if (from > until) throw new OaiError('badArgument', 'from is not after until.')
  }
  const written = given.get('set')
  const set = written === null ? undefined : readSet(written)
  if (written !== null && set === undefined) throw new OaiError('noRecordsMatch', 'There is no such set.')
  return {
    verb,
    prefix,
    from: from?.replace(/Z$/, ''),
    // What changes while the list is read has a later date, and comes with the next harvest.
    before: until === undefined ? secondAfter(now) : behind(until),
    set,
    after: undefined,
    sent: 0,
    size: undefined,
  }
}

const kept = z.tuple([
  z.enum(['I', 'R']),
  z.enum(prefixes),
  z.string().max(30).nullable(),
  z.string().max(30),
  z.string().max(100).nullable(),
  z.string().max(30),
  z.string().max(100),
  z.number().int().min(0),
  z.number().int().min(0).nullable(),
  z.number().int(),
])
const keptSets = z.tuple([z.literal('S'), z.string().max(100), z.number().int().min(0), z.number().int()])

/** All that is needed to go on; nothing is kept here. */
export function tokenOf(
  request: ListRequest,
  last: { at: string; id: string },
  sent: number,
  size: number | undefined,
  now: Date,
) {
  const expires = now.getTime() + tokenLifetimeMilliseconds
  const { verb, prefix, from, before, set } = request
  const letter = verb === 'ListIdentifiers' ? ('I' as const) : ('R' as const)
  return written([
    letter,
    prefix,
    from ?? null,
    before,
    set?.spec ?? null,
    last.at,
    last.id,
    sent,
    size ?? null,
    expires,
  ])
}

export function setsTokenOf(after: string, sent: number, now: Date): { token: string; expires: Date } {
  return written(['S', after, sent, now.getTime() + tokenLifetimeMilliseconds])
}

function written(members: z.infer<typeof kept> | z.infer<typeof keptSets>): { token: string; expires: Date } {
  const expires = Number(members.at(-1))
  return { token: toBase64url(new TextEncoder().encode(JSON.stringify(members))), expires: new Date(expires) }
}

function resumed(verb: OaiRequest['verb'], token: string, now: Date): OaiRequest {
  const stop = new OaiError('badResumptionToken', 'The token is not one of ours, is for another verb, or has expired.')
  const content = contentOf(token)
  if (verb === 'ListSets') {
    const sets = keptSets.safeParse(content).data
    if (!sets || sets[3] < now.getTime()) throw stop
    return { verb, after: sets[1], sent: sets[2] }
  }
  const list = kept.safeParse(content).data
  if (!list || (verb !== 'ListIdentifiers' && verb !== 'ListRecords')) throw stop
  const [letter, prefix, from, before, spec, at, id, sent, size, expires] = list
  const set = spec === null ? undefined : readSet(spec)
  if ((letter === 'I') !== (verb === 'ListIdentifiers') || expires < now.getTime()) throw stop
  if (spec !== null && set === undefined) throw stop
  return { verb, prefix, from: from ?? undefined, before, set, after: { at, id }, sent, size: size ?? undefined }
}

function contentOf(token: string): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(fromBase64url(token) ?? new Uint8Array()))
  } catch {
    return undefined
  }
}

function needed(given: URLSearchParams, name: string): string {
  const value = given.get(name)
  if (value === null) throw new OaiError('badArgument', `${name} is needed.`)
  return value
}

function readPrefix(text: string): Prefix {
  const prefix = prefixes.find((known) => known === text)
  if (prefix === undefined) throw new OaiError('cannotDisseminateFormat', `Formats are ${prefixes.join(', ')}.`)
  return prefix
}

function granularityOf(date: string): 'day' | 'second' | undefined {
  if (z.iso.date().safeParse(date).success) return 'day'
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(date) && z.iso.datetime().safeParse(date).success
    ? 'second'
    : undefined
}

/** The first moment behind a day or a second. */
function behind(until: string): string {
  return until.length > 10 ? secondAfter(new Date(until)) : momentOf(Date.parse(until) + 86_400_000).slice(0, 10)
}

function secondAfter(time: Date): string {
  return momentOf(Math.floor(time.getTime() / 1000) * 1000 + 1000)
}

/** Of the year 10000 the text would no longer compare: harvesters write 9999-12-31 for "all". */
function momentOf(milliseconds: number): string {
  const text = new Date(milliseconds).toISOString()
  return text.startsWith('+') ? '9999-12-31T23:59:60' : text.slice(0, 19)
}
