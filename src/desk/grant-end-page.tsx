import { invalid, type RegistryError } from '../errors.ts'
import { revocationInput } from '../grants/grant.ts'
import type { GrantRecord } from '../grants/queries.ts'
import { revokeGrant } from '../grants/revoke.ts'
import type { Http } from '../http/api.ts'
import { languageOf } from '../http/language.ts'
import { inLanguage, paths, showPage } from '../http/page.tsx'
import { Choice } from '../http/parts.tsx'
import { pages } from '../http/problem-pages.tsx'
import { csrfToken } from '../http/session-cookie.ts'
import { OwnForm } from '../people/me-pages.tsx'
import { inputOrStop } from './accept.ts'
import { type Fields, forOneself, goTo, orShowAgain, ownForm, toSignIn } from './form.ts'
import { grantResultWords } from './grant-result-words.ts'
import { DeskNav, Stop } from './parts.tsx'
import { ownGrant } from './report-pages.tsx'

const reasons = ['ineligible', 'issued_in_error'] as const

/** Giving up one's own grant: what follows is said before. */
export const grantEndPages = pages()
  .on('GET', paths('/me/grants/:number/end'), async (c) =>
    c.var.session ? showEnd(c, await ownGrant(c), {}) : toSignIn(c),
  )
  .on('POST', paths('/me/grants/:number/end'), async (c) => {
    const { fields } = await ownForm(c)
    const grant = await ownGrant(c)
    return orShowAgain(
      async () => {
        if (fields.confirm !== 'yes') throw invalid('/confirm', 'not_confirmed', 'Tick the box to confirm.')
        await revokeGrant(
          forOneself(c.var.ctx),
          grant.id,
          inputOrStop(revocationInput, { reason: reasons.find((one) => one === fields.reason) }),
        )
        return goTo(c, `/me/grants/${grant.number}`)
      },
      (stop) => showEnd(c, grant, fields, stop),
    )
  })

async function showEnd(c: Http, { number }: GrantRecord, fields: Fields, stop?: RegistryError): Promise<Response> {
  const { lang } = languageOf(c)
  const say = grantResultWords[lang]
  const path = `/me/grants/${number}/end`
  return showPage(
    c,
    { title: say.end, path, cache: 'no-store', status: stop ? 422 : 200 },
    <>
      <DeskNav lang={lang} here="grants" />
      <h1>
        {say.end} <span class="small faint num">{number}</span>
      </h1>
      <Stop stop={stop} lang={lang} />
      <p class="lead">{say.endLead}</p>
      <ul>
        {say.endEffects.split('\n').map((line) => (
          <li>{line}</li>
        ))}
      </ul>
      <div class="box danger">
        <OwnForm action={inLanguage(lang, path)} csrf={await csrfToken(c)}>
          <Choice
            name="reason"
            label={say.endReason}
            options={reasons.map((value) => ({ value, label: say[`end_${value}`] }))}
            chosen={fields.reason ?? 'ineligible'}
          />
          <label class="choice" id="confirm">
            <input type="checkbox" name="confirm" value="yes" required />
            <span>{say.confirm}</span>
          </label>
          <p>
            <button type="submit">{say.endDo}</button>
          </p>
        </OwnForm>
      </div>
    </>,
  )
}
