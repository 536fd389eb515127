import { today } from '../context.ts'
import { invalid, RegistryError } from '../errors.ts'
import type { Http } from '../http/api.ts'
import { fill, type Language, languageOf, said } from '../http/language.ts'
import { inLanguage, paths, Said, showPage } from '../http/page.tsx'
import { Fact } from '../http/parts.tsx'
import { pages } from '../http/problem-pages.tsx'
import { csrfToken } from '../http/session-cookie.ts'
import { claimInventorship } from '../patents/inventors/claim.ts'
import { inventorClaimInput } from '../patents/inventors/inventor-claim.ts'
import type { Patent } from '../patents/patent.ts'
import { findPatent } from '../patents/queries.ts'
import { patentIdOf } from '../patents/routes.ts'
import { OwnForm } from '../people/me-pages.tsx'
import { inputOrStop } from './accept.ts'
import { PatentLink } from './claim-parts.tsx'
import { type Fields, given, goTo, orShowAgain, ownForm, toSignIn } from './form.ts'
import { DeskNav, Field, Nothing, Stop } from './parts.tsx'
import { deskWords } from './words.ts'

/** "I am this inventor": by number in any spelling, then by the printed name. */
export const claimFormPages = pages()
  .on('GET', paths('/me/inventions/claim'), async (c) => {
    if (!c.var.session) return toSignIn(c)
    return orShowAgain(
      () => showClaimForm(c, c.req.query()),
      (stop) => showNumberForm(c, c.req.query(), stop),
    )
  })
  .on('POST', paths('/me/inventions/claim'), async (c) => {
    const { fields } = await ownForm(c)
    return orShowAgain(
      async () => {
        const { id, n } = await placeOf(c, fields)
        await claimInventorship(c.var.ctx, id, n, inputOrStop(inventorClaimInput, claimOf(fields)))
        return goTo(c, '/me/inventions#claimed')
      },
      (stop) =>
        orShowAgain(
          () => showClaimForm(c, fields, stop),
          () => showNumberForm(c, fields, stop),
        ),
    )
  })

/** The patent that the form names, and the place on it, from 1. */
export async function placeOf(c: Http, fields: Fields): Promise<{ id: string; n: number }> {
  const n = Number(fields.inventor)
  if (!Number.isInteger(n) || n < 1) throw invalid('/inventor', 'required', 'Choose the printed name.')
  return { id: await patentIdOf(c, given(fields, 'number') ?? ''), n }
}

function claimOf(fields: Fields): unknown {
  const statement = given(fields, 'statement')
  const researchmap = given(fields, 'researchmap')
  return {
    ...(statement === undefined ? {} : { statement }),
    ...(researchmap === undefined ? {} : { researchmap: jsonOf(researchmap) }),
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw invalid('/researchmap', 'not_json', 'This is not JSON.')
  }
}

function showNumberForm(c: Http, fields: Fields, stop?: RegistryError) {
  const { lang } = languageOf(c)
  const say = deskWords[lang]
  const asked = given(fields, 'number') !== undefined
  return showPage(
    c,
    { title: say.claimTitle, path: '/me/inventions/claim', cache: 'no-store', status: stop && asked ? 422 : 200 },
    <>
      <DeskNav lang={lang} here="inventions" />
      <h1>{say.claimTitle}</h1>
      {asked ? <Stop stop={stop} lang={lang} /> : null}
      <p class="lead">{say.claimLead}</p>
      <form class="box" method="get" action={inLanguage(lang, '/me/inventions/claim')}>
        <div class="row">
          <Field id="number" label={say.number} hint={say.numberHint} value={fields.number} required maxlength={200} />
          <div class="go">
            <button type="submit">{say.toNames}</button>
          </div>
        </div>
      </form>
    </>,
  )
}

async function showClaimForm(c: Http, fields: Fields, stop?: RegistryError): Promise<Response> {
  const { lang } = languageOf(c)
  const say = deskWords[lang]
  const { ctx } = c.var
  const id = await patentIdOf(c, given(fields, 'number') ?? '')
  const found = await findPatent(ctx.db.read, id, today(ctx))
  if (!found) throw new RegistryError('not_found', 'There is no such patent.')
  const { patent } = found
  return showPage(
    c,
    { title: say.claimTitle, path: '/me/inventions/claim', cache: 'no-store', status: stop ? 422 : 200 },
    <>
      <DeskNav lang={lang} here="inventions" />
      <h1>{say.claimTitle}</h1>
      <Stop stop={stop} lang={lang} />
      <PatentFacts lang={lang} patent={patent} />
      {patent.inventors.length === 0 ? (
        <Nothing>{say.noInventors}</Nothing>
      ) : (
        <div class="box">
          <OwnForm action={inLanguage(lang, '/me/inventions/claim')} csrf={await csrfToken(c)}>
            <input type="hidden" name="number" value={patent.number} />
            <fieldset id="inventor" tabindex={-1}>
              <legend>{say.whichName}</legend>
              {patent.inventors.map(({ name, romanised, orcid }, i) => (
                <label class="choice">
                  <input
                    type="radio"
                    name="inventor"
                    value={String(i + 1)}
                    required
                    checked={fields.inventor === String(i + 1)}
                  />
                  <span>
                    {fill(say.nth, { n: i + 1 })} <bdi>{name}</bdi>{' '}
                    <span class="small faint">
                      {romanised ?? ''} {orcid ?? ''}
                    </span>
                  </span>
                </label>
              ))}
            </fieldset>
            <div class="row">
              <Field
                id="statement"
                label={say.statement}
                hint={say.statementHint}
                value={fields.statement}
                maxlength={2000}
              />
            </div>
            <details open={given(fields, 'researchmap') !== undefined}>
              <summary>{say.researchmap}</summary>
              <label for="researchmap">{say.researchmapLabel}</label>
              <textarea id="researchmap" name="researchmap" rows={4} spellcheck={false}>
                {fields.researchmap ?? ''}
              </textarea>
            </details>
            <p>
              <button type="submit">{say.sendClaim}</button>
            </p>
          </OwnForm>
        </div>
      )}
    </>,
  )
}

function PatentFacts({ lang, patent }: { lang: Language; patent: Patent }) {
  const say = deskWords[lang]
  return (
    <dl class="facts">
      <Fact name={say.number}>
        <PatentLink lang={lang} number={patent.number} />
      </Fact>
      <Fact name={say.title}>
        <Said {...said(patent.title, lang)} />
      </Fact>
      <Fact name={say.holders}>{patent.holders.map(({ organisation }) => organisation.name[lang]).join(say.and)}</Fact>
    </dl>
  )
}
