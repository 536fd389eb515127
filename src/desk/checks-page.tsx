import { showCheck } from '../check/pages.tsx'
import { membersOf, readAsked } from '../check/question.ts'
import { invalid, RegistryError } from '../errors.ts'
import type { Http } from '../http/api.ts'
import { languageOf, readCount } from '../http/language.ts'
import { inLanguage, paths, showPage } from '../http/page.tsx'
import { pages } from '../http/problem-pages.tsx'
import { csrfToken } from '../http/session-cookie.ts'
import { numbersPerCallMax } from '../limits.ts'
import { parseText } from '../patents/numbers/text.ts'
import { findSavedCheck, listSavedChecks } from '../people/queries.ts'
import {
  dropCheck,
  type SavedCheckInput,
  saveCheck,
  savedCheckInput,
  savedCheckNameCharactersMax,
} from '../people/saved-checks.ts'
import type { OpenSession } from '../people/session.ts'
import { inputOrStop } from './accept.ts'
import { type Fields, given, goTo, orShowAgain, ownForm, toSignIn } from './form.ts'
import { ButtonForm, Day, DeskNav, Nothing, Stop } from './parts.tsx'
import { deskWords } from './words.ts'

/** The checks that the person chose to keep. The form that saves one stands on the page of the check. */
export const checksPages = pages()
  .on('GET', paths('/me/checks'), (c) => {
    const { session } = c.var
    return session ? showChecks(c, session) : toSignIn(c)
  })
  .on('POST', paths('/me/checks'), async (c) => {
    const { session, fields } = await ownForm(c)
    return orShowAgain(
      async () => {
        await saveCheck(c.var.ctx, checkIn(fields))
        return goTo(c, '/me/checks')
      },
      (stop) => showChecks(c, session, stop),
    )
  })
  .on('POST', paths('/me/checks/delete'), async (c) => {
    const { fields } = await ownForm(c)
    await dropCheck(c.var.ctx, fields.check ?? '')
    return goTo(c, '/me/checks')
  })
  .on('GET', paths('/me/checks/:id'), async (c) => {
    const { session, ctx } = c.var
    if (!session) return toSignIn(c)
    const saved = await findSavedCheck(ctx.db.read, session.person.id, (c.req.param('id') ?? '').slice(0, 100))
    // Alike whether there is none or it is another person's.
    if (!saved) throw new RegistryError('not_found', 'You have no such check.')
    return showCheck(c, { ...saved.question, numbers: saved.numbers })
  })

/** The check in a form: its numbers as they were written, without what stood around them. */
function checkIn(fields: Fields): SavedCheckInput {
  const { asked, faults } = readAsked(fields)
  if (faults.length > 0) throw invalid('/checks', 'check_unreadable', 'The check cannot be read.')
  const numbers = parseText(asked.numbers).map(({ input }) => input)
  const [first] = numbers
  if (first === undefined || numbers.length > numbersPerCallMax)
    throw invalid('/checks', 'field_numbers', `Between one and ${numbersPerCallMax} numbers.`)
  const { on: _, ...question } = membersOf(asked.question)
  const name = given(fields, 'name') ?? [...first].slice(0, savedCheckNameCharactersMax / 2).join('')
  return inputOrStop(savedCheckInput, { name, numbers: numbers.join('\n'), question })
}

async function showChecks(c: Http, { person }: OpenSession, stop?: RegistryError): Promise<Response> {
  const { lang } = languageOf(c)
  const say = deskWords[lang]
  const [checks, csrf] = await Promise.all([listSavedChecks(c.var.ctx.db.read, person.id), csrfToken(c)])
  return showPage(
    c,
    { title: say.checks, path: '/me/checks', cache: 'no-store', status: stop ? 422 : 200 },
    <>
      <DeskNav lang={lang} here="checks" />
      <h1>{say.checks}</h1>
      <Stop stop={stop} lang={lang} />
      <p class="lead">{say.checksLead}</p>
      {checks.length === 0 ? (
        <Nothing>{say.noChecks}</Nothing>
      ) : (
        <table class="rows" id="checks">
          <thead>
            <tr>
              <th scope="col">{say.checkName}</th>
              <th scope="col">{say.savedOn}</th>
              <th scope="col">{say.numberCount}</th>
              <th scope="col">{say.todo}</th>
            </tr>
          </thead>
          <tbody>
            {checks.map(({ id, name, savedAt, count }) => (
              <tr>
                <th scope="row">
                  <a href={inLanguage(lang, `/me/checks/${id}`)}>{name}</a>
                </th>
                <td>
                  <Day at={savedAt} lang={lang} />
                </td>
                <td class="num">{readCount(count, lang)}</td>
                <td>
                  <ButtonForm
                    action={inLanguage(lang, '/me/checks/delete')}
                    csrf={csrf}
                    fields={{ check: id }}
                    label={say.deleteCheck}
                    about={name}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p>
        <a href={inLanguage(lang, '/check')}>{say.newCheck}</a>
      </p>
    </>,
  )
}
