import { invalid, type RegistryError } from '../errors.ts'
import type { Http } from '../http/api.ts'
import { fill, languageOf } from '../http/language.ts'
import { inLanguage, paths, showPage } from '../http/page.tsx'
import { pages } from '../http/problem-pages.tsx'
import { csrfToken, dropCookie } from '../http/session-cookie.ts'
import { OwnForm } from '../people/me-pages.tsx'
import { erasePerson } from '../standing/erase.ts'
import { exportPerson } from '../standing/export.ts'
import { goTo, orShowAgain, ownForm, toSignIn } from './form.ts'
import { DeskNav, Field, Stop } from './parts.tsx'
import { deskWords } from './words.ts'

/** What is held of the person: to take away, and to erase. */
export const dataPages = pages()
  .on('GET', paths('/me/data'), (c) => (c.var.session ? showData(c) : toSignIn(c)))
  .on('GET', paths('/me/data/export'), async (c) => {
    if (!c.var.session) return toSignIn(c)
    return c.body(JSON.stringify(await exportPerson(c.var.ctx), null, 2), 200, {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Disposition': 'attachment; filename="iriai-export.json"',
      'Cache-Control': 'private, no-store',
    })
  })
  .on('POST', paths('/me/data/erase'), async (c) => {
    const { fields } = await ownForm(c)
    return orShowAgain(
      async () => {
        const word = deskWords[languageOf(c).lang].eraseWord
        if (fields.word?.trim().normalize('NFKC') !== word)
          throw invalid('/word', 'erase_word', `Type “${word}” to confirm.`)
        await erasePerson(c.var.ctx)
        dropCookie(c, 'sid')
        return goTo(c, '/')
      },
      (stop) => showData(c, stop),
    )
  })

async function showData(c: Http, stop?: RegistryError): Promise<Response> {
  const { lang } = languageOf(c)
  const say = deskWords[lang]
  return showPage(
    c,
    { title: say.data, path: '/me/data', cache: 'no-store', status: stop ? 422 : 200 },
    <>
      <DeskNav lang={lang} here="data" />
      <h1>{say.data}</h1>
      <Stop stop={stop} lang={lang} />
      <h2>{say.export}</h2>
      <p>{say.exportLead}</p>
      <p>
        <a class="button" href={inLanguage(lang, '/me/data/export')} download="iriai-export.json">
          {say.exportDo}
        </a>
      </p>
      <h2>{say.erase}</h2>
      <p>{say.eraseLead}</p>
      <div class="box danger">
        <OwnForm action={inLanguage(lang, '/me/data/erase')} csrf={await csrfToken(c)}>
          <div class="row">
            <Field id="word" label={fill(say.eraseConfirm, { word: say.eraseWord })} required maxlength={50} />
            <div class="go">
              <button type="submit">{say.erase}</button>
            </div>
          </div>
        </OwnForm>
      </div>
    </>,
  )
}
