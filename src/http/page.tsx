import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { today } from '../context.ts'
import type { Http } from './api.ts'
import { type Language, languageOf, languages, other, readDate, sampleNotice, siteWords } from './language.ts'
import { styleAddress } from './style.ts'

export type Section = 'check' | 'patents' | 'map' | 'areas' | 'terms' | 'verify' | 'docs' | 'log'

export type PageHead = {
  title: string
  /** Path and query without the language, `/check?numbers=…`: the same page in either language. */
  path: string
  section?: Section
  description?: string
  status?: ContentfulStatusCode
  /** What the page is about as linked data (schema.org, JSON-LD). */
  data?: object
  /** Open Graph: `website` unless said otherwise. */
  kind?: 'website' | 'article' | 'profile'
  /** A feed of what the page lists, besides that of all changes. */
  feed?: { href: string; title: string }
  /** `Cache-Control`; by default the page is asked for anew each time. */
  cache?: string
  /** Seconds after which a browser without script loads the page anew. */
  renew?: number
}

/** The whole document as an answer, in the language that the address or the reader asks for. */
export async function showPage(c: Http, { status = 200, cache = 'no-cache', ...head }: PageHead, content: Child) {
  const { lang, named } = languageOf(c)
  const { ctx } = c.var
  const sample = await c.var.sample()
  c.header('Content-Language', lang)
  if (!named) c.header('Vary', 'Accept-Language', { append: true })
  c.header('Vary', 'Cookie', { append: true })
  c.header('Cache-Control', c.var.session && cache !== 'no-store' ? 'private, no-cache' : cache)
  const page = (
    <Page lang={lang} registryUrl={ctx.registryUrl} sample={sample} visitor={visitorOf(c)} day={today(ctx)} {...head}>
      {content}
    </Page>
  )
  return c.html(`<!doctype html>\n${page}`, status)
}

/** Who looks at the page, for the header: a person by name, somebody who could sign in, or undefined where nobody can. */
type Visitor = { name: string } | 'nobody' | undefined

function visitorOf(c: Http): Visitor {
  const { ctx, session } = c.var
  if (session) return { name: session.person.name }
  return ctx.providers.length > 0 ? 'nobody' : undefined
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
  data,
  kind,
  feed,
  renew,
  registryUrl,
  sample,
  visitor,
  day,
  children,
}: Omit<PageHead, 'status' | 'cache'> & {
  lang: Language
  registryUrl: string
  sample: boolean
  visitor: Visitor
  /** Of the answer, for those who print it. */
  day: string
  children: Child
}) {
  const words = siteWords[lang]
  const shownTitle = path === '/' ? `Iriai 入会 — ${words.tagline}` : `${title} — Iriai 入会`
  const address = `${registryUrl}${inLanguage(lang, path)}`
  return (
    <html lang={lang}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <title>{shownTitle}</title>
        {renew === undefined ? null : (
          <noscript>
            <meta http-equiv="refresh" content={String(renew)} />
          </noscript>
        )}
        <meta name="description" content={description ?? `${title} — ${words.tagline}`} />
        <link rel="stylesheet" href={styleAddress} />
        <link rel="icon" href={icon} />
        <link rel="canonical" href={address} />
        {languages.map((one) => (
          <link rel="alternate" hreflang={one} href={`${registryUrl}${inLanguage(one, path)}`} />
        ))}
        <link rel="alternate" hreflang="x-default" href={`${registryUrl}${path}`} />
        <link
          rel="alternate"
          type="application/atom+xml"
          title={words.changes}
          href={`/v1/changes?format=atom&lang=${lang}`}
        />
        {feed === undefined ? null : (
          <link rel="alternate" type="application/atom+xml" title={feed.title} href={feed.href} />
        )}
        <Preview
          title={shownTitle}
          description={description ?? words.tagline}
          address={address}
          lang={lang}
          kind={kind}
        />
        {data === undefined ? null : <LinkedData data={data} />}
      </head>
      <body>
        <a class="skip" href="#main">
          {words.skip}
        </a>
        <Header lang={lang} path={path} section={section} visitor={visitor} />
        {sample ? <SampleNotice lang={lang} /> : null}
        <main id="main" class="page" tabindex={-1}>
          {children}
        </main>
        <p class="paper page small">
          {shownTitle} · <time datetime={day}>{readDate(day, lang)}</time> · {address}
        </p>
        <Footer lang={lang} />
      </body>
    </html>
  )
}

