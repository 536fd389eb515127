import type { Child } from 'hono/jsx'
import type { RegistryError } from '../errors.ts'
import type { Http } from '../http/api.ts'
import { fill, type Language, languageOf, readDate } from '../http/language.ts'
import { inLanguage, showPage } from '../http/page.tsx'
import { Fact } from '../http/parts.tsx'
import { csrfToken } from '../http/session-cookie.ts'
import { theRegistry } from '../people/change.ts'
import { OwnForm } from '../people/me-pages.tsx'
import type { ParticipationExtent } from '../standing/participation.ts'
import { areaDeskWords } from './area-words.ts'
import { toSignIn } from './form.ts'
import { Nothing, Stop } from './parts.tsx'
import { stewardWords } from './steward-words.ts'
import { deskWords } from './words.ts'

/** A page of a steward; a steward whose session acts for somebody else is asked to switch, anyone else stops here. */
export async function stewardPage(
  c: Http,
  head: { title: string; path: string },
  stop: RegistryError | undefined,
  content: (csrf: string) => Promise<Child>,
): Promise<Response> {
  const { lang } = languageOf(c)
  const say = stewardWords[lang]
  const { session } = c.var
  if (!session) return toSignIn(c)
  const csrf = await csrfToken(c)
  const shown = { ...head, cache: 'no-store' } as const
  if (!session.actsAsSteward)
    return showPage(
      c,
      { ...shown, title: say.title, status: 403 },
      <>
        <h1>{say.title}</h1>
        {session.steward ? (
          <OwnForm action={inLanguage(lang, '/me/acting')} csrf={csrf}>
            <input type="hidden" name="organisation" value={theRegistry} />
            <input type="hidden" name="return" value={inLanguage(lang, head.path)} />
            <p>
              <button type="submit">{say.actAsSteward}</button>
            </p>
          </OwnForm>
        ) : (
          <Nothing>{say.onlyStewards}</Nothing>
        )}
      </>,
    )
  return showPage(
    c,
    { ...shown, status: stop ? 422 : 200 },
    <>
      <nav class="desk" aria-label={say.title}>
        <ul>
          <li>
            <a href={inLanguage(lang, '/me')}>{deskWords[lang].desk}</a>
          </li>
          <li>
            <a
              href={inLanguage(lang, '/desk/applications')}
              aria-current={head.path === '/desk/applications' ? 'page' : undefined}
            >
              {say.title}
            </a>
          </li>
          <li>
            <a href={inLanguage(lang, '/desk/areas')} aria-current={head.path === '/desk/areas' ? 'page' : undefined}>
              {areaDeskWords[lang].all}
            </a>
          </li>
        </ul>
      </nav>
      <h1>{head.title}</h1>
      <Stop stop={stop} lang={lang} />
      {await content(csrf)}
    </>,
  )
}

/** What stands today, before it is ended or suspended. */
export function Extent({ lang, extent, on }: { lang: Language; extent: ParticipationExtent; on: string }) {
  const say = stewardWords[lang]
  return (
    <>
      <p class="faint">{fill(say.today, { day: readDate(on, lang) })}</p>
      <dl class="figures">
        {(['declarations', 'awaiting', 'openPatents', 'liveGrants'] as const).map((one) => (
          <div>
            <dt>{say[one]}</dt>
            <dd>{extent[one]}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}

export function effectOf(lang: Language, what: 'suspend' | 'lift' | 'leave', extent: ParticipationExtent): string {
  return fill(stewardWords[lang][`${what}Effect`], {
    declarations: extent.declarations,
    all: extent.declarations + extent.awaiting,
    grants: extent.liveGrants,
  })
}

export function AcceptedFact({
  lang,
  accepted,
}: {
  lang: Language
  accepted: { agreement: { id: string }; acceptedAt: string } | undefined
}) {
  const say = stewardWords[lang]
  return (
    <Fact name={say.agreement}>
      {accepted ? (
        <a href={inLanguage(lang, `/participation/${encodeURIComponent(accepted.agreement.id)}`)}>
          {fill(say.acceptedOn, {
            id: accepted.agreement.id,
            day: readDate(accepted.acceptedAt.slice(0, 10), lang),
          })}
        </a>
      ) : (
        say.notAccepted
      )}
    </Fact>
  )
}
