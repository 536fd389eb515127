import { type DeedKind, type DeedRow, deed, deedKindWords } from '../../policies/deed.ts'
import { type Clause, catalogue, clauseName, type Terms } from '../../policies/terms.ts'
import type { Http } from '../http/api.ts'
import { fill, type Language, languageOf, languages, other, readDate } from '../http/language.ts'
import { signpost } from '../http/links.ts'
import { inLanguage, paths, showPage } from '../http/page.tsx'
import { clauseAnchor } from '../http/parts.tsx'
import { pages } from '../http/problem-pages.tsx'
import { documentUrl, publishedTerms } from './terms.ts'

const ja = {
  title: '利用条件',
  lead: '権利者は、次のどれかの条件で特許を開放します。どれも無償で、研究に限ります。公開した版は変わりません。',
  choose: '五つの質問で選ぶ',
  published: '公開',
  deed: '要約',
  deedNote: '要約は、条文に付けた標識から作られたものです。条文が優先します。',
  clauses: '根拠',
  legal: '条文',
  prevailing: '日本語と英語が異なるときは、{language}によります。',
  japanese: '日本語',
  english: '英語',
  fingerprint: '指紋（SHA-256）',
  fingerprintNote:
    '宣言と許諾証は、この指紋を持っています。どの文言に同意したかを、あとから誰でも確かめられます。確かめるには、次のように入力してください。',
  machine: '機械が読む形',
  json: 'JSON',
  odrl: 'ODRL（JSON-LD）',
  document: '公開された文書そのもの',
} as const

const en: Record<keyof typeof ja, string> = {
  title: 'Terms',
  lead: 'Holders open their patents under one of these. All are free of charge and limited to research. A published version never changes.',
  choose: 'Choose by five questions',
  published: 'Published',
  deed: 'Deed',
  deedNote: 'The deed is made from the tags that the clauses carry. The clauses prevail.',
  clauses: 'Clause',
  legal: 'Legal text',
  prevailing: 'If the Japanese and the English differ, the {language} prevails.',
  japanese: 'Japanese',
  english: 'English',
  fingerprint: 'Fingerprint (SHA-256)',
  fingerprintNote:
    'Declarations and grants carry this fingerprint, so that anyone can tell later which words were accepted. To check it yourself:',
  machine: 'Machine-readable forms',
  json: 'JSON',
  odrl: 'ODRL (JSON-LD)',
  document: 'The published document itself',
}

const words = { ja, en }

export const termsPages = pages()
  .on('GET', paths('/terms'), (c) => showTermsList(c))
  .on('GET', paths('/terms/:id'), (c) => showTerms(c, publishedTerms(c.req.param('id') ?? '')))

export function showTermsList(c: Http) {
  const { lang } = languageOf(c)
  const say = words[lang]
  return showPage(
    c,
    { title: say.title, path: '/terms', section: 'terms', description: say.lead },
    <>
      <h1>{say.title}</h1>
      <p class="lead">{say.lead}</p>
      <p>
        <a href={inLanguage(lang, '/terms/choose')}>{say.choose}</a>
      </p>
      {[...catalogue.values()].map((terms) => (
        <section>
          <h2>
            <a href={inLanguage(lang, `/terms/${terms.id}`)}>{terms.title[lang]}</a>
          </h2>
          <p class="small faint">
            <span class="mono pick">{terms.id}</span> · {say.published} <time>{readDate(terms.publishedOn, lang)}</time>
          </p>
          <ul>
            {deed(terms)
              .filter(({ kind, tag }) => summarised.some((one) => one.kind === kind && one.tag === tag))
              .map(({ text }) => (
                <li>{text[lang]}</li>
              ))}
          </ul>
        </section>
      ))}
    </>,
  )
}

/** What tells one variant from another at a glance. */
const summarised: readonly Pick<DeedRow, 'kind' | 'tag'>[] = [
  { kind: 'may', tag: 'beneficiaries' },
  { kind: 'may', tag: 'purposes' },
  { kind: 'must', tag: 'inventorOnly' },
  { kind: 'must', tag: 'reciprocity' },
  { kind: 'may_not', tag: 'purposes' },
]

