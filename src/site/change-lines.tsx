import type { Change } from '../feeds/changes/change.ts'
import { type Language, readDate } from '../http/language.ts'
import { inLanguage } from '../http/page.tsx'

/** Changes as a dated list, each with the way to what it is about. */
export function ChangeLines({
  changes,
  declarers,
  lang,
}: {
  changes: readonly Change[]
  /** Who made each declaration. */
  declarers: ReadonlyMap<string, string>
  lang: Language
}) {
  return (
    <ol class="events">
      {changes.map((change) => {
        const path = pageOf(change, declarers)
        return (
          <li>
            <time datetime={change.at}>{readDate(change.at.slice(0, 10), lang)}</time>
            <span>
              {path === undefined ? change.title[lang] : <a href={inLanguage(lang, path)}>{change.title[lang]}</a>}
            </span>
          </li>
        )
      })}
    </ol>
  )
}

/** The page without its language. A declaration is shown with the one who made it. */
function pageOf({ subject: { type, id, number } }: Change, declarers: ReadonlyMap<string, string>): string | undefined {
  if (type === 'terms') return `/terms/${encodeURIComponent(id)}`
  if (type === 'organisation') return `/organisations/${id}`
  if (type === 'declaration') {
    const declarer = declarers.get(id)
    return declarer === undefined ? undefined : `/organisations/${declarer}`
  }
  if (number === undefined) return undefined
  if (type === 'patent') return `/patents/${encodeURIComponent(number)}`
  if (type === 'area') return `/areas/${encodeURIComponent(number)}`
  return type === 'grant' ? `/g/${number}` : undefined
}
