import { fill, type Language, said } from '../../http/language.ts'
import { Said } from '../../http/page.tsx'
import { type RelatedItem, relatedKind } from './related-item.ts'
import { relatedKindWords } from './words.ts'

/** Items by kind, each with where to go and who added it. */
export function RelatedList({ items, lang }: { items: readonly RelatedItem[]; lang: Language }) {
  const by = lang === 'ja' ? '{name}による' : 'added by {name}'
  return (
    <dl class="facts">
      {relatedKind.options
        .map((kind) => ({ kind, listed: items.filter((item) => item.kind === kind) }))
        .filter(({ listed }) => listed.length > 0)
        .map(({ kind, listed }) => (
          <>
            <dt>{relatedKindWords[kind][lang]}</dt>
            <dd>
              <ul>
                {listed.map((item) => (
                  <li>
                    {item.address === undefined ? (
                      <Said {...said(item.title, lang)} />
                    ) : (
                      <a href={item.address} rel="nofollow noopener">
                        <Said {...said(item.title, lang)} />
                      </a>
                    )}{' '}
                    {item.note === undefined ? null : (
                      <>
                        <Said {...said(item.note, lang)} />{' '}
                      </>
                    )}
                    <small class="faint">
                      {[item.doi && `doi:${item.doi}`, item.by && fill(by, { name: item.by.name[lang] })]
                        .filter((part) => part)
                        .join(' · ')}
                    </small>
                  </li>
                ))}
              </ul>
            </dd>
          </>
        ))}
    </dl>
  )
}
