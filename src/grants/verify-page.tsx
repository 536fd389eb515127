import { raw } from 'hono/html'
import { pinnedFingerprints } from '../../policies/terms.ts'
import { modeWords, purposeWords } from '../../policies/vocabulary.ts'
import type { Context } from '../context.ts'
import type { Http } from '../http/api.ts'
import { type Language, languageOf } from '../http/language.ts'
import { inLanguage, paths, showPage } from '../http/page.tsx'
import { Fact } from '../http/parts.tsx'
import { pages } from '../http/problem-pages.tsx'
import { publicKeySet } from '../keys.ts'
import { pageScriptAddress, verifierAddress, verifierSha256 } from '../verifier/assets.ts'
import { tokenCharactersMax } from '../verifier/claims.ts'
import type { PageFacts } from '../verifier/page-facts.ts'
import { answerOf, certificatePath, checkName, resultOf, verifyWords } from '../verifier/page-words.ts'
import { CertificateLines } from './certificate-lines.tsx'
import { countGrants } from './queries.ts'
import { statusListFor, statusListUri } from './status-list.ts'
import { verifyGrant } from './verify.ts'

/** The newest lists, which hold nearly all grants that still run; an older one is fetched when a token names it. */
const listsLoadedMax = 8

/**
 * Verification happens in the browser, so that nobody learns which grant was looked at. Without script the form comes
 * here, and the answer stands where the script would put it.
 */
export const verifyPages = pages()
  .on('GET', paths('/verify'), async (c) => show(c, <VerifyPage lang={languageOf(c).lang} facts={await factsOf(c)} />))
  .on('POST', paths('/verify'), async (c) => {
    const { lang } = languageOf(c)
    const { ctx } = c.var
    const token = await tokenOf(c)
    const certificate = certificatePath(token, ctx.registryUrl)
    if (certificate !== undefined) return c.redirect(inLanguage(lang, certificate), 303)
    const verified = token === '' ? undefined : await verifyGrant(ctx, token)
    return show(c, <VerifyPage lang={lang} facts={await factsOf(c)} token={token} verified={verified} />)
  })

type Verified = Awaited<ReturnType<typeof verifyGrant>>

function show(c: Http, content: ReturnType<typeof VerifyPage>) {
  const say = verifyWords[languageOf(c).lang]
  return showPage(c, { title: say.title, path: '/verify', section: 'verify', description: say.lead }, content)
}

/** The file when one was chosen, else the field. */
async function tokenOf(c: Http): Promise<string> {
  const { token, file } = await c.req.parseBody()
  const text = file instanceof File && file.size > 0 ? await file.text() : token
  return typeof text === 'string' ? text.trim().slice(0, tokenCharactersMax + 1) : ''
}

async function factsOf(c: Http): Promise<PageFacts> {
  const { ctx } = c.var
  const { lang } = languageOf(c)
  const words = { ...purposeWords, ...modeWords }
  return {
    lang,
    issuer: ctx.registryUrl,
    keys: keysOf(ctx),
    terms: pinnedFingerprints,
    lists: await listsOf(ctx),
    labels: Object.fromEntries(Object.entries(words).map(([code, { label }]) => [code, label[lang]])),
  }
}

/** Those that may have signed a grant or a status list. */
function keysOf({ keys }: Context): PageFacts['keys'] {
  const usable = keys.records.filter(({ use }) => use === 'grant' || use === 'status')
  const kids = new Set(usable.map(({ kid }) => kid))
  return {
    jwks: { keys: publicKeySet(keys).keys.filter(({ kid }) => kid !== undefined && kids.has(kid)) },
    distrusted: usable.filter(({ state }) => state === 'compromised').map(({ kid }) => kid),
  }
}

async function listsOf({ db, registryUrl }: Context): Promise<string[]> {
  const newest = statusListFor(Math.max((await countGrants(db.read)) - 1, 0))
  const count = Math.min(newest + 1, listsLoadedMax)
  return Array.from({ length: count }, (_, back) => statusListUri(registryUrl, newest - back))
}

