import type { Http } from '../http/api.ts'
import { type Language, languageOf } from '../http/language.ts'
import { inLanguage, paths, showPage } from '../http/page.tsx'
import { pages } from '../http/problem-pages.tsx'
import { aboutText, accessibilityText, privacyText, type Text } from './about-words.ts'

/** What the registry is, what it keeps of people, and for whom it works. */
export const aboutPages = pages()
  .on('GET', paths('/about'), (c) => showText(c, '/about', aboutText))
  .on('GET', paths('/privacy'), (c) => showText(c, '/privacy', privacyText))
  .on('GET', paths('/accessibility'), (c) => showText(c, '/accessibility', accessibilityText))

function showText(c: Http, path: string, texts: Readonly<Record<Language, Text>>) {
  const { lang } = languageOf(c)
  const { title, lead, sections } = texts[lang]
  return showPage(
    c,
    { title, path, description: lead },
    <>
      <h1>{title}</h1>
      <p class="lead">{lead}</p>
      {sections.map(({ heading, paragraphs, items = [], links = [] }) => (
        <section>
          <h2>{heading}</h2>
          {paragraphs.map((text) => (
            <p>{text}</p>
          ))}
          {items.length === 0 ? null : (
            <ul>
              {items.map((item) => (
                <li>{item}</li>
              ))}
            </ul>
          )}
          {links.length === 0 ? null : (
            <p>
              {links.map((link, i) => (
                <>
                  {i === 0 ? null : ' · '}
                  <a href={inLanguage(lang, link.path)}>{link.label}</a>
                </>
              ))}
            </p>
          )}
        </section>
      ))}
    </>,
  )
}
