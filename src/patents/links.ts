import type { Patent } from './patent.ts'

/** Where a patent is found and what belongs to it: the targets of its Signposting links (RFC 8288 relations). */
export function linksOf(patent: Patent, registryUrl: string) {
  const { number, declarations, inventors, holders } = patent
  const record = `${registryUrl}/v1/patents/${encodeURIComponent(number)}`
  const terms = new Set(declarations.filter(({ state }) => state === 'in_force').map(({ termsId }) => termsId))
  return {
    page: pageOf(patent, registryUrl),
    links: [
      { rel: 'cite-as', href: pageOf(patent, registryUrl) },
      { rel: 'type', href: 'https://schema.org/CreativeWork' },
      { rel: 'type', href: 'https://schema.org/ItemPage' },
      { rel: 'describedby', href: record, type: 'application/json' },
      {
        rel: 'describedby',
        href: `${registryUrl}/oai?verb=GetRecord&metadataPrefix=jpcoar_2.0&identifier=oai:${new URL(registryUrl).hostname}:patent/${patent.id}`,
        type: 'text/xml',
        profile: 'https://github.com/JPCOAR/schema/blob/master/2.0/',
      },
      { rel: 'linkset', href: `${record}/linkset`, type: 'application/linkset+json' },
      ...[...terms].map((id) => ({ rel: 'license', href: `${registryUrl}/terms/${id}` })),
      // Names are in the record; an address only of those who have shown whose it is.
      ...inventors.flatMap(({ orcid }) => (orcid === undefined ? [] : [{ rel: 'author', href: orcid }])),
    ],
    holders: holders.map(({ organisation: { id, ror } }) => ror ?? `${registryUrl}/v1/organisations/${id}`),
  }
}

/** The patent as schema.org data (JSON-LD). schema.org has no type of its own for a patent. */
export function schemaOrgOf(patent: Patent, registryUrl: string, lang: 'ja' | 'en') {
  const { number, numbers, title, inventors, holders, filedOn, publishedOn, grantedOn, classes } = patent
  const terms = patent.declarations.filter(({ state }) => state === 'in_force').map(({ termsId }) => termsId)
  const names = Object.entries(title).map(([language, text]) => ({ '@language': language, '@value': text }))
  return {
    '@context': 'https://schema.org',
    '@type': 'CreativeWork',
    '@id': pageOf(patent, registryUrl),
    additionalType: 'http://purl.org/coar/resource_type/c_15cd',
    url: `${registryUrl}/${lang}/patents/${encodeURIComponent(number)}`,
    identifier: numbers.map(({ docdb }) => ({ '@type': 'PropertyValue', propertyID: 'docdb', value: docdb })),
    name: names,
    creator: inventors.map(({ name, romanised, orcid }) => ({
      '@type': 'Person',
      ...(orcid === undefined ? {} : { '@id': orcid }),
      name,
      ...(romanised === undefined ? {} : { alternateName: romanised }),
    })),
    copyrightHolder: holders
      .filter(({ until }) => until === undefined)
      .map(({ organisation: { id, ror, name } }) => ({
        '@type': 'Organization',
        '@id': ror ?? `${registryUrl}/v1/organisations/${id}`,
        name: name[lang],
      })),
    ...(filedOn === undefined ? {} : { dateCreated: filedOn }),
    ...((publishedOn ?? grantedOn) === undefined ? {} : { datePublished: publishedOn ?? grantedOn }),
    dateModified: patent.updatedAt,
    about: classes.ipc.map((symbol) => ({ '@type': 'DefinedTerm', inDefinedTermSet: 'IPC', termCode: symbol })),
    ...(terms.length === 0 ? {} : { license: terms.map((id) => `${registryUrl}/terms/${id}`) }),
    isAccessibleForFree: true,
  }
}

/** The address to cite: of no language, for as long as the registry stands. */
function pageOf({ number }: Patent, registryUrl: string): string {
  return `${registryUrl}/patents/${encodeURIComponent(number)}`
}
