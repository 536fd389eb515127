import { raw } from 'hono/html'
import { RegistryError } from '../errors.ts'
import type { Http } from './api.ts'
import { curlLine, type Docs, exampleOf, type Operation, readDocument, type Schema, typeName } from './docs-document.ts'
import { docsWords as words } from './docs-words.ts'
import { type Language, languageOf } from './language.ts'
import type { ApiDocument } from './openapi.ts'
import { inLanguage, paths, showPage } from './page.tsx'
import { pages } from './problem-pages.tsx'

/** `/openapi.json`, and pages made from it. `describe` gives the document of the whole app. */
export function docsPages(describe: (registryUrl: string) => ApiDocument) {
  const documentOf = keptByUrl(describe)
  return pages()
    .get('/openapi.json', (c) =>
      c.json(documentOf(c.var.ctx.registryUrl).document, 200, { 'Cache-Control': 'public, max-age=300' }),
    )
    .on('GET', paths('/docs'), (c) => showIndex(c, documentOf(c.var.ctx.registryUrl).docs))
    .on('GET', paths('/docs/:tag'), (c) => showTag(c, documentOf(c.var.ctx.registryUrl).docs, c.req.param('tag') ?? ''))
}

/** The document does not change while the process runs; making it takes some milliseconds. */
function keptByUrl(describe: (registryUrl: string) => ApiDocument) {
  let kept: { registryUrl: string; document: ApiDocument; docs: Docs } | undefined
  return (registryUrl: string) => {
    if (kept?.registryUrl !== registryUrl) {
      const document = describe(registryUrl)
      kept = { registryUrl, document, docs: readDocument(document) }
    }
    return kept
  }
}

