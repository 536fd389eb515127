import { z } from 'zod'
import type { PatentFacts } from '../../patents/facts.ts'
import { element, type Xml } from '../../xml.ts'
import type { Prefix } from './request.ts'

/** The record of a patent as the dump has it, with what the metadata says. */
export const harvested = z.object({
  id: z.string(),
  number: z.string(),
  titleJa: z.string().optional(),
  titleEn: z.string().optional(),
  filedOn: z.string().optional(),
  publishedOn: z.string().optional(),
  grantedOn: z.string().optional(),
  updatedAt: z.string(),
  numbers: z.array(z.object({ key: z.string(), docdb: z.string() })),
  inventors: z.array(z.object({ name: z.string(), romanised: z.string().optional(), orcid: z.string().optional() })),
  classes: z.array(z.object({ scheme: z.string(), symbol: z.string() })),
  fields: z.array(z.object({ field: z.number() })),
})

export type Holder = { id: string; name: { ja: string; en: string }; ror: string | undefined }
export type Harvested = {
  patent: z.infer<typeof harvested>
  facts: PatentFacts
  holders: readonly Holder[]
  /** Under which the patent is open today, as its line in a list says. */
  terms: readonly string[]
}

export const formats: readonly { prefix: Prefix; schema: string; namespace: string }[] = [
  {
    prefix: 'oai_dc',
    schema: 'http://www.openarchives.org/OAI/2.0/oai_dc.xsd',
    namespace: 'http://www.openarchives.org/OAI/2.0/oai_dc/',
  },
  ...(['jpcoar', 'jpcoar_2.0'] as const).map((prefix) => ({
    prefix,
    schema: 'https://raw.githubusercontent.com/JPCOAR/schema/master/2.0/jpcoar_scm.xsd',
    namespace: 'https://github.com/JPCOAR/schema/blob/master/2.0/',
  })),
]

export function metadataOf(prefix: Prefix, one: Harvested, registryUrl: string): Xml {
  return prefix === 'oai_dc' ? dublinCore(one, registryUrl) : jpcoar(one, registryUrl)
}

function dublinCore({ patent, holders, terms }: Harvested, registryUrl: string): Xml {
  const dc = (name: string, text: string | undefined, lang?: string) =>
    text === undefined ? undefined : element(`dc:${name}`, { 'xml:lang': lang }, text)
  return element(
    'oai_dc:dc',
    {
      'xmlns:oai_dc': 'http://www.openarchives.org/OAI/2.0/oai_dc/',
      'xmlns:dc': 'http://purl.org/dc/elements/1.1/',
      'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
      'xsi:schemaLocation':
        'http://www.openarchives.org/OAI/2.0/oai_dc/ http://www.openarchives.org/OAI/2.0/oai_dc.xsd',
    },
    titlesOf(patent).map(({ text, lang }) => dc('title', text, lang)),
    patent.inventors.map(({ name }) => dc('creator', name)),
    patent.classes.map(({ scheme, symbol }) => dc('subject', `${scheme.toUpperCase()} ${symbol}`)),
    holders.flatMap(({ name }) => [
      dc('publisher', name.ja, 'ja'),
      ...(name.en === name.ja ? [] : [dc('publisher', name.en, 'en')]),
    ]),
    datesOf(patent).map(({ on }) => dc('date', on)),
    dc('type', 'patent'),
    dc('identifier', pageOf(registryUrl, patent.number)),
    patent.numbers.map(({ docdb }) => dc('identifier', docdb)),
    terms.map((id) => dc('rights', termsAddress(registryUrl, id))),
  )
}

