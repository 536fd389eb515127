import type { Child } from 'hono/jsx'
import { today } from '../context.ts'
import type { Http } from '../http/api.ts'
import { fill, type Language, languageOf, readCount, readDate } from '../http/language.ts'
import { inLanguage } from '../http/page.tsx'
import type { Act, Mandate } from '../mandates/mandate.ts'
import { listMandates, principalsOf } from '../mandates/queries.ts'
import { Period, Scope } from './mandate-parts.tsx'
import { type Portfolio, portfoliosOf } from './mandate-queries.ts'
import { mandateWords } from './mandate-words.ts'
import { Nothing } from './parts.tsx'

/** More than one office acts for; each has three short statements’ share. */
const principalsShownMax = 200

/** Everyone for whom the agent acts today, side by side: what is enrolled, open and held up, and what it has to do. */
export async function principalsTable(c: Http, agentId: string): Promise<Child> {
  const { lang } = languageOf(c)
  const say = mandateWords[lang]
  const { ctx } = c.var
  const [on, read] = [today(ctx), ctx.db.read]
  const [standing, able] = await Promise.all([
    listMandates(read, { agentId, state: 'in_force' }, on, undefined, principalsShownMax),
    principalsOf(read, agentId, undefined, on),
  ])
  const principals = new Map(standing.map(({ principal }) => [principal.id, principal]))
  if (principals.size === 0) return <Nothing>{say.noPrincipals}</Nothing>
  const portfolios = await portfoliosOf(read, [...principals.keys()], on)
  const taking = new Set(able.map(({ organisationId }) => organisationId))
  const rows = [...principals.values()]
    .map((principal) => ({
      principal,
      mandates: standing.filter((one) => one.principal.id === principal.id),
      portfolio: portfolios.get(principal.id),
    }))
    .sort((a, b) => (b.portfolio?.asked ?? 0) - (a.portfolio?.asked ?? 0) || compare(a.principal, b.principal, lang))
  return (
    <>
      <p>{say.principalsLead}</p>
      <table class="rows">
        <thead>
          <tr>
            <th scope="col">{say.principal}</th>
            <th scope="col" class="num">
              {say.enrolled}
            </th>
            <th scope="col" class="num">
              {say.open}
            </th>
            <th scope="col">{say.blocked}</th>
            <th scope="col" class="num">
              {say.expiring}
            </th>
            <th scope="col">{say.todo}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ principal, mandates, portfolio }) => (
            <PrincipalRow
              lang={lang}
              principal={principal}
              mandates={mandates}
              portfolio={portfolio}
              dormant={!taking.has(principal.id)}
            />
          ))}
        </tbody>
      </table>
    </>
  )
}

function PrincipalRow({
  lang,
  principal,
  mandates,
  portfolio,
  dormant,
}: {
  lang: Language
  principal: Mandate['principal']
  mandates: readonly Mandate[]
  portfolio: Portfolio | undefined
  dormant: boolean
}) {
  const say = mandateWords[lang]
  if (!portfolio) return null
  const { enrolled, open, blocked, expiring, awaited } = portfolio
  const holder = encodeURIComponent(principal.id)
  const may = (act: Act) => !dormant && mandates.some(({ scope }) => scope.includes(act))
  return (
    <tr>
      <th scope="row">
        {principal.name[lang]}
        {mandates.map((mandate) => (
          <div class="small faint">
            <Scope lang={lang} mandate={mandate} /> <Period lang={lang} mandate={mandate} />
          </div>
        ))}
        {dormant ? <p class="small fault">{say.dormant}</p> : null}
      </th>
      <td class="num" data-of={say.enrolled}>
        <a href={inLanguage(lang, `/patents?holder=${holder}`)}>
          {readCount(enrolled, lang)}
          <span class="hide"> {principal.name[lang]}</span>
        </a>
      </td>
      <td class="num" data-of={say.open}>
        <a href={inLanguage(lang, `/patents?holder=${holder}&open=true`)}>
          {readCount(open, lang)}
          <span class="hide"> {principal.name[lang]}</span>
        </a>
      </td>
      <td data-of={say.blocked}>
        <Count lang={lang} of={blocked} about={principal} path={may('declare') ? '/desk/declarations' : undefined} />
        {awaited.map(({ name, patents, since }) => (
          <div class="small">
            {fill(say.waitsFor, {
              name: name[lang],
              count: readCount(patents, lang),
              day: readDate(since.slice(0, 10), lang),
            })}
          </div>
        ))}
      </td>
      <td class="num" data-of={say.expiring}>
        <Count lang={lang} of={expiring} about={principal} path={may('enrol') ? '/desk/expiring' : undefined} />
      </td>
      <td data-of={say.todo}>
        <Todo lang={lang} principal={principal} portfolio={portfolio} mandates={mandates} dormant={dormant} />
      </td>
    </tr>
  )
}

/** A number, with the page of the desk that lists what was counted where the agent may see it. */
function Count({
  lang,
  of,
  about,
  path,
}: {
  lang: Language
  of: number
  about: Mandate['principal']
  path: string | undefined
}) {
  const count = <span class="num">{readCount(of, lang)}</span>
  if (path === undefined) return count
  return (
    <a href={inLanguage(lang, `${path}?organisation=${encodeURIComponent(about.id)}`)}>
      {count}
      <span class="hide"> {about.name[lang]}</span>
    </a>
  )
}

function Todo({
  lang,
  principal,
  portfolio: { asked, askedSince },
  mandates,
  dormant,
}: {
  lang: Language
  principal: Mandate['principal']
  portfolio: Portfolio
  mandates: readonly Mandate[]
  dormant: boolean
}) {
  const say = mandateWords[lang]
  const holder = encodeURIComponent(principal.id)
  const count = readCount(asked, lang)
  const may = !dormant && mandates.some(({ scope }) => scope.includes('consent'))
  return (
    <>
      {asked === 0 || askedSince === undefined ? (
        <span class="faint">{say.nothingToDo}</span>
      ) : may ? (
        <a href={inLanguage(lang, `/desk/consents?organisation=${holder}`)}>
          {fill(say.answerConsents, { count, day: readDate(askedSince.slice(0, 10), lang) })}
          <span class="hide"> {principal.name[lang]}</span>
        </a>
      ) : (
        <span class="faint">{fill(say.notYourScope, { count })}</span>
      )}
    </>
  )
}

function compare(a: Mandate['principal'], b: Mandate['principal'], lang: Language): number {
  return a.name[lang].localeCompare(b.name[lang], lang)
}
