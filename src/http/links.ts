import type { Http } from './api.ts'

/** A typed link (RFC 8288). */
export type WebLink = { rel: string; href: string; type?: string; profile?: string; title?: string }

/**
 * FAIR Signposting: names in `Link` headers what a page is about, so that a machine needs not read the page. Links that a
 * header should not hold by their number stand in the linkset alone.
 */
export function signpost(c: Http, links: readonly WebLink[]): void {
  for (const link of links.slice(0, linksPerHeaderMax)) c.header('Link', linkText(link), { append: true })
}

/** Servers and proxies refuse headers of more than some kilobytes. */
const linksPerHeaderMax = 25

export function linkText({ rel, href, type, profile, title }: WebLink): string {
  const parameters = Object.entries({ rel, type, profile, title }).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}="${value.replaceAll(/["\\\r\n]/g, '')}"`],
  )
  return [`<${href.replaceAll(/[<>\s]/g, encodeURIComponent)}>`, ...parameters].join('; ')
}

/** A set of links by what they are about (RFC 9264, `application/linkset+json`). */
export function linkset(contexts: readonly { anchor: string; links: readonly WebLink[] }[]) {
  return {
    linkset: contexts.map(({ anchor, links }) => {
      const byRelation = new Map<string, Omit<WebLink, 'rel'>[]>()
      for (const { rel, ...target } of links) byRelation.set(rel, [...(byRelation.get(rel) ?? []), target])
      return { anchor, ...Object.fromEntries(byRelation) }
    }),
  }
}

export const linksetType = 'application/linkset+json'
