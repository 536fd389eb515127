import { today } from '../context.ts'
import { RegistryError } from '../errors.ts'
import type { Http } from '../http/api.ts'
import { fill, type Language, languageOf, readCount, readDate } from '../http/language.ts'
import { uploadBytesMax } from '../http/limits.ts'
import { inLanguage, paths } from '../http/page.tsx'
import { pages } from '../http/problem-pages.tsx'
import { readAway } from '../http/read-away.ts'
import { csrfField, requireCsrf } from '../http/session-cookie.ts'
import { importingOrganisations } from '../imports/access.ts'
import type { ImportLine } from '../imports/import.ts'
import { importFileBytesMax } from '../imports/limits.ts'
import { listImports } from '../imports/queries.ts'
import { tooLarge } from '../imports/receive.ts'
import { takeUpload } from '../imports/upload-routes.ts'
import { principalsOf } from '../mandates/queries.ts'
import type { Membership } from '../people/person.ts'
import type { Bilingual } from '../shapes.ts'
import { goTo, orShowAgain } from './form.ts'
import { ImportStateMark, importPath, ResultMark, resultsShown } from './import-parts.tsx'
import { findWho, type ImportBy } from './import-queries.ts'
import { importScript, importScriptAddress } from './import-script.ts'
import { importWords, sourceWords } from './import-words.ts'
import { officePage } from './office.tsx'
import { Nothing } from './parts.tsx'

const importsShownMax = 20
/** Of a file over the limit so much is read away before the page says so; a larger one is no list of patents. */
const uploadReadAwayMax = 1024 * 1024 * 1024

/** Imports of the office, and the form to upload a file. */
export const importListPages = pages()
  .on('GET', paths('/desk/imports'), (c) => showImports(c))
  .on('POST', paths('/desk/imports'), async (c) => {
    const { session } = c.var
    const tooMuch = Number(c.req.header('Content-Length') ?? 0) > uploadBytesMax
    if (tooMuch) await readAway(c.req.raw.body, session ? uploadReadAwayMax : uploadBytesMax)
    if (!session) throw new RegistryError('unauthenticated', 'Sign in first.')
    if (tooMuch) return showImports(c, tooLarge())
    // A file is never read whole: what does not come as one is refused unread.
    if (!isMultipart(c)) await requireCsrf(c, {})
    let forged: unknown
    return orShowAgain(
      async () => {
        const { job } = await takeUpload(c, {
          accept: async (fields) => {
            try {
              await requireCsrf(c, { [csrfField]: fields.get(csrfField) })
            } catch (error) {
              forged = error
              throw error
            }
          },
        })
        c.var.ctx.wake?.()
        return goTo(c, importPath(job.id))
      },
      (stop) => {
        if (stop === forged) throw stop
        return showImports(c, stop)
      },
    )
  })
  .get('/assets/imports.js', (c) =>
    c.body(importScript, 200, {
      'Content-Type': 'text/javascript; charset=utf-8',
      'Cache-Control': 'public, max-age=31536000, immutable',
    }),
  )

function isMultipart(c: Http): boolean {
  return c.req.header('Content-Type')?.trim().toLowerCase().startsWith('multipart/form-data') === true
}

function showImports(c: Http, stop?: RegistryError): Promise<Response> {
  return officePage(c, 'imports', stop, async (post, csrf) => {
    const { lang } = languageOf(c)
    const say = importWords[lang]
    const { ctx } = c.var
    const { read } = ctx.db
    const [principals, seen] = await Promise.all([
      principalsOf(read, post.organisationId, 'enrol', today(ctx)),
      importingOrganisations(ctx),
    ])
    const found = await listImports(read, seen, c.req.query('before')?.slice(0, 100), importsShownMax + 1)
    const shown = found.slice(0, importsShownMax)
    const who = await findWho(
      read,
      shown.map(({ id }) => id),
    )
    const last = shown.at(-1)
    return (
      <>
        <p class="lead">{say.lead}</p>
        <UploadForm lang={lang} csrf={csrf} post={post} principals={principals} on={today(ctx)} />
        <h2>{say.nextSteps}</h2>
        <ol>
          {[say.step1, say.step2, say.step3, say.step4].map((step) => (
            <li>{step}</li>
          ))}
        </ol>
        <details>
          <summary>{say.formats}</summary>
          <Formats lang={lang} />
        </details>
        <h2 id="list">{say.list}</h2>
        {shown.length === 0 ? (
          <Nothing>{say.none}</Nothing>
        ) : (
          <ImportTable lang={lang} imports={shown} who={who} several={principals.length > 0} />
        )}
        {found.length > shown.length && last !== undefined ? (
          <p>
            <a href={`${inLanguage(lang, '/desk/imports')}?before=${encodeURIComponent(last.id)}#list`}>{say.older}</a>
          </p>
        ) : null}
      </>
    )
  })
}