/** JPCOAR Schema 2.0: the order of the elements is that of its `content`. */
function jpcoar({ patent, holders, terms }: Harvested, registryUrl: string): Xml {
  return element(
    'jpcoar:jpcoar',
    {
      'xmlns:jpcoar': 'https://github.com/JPCOAR/schema/blob/master/2.0/',
      'xmlns:dc': 'http://purl.org/dc/elements/1.1/',
      'xmlns:dcterms': 'http://purl.org/dc/terms/',
      'xmlns:datacite': 'https://schema.datacite.org/meta/kernel-4/',
      'xmlns:rdf': 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
      'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
      'xsi:schemaLocation':
        'https://github.com/JPCOAR/schema/blob/master/2.0/ https://raw.githubusercontent.com/JPCOAR/schema/master/2.0/jpcoar_scm.xsd',
    },
    titlesOf(patent).map(({ text, lang }) => element('dc:title', { 'xml:lang': lang }, text)),
    patent.inventors.map(({ name, romanised, orcid }) =>
      element(
        'jpcoar:creator',
        {},
        orcid === undefined ? undefined : identifierOf('ORCID', orcid),
        element('jpcoar:creatorName', { 'xml:lang': languageOf(name) }, name),
        romanised === undefined || romanised === name
          ? undefined
          : element('jpcoar:creatorName', { 'xml:lang': 'en' }, romanised),
      ),
    ),
    element(
      'dcterms:accessRights',
      { 'rdf:resource': 'http://purl.org/coar/access_right/c_14cb' },
      'metadata only access',
    ),
    terms.map((id) => element('dc:rights', { 'rdf:resource': termsAddress(registryUrl, id) }, id)),
    holders.map(({ name, ror }) =>
      element(
        'jpcoar:rightsHolder',
        {},
        ror === undefined ? undefined : identifierOf('ROR', ror),
        element('jpcoar:rightsHolderName', { 'xml:lang': 'ja' }, name.ja),
        element('jpcoar:rightsHolderName', { 'xml:lang': 'en' }, name.en),
      ),
    ),
    patent.classes.map(({ scheme, symbol }) =>
      element('jpcoar:subject', { subjectScheme: 'Other' }, `${scheme.toUpperCase()} ${symbol}`),
    ),
    datesOf(patent).map(({ on, type }) => element('datacite:date', { dateType: type }, on)),
    isUtilityModel(patent)
      ? element('dc:type', { 'rdf:resource': 'http://purl.org/coar/resource_type/9DKX-KSAF' }, 'utility model')
      : element('dc:type', { 'rdf:resource': 'http://purl.org/coar/resource_type/c_15cd' }, 'patent'),
    element('jpcoar:identifier', { identifierType: 'URI' }, pageOf(registryUrl, patent.number)),
    patent.numbers.map(({ docdb }) =>
      element(
        'jpcoar:relation',
        { relationType: 'isIdenticalTo' },
        element('jpcoar:relatedIdentifier', { identifierType: 'Local' }, docdb),
      ),
    ),
  )
}

function identifierOf(scheme: 'ORCID' | 'ROR', address: string): Xml {
  const value = scheme === 'ORCID' ? address.slice(address.lastIndexOf('/') + 1) : address
  return element('jpcoar:nameIdentifier', { nameIdentifierScheme: scheme, nameIdentifierURI: address }, value)
}

function titlesOf({ titleJa, titleEn }: Harvested['patent']): { text: string; lang: string }[] {
  return [
    ...(titleJa === undefined ? [] : [{ text: titleJa, lang: 'ja' }]),
    ...(titleEn === undefined ? [] : [{ text: titleEn, lang: 'en' }]),
  ]
}

function datesOf({ filedOn, publishedOn, grantedOn, updatedAt }: Harvested['patent']): { on: string; type: string }[] {
  const issued = publishedOn ?? grantedOn
  return [
    ...(issued === undefined ? [] : [{ on: issued, type: 'Issued' }]),
    ...(filedOn === undefined ? [] : [{ on: filedOn, type: 'Submitted' }]),
    ...(grantedOn === undefined || grantedOn === issued ? [] : [{ on: grantedOn, type: 'Accepted' }]),
    { on: updatedAt.slice(0, 10), type: 'Updated' },
  ]
}

function isUtilityModel({ numbers }: Harvested['patent']): boolean {
  return numbers.some(({ key }) => key.includes(':utility_model'))
}

/** Names as printed carry no language; those with kana or kanji are Japanese here. */
function languageOf(name: string): 'ja' | 'en' {
  return /[\u3040-\u30ff\u3400-\u9fff]/.test(name) ? 'ja' : 'en'
}

function pageOf(registryUrl: string, number: string): string {
  return `${registryUrl}/patents/${encodeURIComponent(number)}`
}

function termsAddress(registryUrl: string, id: string): string {
  return `${registryUrl}/terms/${id}`
}