function showIndex(c: Http, { tags }: Docs) {
  const { lang } = languageOf(c)
  const say = words[lang]
  const { registryUrl } = c.var.ctx
  const check = `curl -s '${registryUrl}/v1/check?number=JP-5985120-B1&purpose=basic_research&mode=with&beneficiary=university'`
  const token = `curl -s -u "$CLIENT_ID:$CLIENT_SECRET" -d grant_type=client_credentials '${registryUrl}/oauth/token'`
  return showPage(
    c,
    { title: say.title, path: '/docs', section: 'docs', description: say.lead },
    <>
      <h1>{say.title}</h1>
      <p class="lead">{say.lead}</p>
      <pre tabindex={0}>{check}</pre>
      <p>
        <a href="/openapi.json">{say.document}</a>
      </p>
      <h2>{say.token}</h2>
      <p>{say.tokenText}</p>
      <pre tabindex={0}>{token}</pre>
      <h2>{say.habits}</h2>
      <ul>
        <li>
          {say.habit1} <a href={inLanguage(lang, '/problems')}>/problems</a>
        </li>
        <li>{say.habit2}</li>
        <li>{say.habit3}</li>
        <li>{say.habit4}</li>
        <li>{say.habit5}</li>
      </ul>
      <h2 id="operations">{say.operations}</h2>
      {say.english === '' ? null : <p class="small faint">{say.english}</p>}
      {tags.map(({ name, slug, description, operations }) => (
        <section lang={inEnglish(lang)}>
          <h3>
            <a href={inLanguage(lang, `/docs/${slug}`)}>{name}</a>
          </h3>
          <p class="small faint">{description}</p>
          <table class="rows tight">
            <caption class="hide">{name}</caption>
            <tbody>
              {operations.map(({ method, path, summary, operationId }) => (
                <tr>
                  <th scope="row">
                    <span class="verb">{method}</span>
                    <code>{path}</code>
                  </th>
                  <td>
                    <a href={inLanguage(lang, `/docs/${slug}#${operationId}`)}>{summary}</a>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      ))}
    </>,
  )
}

function showTag(c: Http, docs: Docs, slug: string) {
  const tag = docs.tags.find((one) => one.slug === slug)
  if (!tag) throw new RegistryError('not_found', 'There is no such part of the API.')
  const { lang } = languageOf(c)
  const say = words[lang]
  return showPage(
    c,
    { title: `API: ${tag.name}`, path: `/docs/${slug}`, section: 'docs' },
    <>
      <h1 lang={inEnglish(lang)}>{tag.name}</h1>
      <p class="lead" lang={inEnglish(lang)}>
        {tag.description}
      </p>
      <p>
        <a href={inLanguage(lang, '/docs#operations')}>{say.back}</a>
      </p>
      {tag.operations.map((operation, i) => (
        <OperationBlock
          docs={docs}
          operation={operation}
          before={tag.operations.slice(0, i)}
          lang={lang}
          registryUrl={c.var.ctx.registryUrl}
        />
      ))}
    </>,
  )
}

type Block = { docs: Docs; operation: Operation; before: readonly Operation[]; lang: Language; registryUrl: string }

function OperationBlock({ docs, operation, before, lang, registryUrl }: Block) {
  const say = words[lang]
  const {
    operationId,
    method,
    path,
    summary,
    description,
    parameters,
    requestBody,
    responses,
    security = [],
  } = operation
  const needed = security.flatMap((one) => one.oauth ?? [])
  const withToken = security.some((one) => one.oauth !== undefined)
  const [media, body] = Object.entries(requestBody?.content ?? {})[0] ?? []
  return (
    <section class="op" id={operationId} aria-labelledby={`${operationId}-h`}>
      <h2 id={`${operationId}-h`} lang={inEnglish(lang)}>
        {summary}
      </h2>
      <p>
        <span class="verb">{method}</span>
        <code>{path}</code>
      </p>
      {description === undefined ? null : (
        <p lang={inEnglish(lang)}>
          <Prose text={description} />
        </p>
      )}
      {withToken ? (
        <p class="small">
          {say.scopes}: {needed.length === 0 ? say.anyToken : needed.map((scope) => <code>{scope}</code>)}
        </p>
      ) : null}
      {parameters.length === 0 ? null : (
        <Members
          lang={lang}
          caption={say.parameters}
          rows={parameters.map(({ name, required, description: text, schema }) => ({
            name,
            type: typeName(docs.resolve(schema)),
            required: required === true,
            text: text ?? schema?.description ?? '',
          }))}
        />
      )}
      {body === undefined ? null : <Body docs={docs} media={media ?? ''} body={body} lang={lang} />}
      <h3>{say.answers}</h3>
      <p class="small" lang={inEnglish(lang)}>
        {Object.entries(responses)
          .filter(([status]) => status !== ofEveryOperation)
          .map(([status, response], i) => (
            <>
              {i === 0 ? null : <br />}
              <b class="num">{status}</b> <Prose text={'description' in response ? response.description : ''} />
            </>
          ))}
      </p>
      <AnswerExample docs={docs} operation={operation} before={before} lang={lang} />
      <pre tabindex={0}>{curlLine(docs, operation, registryUrl)}</pre>
    </section>
  )
}

/** Too long an address or body: said once for all. */
const ofEveryOperation = '413'

function Body({
  docs,
  media,
  body,
  lang,
}: {
  docs: Docs
  media: string
  body: { schema?: Schema | undefined }
  lang: Language
}) {
  const say = words[lang]
  const schema = docs.resolve(body.schema)
  const example = exampleOf(docs, body)
  const rows = Object.entries(schema?.properties ?? {}).map(([name, member]) => ({
    name,
    type: typeName(member),
    required: schema?.required?.includes(name) === true,
    text: member.description ?? '',
  }))
  return (
    <>
      {rows.length === 0 ? null : <Members lang={lang} caption={`${say.body} (${media})`} rows={rows} />}
      {example === undefined ? null : <Json text={JSON.stringify(example, null, 2)} />}
    </>
  )
}

/** An example that stands further up on the page is not shown again. */
function AnswerExample({
  docs,
  operation,
  before,
  lang,
}: {
  docs: Docs
  operation: Operation
  before: readonly Operation[]
  lang: Language
}) {
  const say = words[lang]
  const text = answerText(docs, operation)
  if (text === undefined) return null
  const same = before.find((one) => answerText(docs, one) === text)
  if (same !== undefined)
    return (
      <p class="small">
        {say.sameExample} <a href={`#${same.operationId}`}>{same.operationId}</a>
      </p>
    )
  return (
    <details>
      <summary>{say.example}</summary>
      <Json text={text} />
    </details>
  )
}

function answerText(docs: Docs, { responses }: Operation): string | undefined {
  const good = Object.entries(responses).find(([status]) => status.startsWith('2'))?.[1]
  const content = good !== undefined && 'content' in good ? good.content : undefined
  const json = typeof content === 'object' && content !== null ? Object.entries(content)[0]?.[1] : undefined
  const example = exampleOf(docs, json)
  return example === undefined ? undefined : JSON.stringify(example, null, 2)
}

/** Quotation marks stand as they are: written as entities they would be a third of the page. */
function Json({ text }: { text: string }) {
  return <pre tabindex={0}>{raw(text.replaceAll('&', '&amp;').replaceAll('<', '&lt;'))}</pre>
}

type Row = { name: string; type: string; required: boolean; text: string }

function Members({ lang, caption, rows }: { lang: Language; caption: string; rows: readonly Row[] }) {
  const say = words[lang]
  return (
    <table class="rows tight">
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{say.name}</th>
          <th scope="col">{say.type}</th>
          <th scope="col">{say.meaning}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, type, required, text }) => (
          <tr>
            <th scope="row">
              <code>{name}</code>
            </th>
            <td>
              <code>{type}</code> {required ? <small>{say.required}</small> : null}
            </td>
            <td lang={inEnglish(lang)}>
              <Prose text={text} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Text in which `names` stand between backticks. */
function Prose({ text }: { text: string }) {
  return <>{text.split('`').map((part, i) => (i % 2 === 0 ? part : <code>{part}</code>))}</>
}

/** The document is written in English; on a Japanese page its words are marked so. */
function inEnglish(lang: Language): Language | undefined {
  return lang === 'en' ? undefined : 'en'
}