/** The form sends the file as it is. */
function UploadForm({
  lang,
  csrf,
  post,
  principals,
  on,
}: {
  lang: Language
  csrf: string
  post: Membership
  principals: readonly { organisationId: string; name: Bilingual }[]
  on: string
}) {
  const say = importWords[lang]
  return (
    <div class="box">
      <form
        method="post"
        action={inLanguage(lang, '/desk/imports')}
        enctype="multipart/form-data"
        data-drop
        data-max={String(importFileBytesMax)}
        data-large={say.tooLarge}
        data-sending={say.sending}
        data-failed={say.notSent}
      >
        <input type="hidden" name={csrfField} value={csrf} />
        <div>
          <label for="file">{say.file}</label>
          <p class="hint" id="file-hint">
            {say.fileHint}{' '}
            <span data-hint hidden>
              {say.dropHere}
            </span>
          </p>
          <input
            id="file"
            name="file"
            type="file"
            required
            accept=".csv,.tsv,.txt,.xlsx,.json,.jsonl,.ndjson"
            aria-describedby="file-hint"
          />
        </div>
        <div class="row">
          <div>
            <label for="seenOn">{say.seenOn}</label>
            <p class="hint" id="seenOn-hint">
              {say.seenOnHint}
            </p>
            <input id="seenOn" name="seenOn" type="date" value={on} max={on} aria-describedby="seenOn-hint" />
          </div>
          {principals.length === 0 ? null : (
            <div id="organisation" tabindex={-1}>
              <label for="holder">{say.holder}</label>
              <select id="holder" name="organisation" required>
                <option value="">{say.chooseHolder}</option>
                {[{ organisationId: post.organisationId, name: post.organisationName }, ...principals].map(
                  ({ organisationId, name }) => (
                    <option value={organisationId}>{name[lang]}</option>
                  ),
                )}
              </select>
            </div>
          )}
        </div>
        <p>
          <button type="submit">{say.send}</button>{' '}
          <progress id="sending" max={1} value={0} hidden aria-label={say.sending} />
        </p>
        <p id="sent" role="status" hidden />
      </form>
      <script type="module" src={importScriptAddress} />
    </div>
  )
}

function Formats({ lang }: { lang: Language }) {
  const say = importWords[lang]
  return (
    <table class="rows tight">
      <thead>
        <tr>
          <th scope="col">{say.format}</th>
          <th scope="col">{say.where}</th>
        </tr>
      </thead>
      <tbody>
        {sourceWords.map(({ name, how }) => (
          <tr>
            <th scope="row">{name[lang]}</th>
            <td>{how[lang]}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function ImportTable({
  lang,
  imports,
  who,
  several,
}: {
  lang: Language
  imports: readonly ImportLine[]
  who: ReadonlyMap<string, ImportBy>
  several: boolean
}) {
  const say = importWords[lang]
  return (
    <table class="rows">
      <thead>
        <tr>
          <th scope="col">{say.file}</th>
          <th scope="col">{say.when}</th>
          {several ? <th scope="col">{say.forHolder}</th> : null}
          <th scope="col">{say.by}</th>
          <th scope="col">{say.state}</th>
          <th scope="col">{say.rows}</th>
        </tr>
      </thead>
      <tbody>
        {imports.map((one) => (
          <tr>
            <th scope="row">
              <a href={inLanguage(lang, importPath(one.id))}>{one.fileName === '' ? '—' : one.fileName}</a>
            </th>
            <td class="num" data-of={say.when}>
              <time datetime={one.createdAt}>{moment(one.createdAt, lang)}</time>
            </td>
            {several ? <td data-of={say.forHolder}>{who.get(one.id)?.organisation[lang]}</td> : null}
            <td data-of={say.by}>{byWhom(who.get(one.id), lang)}</td>
            <td>
              <ImportStateMark state={one.state} lang={lang} />
            </td>
            <td>
              <span class="num">{readCount(one.counts.rows, lang)}</span>{' '}
              <span class="small faint">
                {resultsShown
                  .filter((result) => one.counts[result] > 0)
                  .map((result) => (
                    <>
                      <ResultMark result={result} lang={lang} />{' '}
                      <span class="num">{readCount(one.counts[result], lang)}</span>{' '}
                    </>
                  ))}
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function byWhom(by: ImportBy | undefined, lang: Language): string {
  const say = importWords[lang]
  return by?.person ?? (by?.machine ? say.machine : say.someone)
}

/** Day and time of day as the registry keeps it. */
function moment(at: string, lang: Language): string {
  return fill('{day} {time} UTC', { day: readDate(at.slice(0, 10), lang), time: at.slice(11, 16) })
}