export function showTerms(c: Http, terms: Terms) {
  const { lang } = languageOf(c)
  const say = words[lang]
  const { registryUrl } = c.var.ctx
  const address = documentUrl(terms, registryUrl)
  const language = terms.prevailingLanguage === 'ja' ? say.japanese : say.english
  const there = other(lang)
  signpost(c, [
    { rel: 'cite-as', href: `${registryUrl}/terms/${terms.id}` },
    { rel: 'type', href: 'https://schema.org/DigitalDocument' },
    { rel: 'describedby', href: `${registryUrl}/v1/terms/${terms.id}`, type: 'application/json' },
    { rel: 'describedby', href: `${registryUrl}/v1/terms/${terms.id}`, type: 'application/ld+json' },
    { rel: 'item', href: address, type: 'application/json' },
  ])
  return showPage(
    c,
    {
      title: terms.title[lang],
      path: `/terms/${terms.id}`,
      section: 'terms',
      kind: 'article',
      data: schemaOrgOf(terms, registryUrl),
    },
    <>
      <h1>{terms.title[lang]}</h1>
      <p class="faint">
        <span class="mono pick">{terms.id}</span> · {say.published} <time>{readDate(terms.publishedOn, lang)}</time> ·{' '}
        <a href={inLanguage(there, `/terms/${terms.id}`)} lang={there} hreflang={there}>
          {terms.title[there]}
        </a>
      </p>
      <h2 id="deed">{say.deed}</h2>
      <p class="small faint">{say.deedNote}</p>
      <Deed terms={terms} lang={lang} />
      <h2 id="legal">{say.legal}</h2>
      <p class="small faint">{fill(say.prevailing, { language })}</p>
      <Articles terms={terms} lang={lang} />
      <h2 id="fingerprint">{say.fingerprint}</h2>
      <p>
        <code class="pick">{terms.sha256}</code>
      </p>
      <p>{say.fingerprintNote}</p>
      <pre tabindex={0}>{`curl -s ${address} | sha256sum`}</pre>
      <h2 id="machine">{say.machine}</h2>
      <ul>
        <li>
          <a href={`/v1/terms/${terms.id}/document`}>{say.document}</a>
        </li>
        <li>
          {say.json}:{' '}
          <code>
            curl -H 'Accept: application/json' {registryUrl}/v1/terms/{terms.id}
          </code>
        </li>
        <li>
          {say.odrl}:{' '}
          <code>
            curl -H 'Accept: application/ld+json' {registryUrl}/v1/terms/{terms.id}
          </code>
        </li>
      </ul>
    </>,
  )
}

/** The terms as schema.org data (JSON-LD). */
function schemaOrgOf({ id, title, publishedOn, sha256 }: Terms, registryUrl: string) {
  return {
    '@context': 'https://schema.org',
    '@type': 'DigitalDocument',
    '@id': `${registryUrl}/terms/${id}`,
    identifier: [id, `sha256:${sha256}`],
    name: languages.map((lang) => ({ '@language': lang, '@value': title[lang] })),
    datePublished: publishedOn,
    inLanguage: languages,
    isAccessibleForFree: true,
  }
}

const deedKinds: readonly DeedKind[] = ['may', 'must', 'may_not', 'ask', 'know']
/** The mark beside each kind of the deed: the same shapes and dyes as the verdicts. */
const kindMarks: Readonly<Record<DeedKind, string>> = {
  may: 'allowed',
  must: 'unrecognised',
  may_not: 'not_allowed',
  ask: 'ask',
  know: 'not_needed',
}

function Deed({ terms, lang }: { terms: Terms; lang: Language }) {
  const rows = deed(terms)
  const say = words[lang]
  return (
    <>
      {deedKinds.map((kind) => (
        <table class="rows tight">
          <caption class="hide">{deedKindWords[kind][lang]}</caption>
          <thead>
            <tr>
              <th scope="col">
                <span class={`mark ${kindMarks[kind]}`}>{deedKindWords[kind][lang]}</span>
              </th>
              <th scope="col" class="clauses">
                {say.clauses}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows
              .filter((row) => row.kind === kind)
              .map((row) => (
                <tr>
                  <td>{row.text[lang]}</td>
                  <td class="clauses">
                    {row.clauses.map((clause, i) => (
                      <>
                        {i === 0 ? null : ' '}
                        <a href={`#${clauseAnchor(clause)}`}>{clauseName(clause)[lang]}</a>
                      </>
                    ))}
                  </td>
                </tr>
              ))}
          </tbody>
        </table>
      ))}
    </>
  )
}

function Articles({ terms, lang }: { terms: Terms; lang: Language }) {
  return (
    <div class="legal">
      {terms.clauses.map((clause) => (
        <>
          {clause.heading === undefined ? null : <h3>{clause.heading[lang]}</h3>}
          <ClauseText clause={clause} lang={lang} />
        </>
      ))}
    </div>
  )
}

function ClauseText({ clause, lang }: { clause: Clause; lang: Language }) {
  const anchor = clauseAnchor(clause.id)
  return (
    <div class="clause" id={anchor}>
      <a href={`#${anchor}`}>{clauseName(clause.id)[lang]}</a>
      <p>{clause[lang]}</p>
    </div>
  )
}
