import type { Child } from 'hono/jsx'
import { today } from '../context.ts'
import { RegistryError } from '../errors.ts'
import type { Http } from '../http/api.ts'
import { fill, type Language, languageOf, said } from '../http/language.ts'
import { signpost } from '../http/links.ts'
import { inLanguage, paths, showPage } from '../http/page.tsx'
import { pages } from '../http/problem-pages.tsx'
import { suspendedOn } from '../organisations/queries.ts'
import { linksOf, schemaOrgOf } from './links.ts'
import type { ParsedNumber } from './numbers/number.ts'
import { numberInputCharactersMax, parseNumber } from './numbers/parse.ts'
import { unambiguousSpelling } from './numbers/spelling.ts'
import type { Patent } from './patent.ts'
import { findFacts, findPatent, findPatentId } from './queries.ts'
import { PatentRecordPage } from './record-page.tsx'
import { listRelated } from './related/queries.ts'
import { patentWords } from './words.ts'

/** @param useOf what is said of the patent's use, by folders further down */
export function patentPages(useOf: (c: Http, patent: Patent) => Promise<Child>) {
  return pages().on('GET', paths('/patents/:number'), (c) => showPatent(c, useOf))
}

async function showPatent(c: Http, useOf: (c: Http, patent: Patent) => Promise<Child>): Promise<Response> {
  const written = c.req.param('number') ?? ''
  if (written.length > numberInputCharactersMax) throw new RegistryError('malformed', 'This is too long for a number.')
  const read = parseNumber(written)
  const [only] = read.candidates
  if (only === undefined) return showMissing(c, written, undefined)
  if (read.candidates.length > 1) return showCandidates(c, read)
  const { ctx } = c.var
  const on = today(ctx)
  const id = await findPatentId(ctx.db.read, [only.key])
  if (id === undefined) return showMissing(c, written, only.docdb)
  const [found, facts, suspendedHolders, related] = await Promise.all([
    findPatent(ctx.db.read, id, on),
    findFacts(ctx.db.read, [only.key]),
    suspendedOn(ctx.db.read, on),
    listRelated(ctx.db.read, { patentId: id }),
  ])
  const known = facts.get(only.key)
  if (!found || !known) throw new RegistryError('not_found', 'There is no such patent.')
  const { lang } = languageOf(c)
  const { patent } = found
  c.header('Link', `<${ctx.registryUrl}${inLanguage(lang, `/patents/${patent.number}`)}>; rel="canonical"`)
  signpost(c, linksOf(patent, ctx.registryUrl).links)
  return showPage(
    c,
    {
      title: `${patent.number} ${said(patent.title, lang).text}`,
      path: `/patents/${patent.number}`,
      section: 'patents',
      description: holdersText(patent, lang),
      kind: 'article',
      data: schemaOrgOf(patent, ctx.registryUrl, lang),
    },
    <PatentRecordPage
      patent={patent}
      facts={known}
      suspendedHolders={suspendedHolders}
      on={on}
      lang={lang}
      registryUrl={ctx.registryUrl}
      related={related}
      use={await useOf(c, patent)}
      grants={c.var.session !== undefined || ctx.providers.length > 0}
    />,
  )
}

/** For previews: the number and whose it is. */
function holdersText({ number, holders }: Patent, lang: Language): string {
  return [number, ...holders.map(({ organisation }) => organisation.name[lang])].join(lang === 'ja' ? '、' : ', ')
}

function showMissing(c: Http, written: string, readAs: string | undefined) {
  const { lang } = languageOf(c)
  const say = patentWords[lang]
  const title = readAs === undefined ? say.unreadable : say.missing
  return showPage(
    c,
    { title, path: `/patents/${encodeURIComponent(written)}`, section: 'patents', status: 404 },
    <>
      <h1>{title}</h1>
      <p class="lead">
        <bdi class="num">{written}</bdi>
      </p>
      <p>{readAs === undefined ? say.unreadableText : fill(say.missingText, { number: readAs })}</p>
      <p>
        <a href={inLanguage(lang, '/check')}>{say.check}</a>
      </p>
    </>,
  )
}

function showCandidates(c: Http, { input, candidates }: ParsedNumber) {
  const { lang } = languageOf(c)
  const say = patentWords[lang]
  const addresses = candidates.map((one) =>
    inLanguage(lang, `/patents/${encodeURIComponent(unambiguousSpelling(one))}`),
  )
  c.header('Link', addresses.map((address) => `<${c.var.ctx.registryUrl}${address}>; rel="alternate"`).join(', '))
  return showPage(
    c,
    { title: say.candidates, path: `/patents/${encodeURIComponent(input)}`, section: 'patents', status: 300 },
    <>
      <h1>{say.candidates}</h1>
      <p class="lead">
        <bdi class="num">{input}</bdi>
      </p>
      <p>{say.candidatesText}</p>
      <ul>
        {candidates.map(({ display, docdb }, i) => (
          <li>
            <a class="num" href={addresses[i]}>
              {display[lang]}
            </a>{' '}
            <small class="faint">{docdb}</small>
          </li>
        ))}
      </ul>
    </>,
  )
}
