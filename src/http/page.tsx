import type { Child } from 'hono/jsx'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Http } from './api.ts'
import { type Language, languageOf, languages, other, sampleNotice, siteWords } from './language.ts'
import { styleAddress } from './style.ts'

export type Section = 'check' | 'patents' | 'terms' | 'docs'

export type PageHead = {
  title: string
  /** Path and query without the language, `/check?numbers=…`: the same page in either language. */
  path: string
  section?: Section
  description?: string
  status?: ContentfulStatusCode
  /** `Cache-Control`; by default the page is asked for anew each time. */
  cache?: string
}

/** The whole document as an answer, in the language that the address or the reader asks for. */
export async function showPage(c: Http, { status = 200, cache = 'no-cache', ...head }: PageHead, content: Child) {
  const { lang, named } = languageOf(c)
  const sample = await c.var.sample()
  c.header('Content-Language', lang)
  if (!named) c.header('Vary', 'Accept-Language', { append: true })
  c.header('Cache-Control', cache)
  const page = (
    <Page lang={lang} registryUrl={c.var.ctx.registryUrl} sample={sample} {...head}>
      {content}
    </Page>
  )
  return c.html(`<!doctype html>\n${page}`, status)
}

/** `/check` in a language: `/ja/check`. */
export function inLanguage(lang: Language, path: string): string {
  return `/${lang}${path}`
}

/** The paths of a page: in either language, and without one. */
export function paths(path: string): string[] {
  return [path, ...languages.flatMap((lang) => (path === '/' ? [`/${lang}`, `/${lang}/`] : [`/${lang}${path}`]))]
}

/** A passage in the other language is marked as such. */
export function Said({ text, lang }: { text: string; lang?: Language | undefined }) {
  return lang === undefined ? text : <span lang={lang}>{text}</span>
}

function Page({
  lang,
  title,
  path,
  section,
  description,
  registryUrl,
  sample,
  children,
}: Omit<PageHead, 'status' | 'cache'> & { lang: Language; registryUrl: string; sample: boolean; children: Child }) {
  const words = siteWords[lang]
  return (
    <html lang={lang}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <title>{path === '/' ? `Iriai 入会 — ${words.tagline}` : `${title} — Iriai 入会`}</title>
        {description === undefined ? null : <meta name="description" content={description} />}
        <link rel="stylesheet" href={styleAddress} />
        <link rel="icon" href={icon} />
        <link rel="canonical" href={`${registryUrl}${inLanguage(lang, path)}`} />
        {languages.map((one) => (
          <link rel="alternate" hreflang={one} href={`${registryUrl}${inLanguage(one, path)}`} />
        ))}
        <link rel="alternate" hreflang="x-default" href={`${registryUrl}${path}`} />
      </head>
      <body>
        <a class="skip" href="#main">
          {words.skip}
        </a>
        <Header lang={lang} path={path} section={section} />
        {sample ? <SampleNotice lang={lang} /> : null}
        <main id="main" class="page" tabindex={-1}>
          {children}
        </main>
        <Footer lang={lang} />
      </body>
    </html>
  )
}

function Header({ lang, path, section }: { lang: Language; path: string; section?: Section | undefined }) {
  const words = siteWords[lang]
  const there = other(lang)
  return (
    <header class="site">
      <div class="page">
        <a class="name" href={inLanguage(lang, '/')}>
          Iriai<span lang="ja">入会</span>
        </a>
        <nav aria-label={words.main}>
          <ul>
            {sections.map((one) => (
              <li>
                <a href={inLanguage(lang, `/${one}`)} aria-current={one === section ? 'page' : undefined}>
                  {words[one]}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <a href={inLanguage(there, path)} lang={there} hreflang={there}>
          {words.switchTo}
        </a>
      </div>
    </header>
  )
}

const sections: readonly Section[] = ['check', 'patents', 'terms', 'docs']

function SampleNotice({ lang }: { lang: Language }) {
  const there = other(lang)
  return (
    <aside class="sample" aria-label={lang === 'ja' ? '見本' : 'Sample'}>
      <div class="page">
        <p>
          <b>{lang === 'ja' ? '見本' : 'Sample'}</b>
          {sampleNotice[lang]}{' '}
          <span class="faint" lang={there}>
            {sampleNotice[there]}
          </span>
        </p>
      </div>
    </aside>
  )
}

function Footer({ lang }: { lang: Language }) {
  const words = siteWords[lang]
  return (
    <footer class="foot">
      <div class="page">
        <p>{words.foot}</p>
        <p>{words.privacy}</p>
        <p>
          <a href={inLanguage(lang, '/problems')}>{words.problems}</a> · <a href="/openapi.json">{words.machine}</a>
        </p>
      </div>
    </footer>
  )
}

/** Two strips of a field held in common. */
const icon =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Cpath fill='%231f3f73' d='M1 2h14v2H1zm0 10h14v2H1zM4 6h8v4H4z'/%3E%3C/svg%3E"
