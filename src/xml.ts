/** A piece of XML, so that it is never taken for text. */
export type Xml = { readonly xml: string }

type Content = string | number | Xml | undefined | readonly Content[]

/** `<name attribute="…">…</name>`; attributes that are undefined are left out. Names come from us, never from outside. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | undefined>>,
  ...content: readonly Content[]
): Xml {
  const written = Object.entries(attributes)
    .flatMap(([key, value]) => (value === undefined ? [] : [` ${key}="${xmlText(value)}"`]))
    .join('')
  const inner = content.map(contentText).join('')
  return { xml: inner === '' ? `<${name}${written}/>` : `<${name}${written}>${inner}</${name}>` }
}

/** A whole document (XML 1.0, UTF-8). */
export function xmlDocument(root: Xml): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root.xml}\n`
}

/** Escaped text without what XML 1.0 cannot hold: control characters, halves of surrogate pairs, U+FFFE and U+FFFF. */
export function xmlText(text: string): string {
  return text.replaceAll(outside, '').replaceAll(/[&<>"']/g, (sign) => entities.get(sign) ?? '')
}

const outside = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu

const entities: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&apos;'],
])

function contentText(content: Content): string {
  if (content === undefined) return ''
  if (typeof content === 'string') return xmlText(content)
  if (typeof content === 'number') return String(content)
  if ('xml' in content) return content.xml
  return content.map(contentText).join('')
}
