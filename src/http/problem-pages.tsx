import { type ErrorHandler, Hono } from 'hono'
import { type ErrorCode, errorCodes, RegistryError } from '../errors.ts'
import type { Env, Http } from './api.ts'
import { identifyBySession } from './identify.ts'
import { fill, languageOf, other } from './language.ts'
import { isPage } from './limits.ts'
import { inLanguage, paths, showPage } from './page.tsx'
import { answering, knownProblems, onError } from './problems.ts'

const ja = {
  index: 'エラーの一覧',
  indexLead: 'API のエラーは RFC 9457 の形（application/problem+json）で返ります。type がこのページのアドレスです。',
  code: 'コード',
  status: '状態コード',
  meaning: '意味',
  todo: 'どうすればよいか',
  shape: '返る形',
  all: 'すべてのエラー',
  number: '番号から探すときは、照会のページへどうぞ。',
  check: '特許番号を照会する',
  stopped: 'このページは表示できませんでした',
  tooMuch:
    'フォームで一度に送れるのは{size} MBまでです。いくつかに分けて送ってください。特許の一覧は、取り込みのページからファイルで送れます。',
} as const

const en: Record<keyof typeof ja, string> = {
  index: 'List of problems',
  indexLead:
    'The API answers errors as RFC 9457 problem details (application/problem+json); `type` is the address of a page here.',
  code: 'Code',
  status: 'Status',
  meaning: 'Meaning',
  todo: 'What to do',
  shape: 'What is sent',
  all: 'All problems',
  number: 'If you have a patent number, the check page reads any spelling.',
  check: 'Check a patent number',
  stopped: 'This page cannot be shown',
  tooMuch:
    'A form takes up to {size} MB at once. Send it in parts; a list of patents can be sent as a file under Imports.',
}

const words = { ja, en }

/** A group of pages: what stops one of them is answered with a page, too. */
export function pages(): Hono<Env> {
  const group = new Hono<Env>()
  group.onError((thrown, c) => showStop(c, answering(thrown, c)))
  return group
}

/** What stops a request before it comes to its route: at the address of a page with a page, else as the API says it. */
export const stopAnywhere: ErrorHandler<Env> = async (thrown, c) => {
  if (!isPage(c)) return onError(thrown, c)
  const error = answering(thrown, c)
  if (!c.var.session && !isFault(error)) await identifyBySession(c)
  return showStop(c, error)
}

/** Ours, not the caller's: perhaps the database can be asked nothing, not even for a page about that. */
function isFault({ code }: RegistryError): boolean {
  return code === 'internal' || code === 'unavailable'
}

/** The page in place of the one that was asked for, with the status that the API would answer. */
function showStop(c: Http, error: RegistryError) {
  const { code, message, faults, extra } = error
  const { bytesMax } = extra
  const { lang } = languageOf(c)
  if (isFault(error)) c.set('sample', async () => false)
  const { title, todo, status } = knownProblems[code]
  return showPage(
    c,
    { title: title[lang], path: '/', status, cache: 'no-store' },
    <>
      <h1>{title[lang]}</h1>
      <p>{typeof bytesMax === 'number' ? fill(words[lang].tooMuch, { size: bytesMax / 1024 / 1024 }) : todo[lang]}</p>
      <div class="fault">
        <p lang={lang === 'en' ? undefined : 'en'}>{message}</p>
        {faults.map(({ pointer, detail }) => (
          <p lang={lang === 'en' ? undefined : 'en'}>
            <code>{pointer}</code> {detail}
          </p>
        ))}
        {code === 'internal' ? (
          <p>
            requestId: <code>{c.var.ctx.requestId}</code>
          </p>
        ) : null}
      </div>
      <p>
        {words[lang].number} <a href={inLanguage(lang, '/check')}>{words[lang].check}</a>
      </p>
    </>,
  )
}

export const problemPages = pages()
  .on('GET', paths('/problems'), (c) => {
    const { lang } = languageOf(c)
    const say = words[lang]
    return showPage(
      c,
      { title: say.index, path: '/problems', section: 'docs' },
      <>
        <h1>{say.index}</h1>
        <p>{say.indexLead}</p>
        <table class="rows">
          <thead>
            <tr>
              <th scope="col">{say.code}</th>
              <th scope="col">{say.status}</th>
              <th scope="col">{say.meaning}</th>
            </tr>
          </thead>
          <tbody>
            {errorCodes.map((code) => (
              <tr>
                <th scope="row">
                  <a href={inLanguage(lang, `/problems/${code}`)}>
                    <code>{code}</code>
                  </a>
                </th>
                <td class="num">{knownProblems[code].status}</td>
                <td>{knownProblems[code].title[lang]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </>,
    )
  })
  .on('GET', paths('/problems/:code'), (c) => {
    const { lang } = languageOf(c)
    const code = errorCodes.find((one) => one === c.req.param('code'))
    if (code === undefined) throw new RegistryError('not_found', 'There is no such problem code.')
    const { title, todo, status } = knownProblems[code]
    const there = other(lang)
    const say = words[lang]
    return showPage(
      c,
      { title: title[lang], path: `/problems/${code}`, section: 'docs' },
      <>
        <h1>{title[lang]}</h1>
        <p class="faint">
          <code>{code}</code> · HTTP <span class="num">{status}</span> · <span lang={there}>{title[there]}</span>
        </p>
        <h2>{say.todo}</h2>
        <p>{todo[lang]}</p>
        <p class="faint" lang={there}>
          {todo[there]}
        </p>
        <h2>{say.shape}</h2>
        <pre tabindex={0}>{exampleOf(code, c.var.ctx.registryUrl)}</pre>
        <p>
          <a href={inLanguage(lang, '/problems')}>{say.all}</a>
        </p>
      </>,
    )
  })

/** Mounted after every other page: what is left below a language is nothing. */
export const missingPages = pages().on('GET', paths('/*').slice(1), (c) => {
  throw new RegistryError('not_found', `There is nothing at ${c.req.path.slice(0, 200)}.`)
})

function exampleOf(code: ErrorCode, registryUrl: string): string {
  const { status, title } = knownProblems[code]
  const example = {
    type: `${registryUrl}/problems/${code}`,
    title: title.en,
    status,
    detail: '…',
    code,
    requestId: '0198c0de-0000-7000-8000-000000000000',
  }
  return JSON.stringify(example, null, 2)
}
