/** Longer paths are none of our pages. */
const returnCharactersMax = 2000

/**
 * The path of one of our own pages, as it was asked to return to after signing in. Undefined for anything that a browser
 * would read as another place: schemes, `//host`, `/\host`, control characters, dots that fold into `//host`.
 */
export function localPath(asked: string | undefined): string | undefined {
  if (asked === undefined || asked.length > returnCharactersMax) return undefined
  if (!asked.startsWith('/') || asked.startsWith('//') || /[\\\s\p{Cc}]/u.test(asked)) return undefined
  if (!URL.canParse(asked, base)) return undefined
  const { origin, pathname, search } = new URL(asked, base)
  if (origin !== base || pathname.startsWith('//')) return undefined
  return `${pathname}${search}`
}

/** A host that is nobody's (RFC 2606): only its being unchanged matters. */
const base = 'https://here.invalid'