function VerifyPage({
  lang,
  facts,
  token = '',
  verified,
}: {
  lang: Language
  facts: PageFacts
  token?: string
  verified?: Verified | undefined
}) {
  const say = verifyWords[lang]
  return (
    <>
      <h1>{say.title}</h1>
      <p class="lead">{say.lead}</p>
      <form id="verify" class="box" method="post" action={inLanguage(lang, '/verify')} enctype="multipart/form-data">
        <label for="token">{say.token}</label>
        <textarea
          id="token"
          name="token"
          class="mono"
          rows={4}
          spellcheck={false}
          autocomplete="off"
          autocapitalize="off"
          aria-describedby="hint ready"
        >
          {token}
        </textarea>
        <p id="hint" class="small faint">
          {say.hint}
        </p>
        <div class="row">
          <div>
            <label for="file">{say.file}</label>
            <input id="file" name="file" type="file" accept=".jwt,application/jwt,text/plain" />
          </div>
          <div class="go">
            <button type="submit">{say.go}</button>
          </div>
        </div>
        <p id="ready" class="small faint" role="status" />
      </form>
      <section id="answer" aria-live="polite" aria-label={say.answer}>
        {verified ? <Answer lang={lang} verified={verified} /> : null}
      </section>
      <OtherSystems lang={lang} issuer={facts.issuer} />
      <script id="facts" type="application/json">
        {raw(JSON.stringify(facts).replaceAll('<', '\\u003c'))}
      </script>
      <script type="module" src={pageScriptAddress} />
    </>
  )
}

function Answer({ lang, verified: { valid, checks, grant } }: { lang: Language; verified: Verified }) {
  const say = verifyWords[lang]
  const { word, means, mark } = answerOf(valid, say)
  return (
    <>
      <p class="verdict">
        <span id="verdict" class={`mark ${mark}`}>
          {word}
        </span>
      </p>
      <p class="lead">{means}</p>
      <h2>{say.checks}</h2>
      <ol class="checks">
        {checks.map(({ name, passed, text }) => {
          const result = resultOf(passed, say)
          return (
            <li>
              <span class={`mark ${result.mark}`}>{result.word}</span>
              <b>{checkName(name, say)}</b>
              <span>{text[lang]}</span>
            </li>
          )
        })}
      </ol>
      {grant ? (
        <>
          <h2>{say.grant}</h2>
          <dl class="facts">
            <Fact name={say.number}>
              <a href={inLanguage(lang, `/g/${grant.number}`)}>{grant.number}</a>
            </Fact>
            <Fact name={say.grantee}>{grant.request.grantee.name}</Fact>
            <CertificateLines lang={lang} grant={grant} />
            <Fact name={say.patents}>{grant.covered.map(({ number }) => number).join(', ')}</Fact>
          </dl>
        </>
      ) : null}
    </>
  )
}

function OtherSystems({ lang, issuer }: { lang: Language; issuer: string }) {
  const say = verifyWords[lang]
  return (
    <section aria-labelledby="others">
      <h2 id="others">{say.others}</h2>
      <p>{say.module}</p>
      <pre>
        <code>{exampleOf(issuer)}</code>
      </pre>
      <p class="small">
        {say.vectors} <code>{verifierSha256}</code>
      </p>
      <p class="small">
        <a href={verifierAddress}>verifier.js</a> · <a href={inLanguage(lang, '/docs/grants#verifyGrant')}>{say.api}</a>
      </p>
    </section>
  )
}

function exampleOf(issuer: string): string {
  return `import { verifyGrant } from './verifier.js' // ${issuer}${verifierAddress}

const get = async (url) => (await fetch(url)).text()
const { valid, checks, claims } = await verifyGrant(token, {
  issuers: { '${issuer}': { jwksUri: '${issuer}/.well-known/jwks.json' } },
  terms: { 'RPC-OPEN-1.0': '${pinnedFingerprints['RPC-OPEN-1.0'].slice(0, 8)}…' },
  now: new Date(),
  keySet: get,
  statusList: get,
})
// valid: true, false, or null (cannot tell). Only true is a permission.`
}