/** What is shown where the address is shared (Open Graph). There is no picture that would say more than the words. */
function Preview({
  title,
  description,
  address,
  lang,
  kind = 'website',
}: {
  title: string
  description: string
  address: string
  lang: Language
  kind?: PageHead['kind']
}) {
  return (
    <>
      <meta property="og:site_name" content="Iriai 入会" />
      <meta property="og:title" content={title} />
      <meta property="og:description" content={description} />
      <meta property="og:url" content={address} />
      <meta property="og:type" content={kind} />
      <meta property="og:locale" content={lang === 'ja' ? 'ja_JP' : 'en_GB'} />
      <meta name="twitter:card" content="summary" />
    </>
  )
}

/** A data block, which no browser runs; `<` is written so that nothing in it can end it. */
function LinkedData({ data }: { data: object }) {
  return <script type="application/ld+json">{raw(JSON.stringify(data).replaceAll('<', '\\u003c'))}</script>
}

/** On a wide screen the pages stand in a row; on a telephone they open from a button, by the browser's own popover. */
function Header({
  lang,
  path,
  section,
  visitor,
}: {
  lang: Language
  path: string
  section?: Section | undefined
  visitor: Visitor
}) {
  const words = siteWords[lang]
  const there = other(lang)
  return (
    <header class="site">
      <div class="page">
        <a class="name" href={inLanguage(lang, '/')}>
          Iriai<span lang="ja">入会</span>
        </a>
        <button type="button" class="quiet menu" popovertarget="menu">
          {words.menu}
        </button>
        <nav id="menu" popover="auto" aria-label={words.main}>
          <ul>
            {sections.map((one) => (
              <li>
                <a href={inLanguage(lang, `/${one}`)} aria-current={one === section ? 'page' : undefined}>
                  {words[one]}
                </a>
              </li>
            ))}
            <Account lang={lang} visitor={visitor} />
          </ul>
        </nav>
        <a href={inLanguage(there, path)} lang={there} hreflang={there}>
          {words.switchTo}
        </a>
      </div>
    </header>
  )
}

function Account({ lang, visitor }: { lang: Language; visitor: Visitor }) {
  const words = siteWords[lang]
  if (visitor === undefined) return null
  if (visitor === 'nobody')
    return (
      <li>
        <a href={inLanguage(lang, '/sign-in')}>{words.signIn}</a>
      </li>
    )
  return (
    <li>
      <a href={inLanguage(lang, '/me')}>
        <bdi>{visitor.name === '' ? words.me : visitor.name}</bdi>
      </a>
    </li>
  )
}

const sections = ['check', 'patents', 'map', 'areas', 'terms', 'verify'] as const satisfies readonly Section[]
/** What the header has no room for: to look around, to take part, to rely on it. */
const footLinks = [
  ['fields', 'organisations', 'log', 'docs', 'problems'],
  ['join', 'participation', 'about', 'privacy', 'accessibility'],
] as const

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
        <p>{words.promise}</p>
        <nav aria-label={words.more}>
          {footLinks.map((row) => (
            <ul>
              {row.map((one) => (
                <li>
                  <a href={inLanguage(lang, `/${one}`)}>{words[one]}</a>
                </li>
              ))}
            </ul>
          ))}
        </nav>
      </div>
    </footer>
  )
}

/** Two strips of a field held in common. */
const icon =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Cpath fill='%231f3f73' d='M1 2h14v2H1zm0 10h14v2H1zM4 6h8v4H4z'/%3E%3C/svg%3E"
