import { fill, type Language, readCount } from '../http/language.ts'
import { inLanguage } from '../http/page.tsx'
import { csrfField } from '../http/session-cookie.ts'
import type { CheckResult, Question } from './check.ts'
import { addressCharactersMax, membersOf } from './question.ts'
import { checkWords } from './words.ts'

/** As long as the names that the person's list takes. */
const nameCharactersMax = 100

/** The way to one grant for all that is allowed. The page it leads to asks who is not signed in to sign in first. */
export function GrantOffer({
  results,
  question: { purpose, mode },
  lang,
}: {
  results: readonly CheckResult[]
  question: Question
  lang: Language
}) {
  const say = checkWords[lang]
  const allowed = results.flatMap(({ verdict, patent }) => (verdict === 'allowed' && patent ? [patent.number] : []))
  const numbers = [...new Set(allowed)]
  if (numbers.length === 0) return null
  const asked = new URLSearchParams({
    numbers: numbers.join('\n'),
    ...membersOf({ ...(purpose ? { purpose } : {}), ...(mode ? { mode } : {}) }),
  })
  const address = inLanguage(lang, `/me/grants/new?${asked}`)
  const count = readCount(numbers.length, lang)
  if (address.length >= addressCharactersMax) return <p>{fill(say.grantTooMany, { count })}</p>
  return (
    <p>
      <a class="button" href={address}>
        {fill(say.grantForAllowed, { count })}
      </a>
    </p>
  )
}

/** Keeps this check for the person; the desk takes the form. */
export function KeepForm({
  numbers,
  question,
  csrf,
  lang,
}: {
  numbers: readonly string[]
  question: Question
  csrf: string
  lang: Language
}) {
  const say = checkWords[lang]
  const fields = { [csrfField]: csrf, numbers: numbers.join('\n'), ...membersOf(question) }
  return (
    <details>
      <summary>{say.keep}</summary>
      <form class="box" method="post" action={inLanguage(lang, '/me/checks')}>
        {Object.entries(fields).map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <p class="small faint" id="check-name-hint">
          {say.keepHint}
        </p>
        <div class="row">
          <div>
            <label for="check-name">{say.keepName}</label>
            <input
              id="check-name"
              name="name"
              maxlength={nameCharactersMax}
              autocomplete="off"
              aria-describedby="check-name-hint"
            />
          </div>
          <div class="go">
            <button type="submit">{say.keepDo}</button>
          </div>
        </div>
      </form>
    </details>
  )
}
