import type { Area } from './area.ts'

/** Where an area is found and described: the targets of its Signposting links (RFC 8288 relations). */
export function linksOf({ slug }: Area, registryUrl: string) {
  const record = `${registryUrl}/v1/areas/${slug}`
  return [
    { rel: 'cite-as', href: addressOf(slug, registryUrl) },
    { rel: 'type', href: 'https://schema.org/Collection' },
    { rel: 'type', href: 'https://schema.org/CollectionPage' },
    { rel: 'describedby', href: record, type: 'application/json' },
    { rel: 'item', href: `${record}/patents`, type: 'application/json' },
  ]
}

/** The area as schema.org data (JSON-LD): a collection of patents, with the papers and data that are named beside them. */
export function schemaOrgOf(area: Area, registryUrl: string, lang: 'ja' | 'en') {
  const { slug, title, summary, patents, publishedOn, updatedAt, curator, related } = area
  const texts = (text: { ja?: string; en?: string }) =>
    Object.entries(text).map(([language, value]) => ({ '@language': language, '@value': value }))
  return {
    '@context': 'https://schema.org',
    '@type': 'Collection',
    '@id': addressOf(slug, registryUrl),
    url: `${registryUrl}/${lang}/areas/${slug}`,
    name: texts(title),
    abstract: texts(summary),
    collectionSize: patents,
    ...(publishedOn === undefined ? {} : { datePublished: publishedOn }),
    dateModified: updatedAt,
    ...(curator === undefined
      ? {}
      : {
          maintainer: {
            '@type': 'Organization',
            '@id': `${registryUrl}/v1/organisations/${curator.id}`,
            name: texts(curator.name),
          },
        }),
    mentions: related.flatMap(({ kind, title: name, address }) =>
      address === undefined ? [] : [{ '@type': types[kind] ?? 'CreativeWork', '@id': address, name: texts(name) }],
    ),
    isAccessibleForFree: true,
  }
}

const types: Readonly<Record<string, string>> = {
  paper: 'ScholarlyArticle',
  dataset: 'Dataset',
  software: 'SoftwareApplication',
  video: 'VideoObject',
  project: 'ResearchProject',
  contact: 'Organization',
}

/** The address to cite: of no language. */
function addressOf(slug: string, registryUrl: string): string {
  return `${registryUrl}/areas/${slug}`
}
