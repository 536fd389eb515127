import { element, type Xml, xmlDocument } from './xml.ts'

export const atomType = 'application/atom+xml'

export type AtomLink = { rel: string; href: string; type?: string; hreflang?: string }

/** `id` is an IRI that never changes. The summary may be in another language than the feed. */
export type AtomEntry = {
  id: string
  title: string
  updated: string
  links: readonly AtomLink[]
  summary?: { text: string; lang: string }
  category?: { term: string; label: string }
}

export type AtomFeed = {
  id: string
  lang: string
  title: string
  subtitle?: string
  /** RFC 3339; when there is no entry, when the registry was asked. */
  updated: string
  author: string
  links: readonly AtomLink[]
  entries: readonly AtomEntry[]
}

/** An Atom 1.0 feed (RFC 4287) as text. */
export function atomText({ id, lang, title, subtitle, updated, author, links, entries }: AtomFeed): string {
  return xmlDocument(
    element(
      'feed',
      { xmlns: 'http://www.w3.org/2005/Atom', 'xml:lang': lang },
      element('id', {}, id),
      element('title', {}, title),
      subtitle === undefined ? undefined : element('subtitle', {}, subtitle),
      element('updated', {}, updated),
      element('author', {}, element('name', {}, author)),
      links.map(linkOf),
      entries.map(entryOf),
    ),
  )
}

function entryOf({ id, title, updated, links, summary, category }: AtomEntry): Xml {
  return element(
    'entry',
    {},
    element('id', {}, id),
    element('title', {}, title),
    element('updated', {}, updated),
    links.map(linkOf),
    category === undefined ? undefined : element('category', category),
    summary === undefined ? undefined : element('summary', { 'xml:lang': summary.lang }, summary.text),
  )
}

function linkOf(link: AtomLink): Xml {
  return element('link', link)
}
