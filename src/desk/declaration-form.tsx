import type { Child } from 'hono/jsx'
import { findTerms, termsId } from '../../policies/terms.ts'
import { batchInput, type Effect, type PreviewInput, previewInput } from '../declarations/batches/batch.ts'
import { confirmDeclarations, retryBatch, showBatch } from '../declarations/batches/confirm.ts'
import { previewDeclarations } from '../declarations/batches/effect.ts'
import type { RegistryError } from '../errors.ts'
import type { Http } from '../http/api.ts'
import { fill, type Language, languageOf, readCount } from '../http/language.ts'
import { inLanguage, paths } from '../http/page.tsx'
import { Choice } from '../http/parts.tsx'
import { pages } from '../http/problem-pages.tsx'
import { technologyFields } from '../patents/classification/fields.ts'
import { parseText } from '../patents/numbers/text.ts'
import { OwnForm } from '../people/me-pages.tsx'
import { acceptedTerms, inputOrStop } from './accept.ts'
import { type DeclarationWords, declarationWords } from './declaration-words.ts'
import { type ForWhom, forWhom, Hidden } from './for-whom.tsx'
import { type Fields, given, goTo, onceShown, orShowAgain, ownForm, shownField } from './form.ts'
import { importWords } from './import-words.ts'
import { officePage } from './office.tsx'
import { AcceptTerms, Field, Nothing } from './parts.tsx'

const numbersShownMax = 20
const leftOutShownMax = 100

/** Opening many patents at once: choose, look at the effect, confirm, and see how far it has come. */
export const declarationFormPages = pages()
  .on('GET', paths('/desk/declarations/new'), (c) => showForm(c, c.req.query()))
  .on('POST', paths('/desk/declarations/new'), async (c) => {
    const { fields } = await ownForm(c)
    if (fields.step === 'choose') return showForm(c, fields)
    return orShowAgain(
      async () => {
        const choice = choiceOf(fields)
        if (fields.step !== 'confirm') return showEffect(c, fields, await previewDeclarations(c.var.ctx, choice))
        const { id } = await onceShown(c.var.ctx, fields, (ctx) => {
          acceptedTerms(
            fields,
            choice.rules.map((rule) => ({ id: rule.termsId, sha256: rule.termsSha256 })),
          )
          const input = inputOrStop(batchInput, {
            ...choice,
            effectSha256: fields.effect,
            encumbrancesChecked: fields.encumbrancesChecked === 'yes',
          })
          return confirmDeclarations(ctx, input)
        })
        return goTo(c, `/desk/declarations/batches/${id}`)
      },
      async (stop) => {
        if (fields.step !== 'confirm') return showForm(c, fields, stop)
        return showEffect(c, fields, await previewDeclarations(c.var.ctx, choiceOf(fields)), stop)
      },
    )
  })
  .on('GET', paths('/desk/declarations/batches/:id'), (c) => showProgress(c, c.req.param('id') ?? ''))
  .on('POST', paths('/desk/declarations/batches/:id/retry'), async (c) => {
    await ownForm(c)
    const id = c.req.param('id') ?? ''
    return orShowAgain(
      async () => {
        await retryBatch(c.var.ctx, id)
        return goTo(c, `/desk/declarations/batches/${encodeURIComponent(id)}`)
      },
      (stop) => showProgress(c, id, stop),
    )
  })

/** What the form says as the API takes it: the choice under its terms, and where wanted all the rest under others. */
function choiceOf(fields: Fields): PreviewInput {
  const numbers = parseText(fields.numbers ?? '').map(({ input }) => input)
  const number = (name: string) => (given(fields, name) === undefined ? undefined : Number(fields[name]))
  const members: Record<string, unknown> = {
    numbers: numbers.length === 0 ? undefined : numbers,
    field: number('field'),
    ipc: given(fields, 'ipc'),
    filedFrom: number('filedFrom'),
    filedTo: number('filedTo'),
    coOwned: given(fields, 'coOwned') === undefined ? undefined : fields.coOwned === 'yes',
    office: given(fields, 'office')?.toUpperCase(),
    importId: given(fields, 'import'),
  }
  const where = Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined))
  const under = (id: string) => ({ termsId: id, termsSha256: findTerms(id)?.sha256 ?? '' })
  const rest = given(fields, 'rest')
  return inputOrStop(previewInput, {
    ...(given(fields, 'organisation') === undefined ? {} : { organisation: fields.organisation }),
    rules: [{ where, ...under(fields.terms ?? '') }, ...(rest === undefined ? [] : [{ where: {}, ...under(rest) }])],
  })
}

function page(
  c: Http,
  stop: RegistryError | undefined,
  fields: Fields,
  content: (whom: ForWhom, csrf: string) => Child | Promise<Child>,
) {
  const say = declarationWords[languageOf(c).lang]
  return officePage(
    c,
    'declarations',
    stop,
    async (post, csrf) =>
      content(await forWhom(c, post, 'declare', '/desk/declarations/new', fields.organisation), csrf),
    { title: say.declareNew, path: '/desk/declarations/new' },
  )
}

function showForm(c: Http, fields: Fields, stop?: RegistryError): Promise<Response> {
  const { lang } = languageOf(c)
  const say = declarationWords[lang]
  return page(c, stop, fields, (whom, csrf) => {
    const terms = termsId.options.map((value) => ({ value, label: findTerms(value)?.title[lang] ?? value }))
    return (
      <>
        {whom.choice}
        <OwnForm action={inLanguage(lang, '/desk/declarations/new')} csrf={csrf}>
          <Hidden fields={whom.fields} />
          <h2>{say.choose}</h2>
          <p>{say.chooseLead}</p>
          <OfImport lang={lang} id={fields.import} />
          <label for="numbers">{say.numbers}</label>
          <textarea id="numbers" name="numbers" rows={3} autocomplete="off" spellcheck={false}>
            {fields.numbers ?? ''}
          </textarea>
          <div class="row" id="rules" tabindex={-1}>
            <Choice
              name="field"
              label={say.field}
              options={[
                { value: '', label: say.any },
                ...technologyFields.map((one) => ({ value: String(one.field), label: one.name[lang] })),
              ]}
              chosen={fields.field}
            />
            <Field id="ipc" label={say.ipc} value={fields.ipc} maxlength={60} />
          </div>
          <div class="row">
            <Field id="filedFrom" label={say.filedFrom} value={fields.filedFrom} maxlength={4} />
            <Field id="filedTo" label={say.filedTo} value={fields.filedTo} maxlength={4} />
            <Choice
              name="coOwned"
              label={say.coOwned}
              options={[
                { value: '', label: say.any },
                { value: 'no', label: say.coOwnedNo },
                { value: 'yes', label: say.coOwnedYes },
              ]}
              chosen={fields.coOwned}
            />
            <Field id="office" label={say.office} value={fields.office} maxlength={2} />
          </div>
          <h2>{say.chooseTerms}</h2>
          <div class="row">
            <Choice name="terms" label={say.under} options={terms} chosen={fields.terms ?? 'RPC-OPEN-1.0'} />
            <Choice
              name="rest"
              label={say.rest}
              options={[{ value: '', label: say.restNone }, ...terms]}
              chosen={fields.rest}
            />
          </div>
          <p>
            <button type="submit">{say.toEffect}</button>
          </p>
        </OwnForm>
      </>
    )
  })
}

const kept = [
  'numbers',
  'field',
  'ipc',
  'filedFrom',
  'filedTo',
  'coOwned',
  'office',
  'import',
  'terms',
  'rest',
] as const

function showEffect(c: Http, fields: Fields, effect: Effect, stop?: RegistryError): Promise<Response> {
  const { lang } = languageOf(c)
  const say = declarationWords[lang]
  const again = Object.fromEntries(kept.flatMap((name) => (fields[name] ? [[name, fields[name]]] : [])))
  return page(c, stop, fields, (whom, csrf) => {
    const hidden = { ...whom.fields, ...again }
    const terms = [...new Map(effect.declarations.map((one) => [one.termsId, one.termsSha256])).entries()]
    return (
      <>
        <h2>{say.effect}</h2>
        <p class="lead">
          {effect.patents === 0
            ? say.effectNone
            : fill(say.effectCount, {
                patents: readCount(effect.patents, lang),
                declarations: readCount(effect.declarations.length, lang),
              })}
        </p>
        <EffectShown lang={lang} effect={effect} />
        {effect.patents === 0 ? null : (
          <div class="box">
            <OwnForm action={inLanguage(lang, '/desk/declarations/new')} csrf={csrf}>
              <Hidden fields={{ ...hidden, step: 'confirm', effect: effect.sha256, [shownField]: c.var.ctx.newId() }} />
              <AcceptTerms lang={lang} terms={terms.map(([id, sha256]) => ({ id, sha256 }))} />
              <label class="choice" id="encumbrancesChecked" tabindex={-1}>
                <input type="checkbox" name="encumbrancesChecked" value="yes" required />
                <span>{say.checked}</span>
              </label>
              <p class="hint">{say.checkedHint}</p>
              <p>
                <button type="submit">{say.confirm}</button>
              </p>
            </OwnForm>
          </div>
        )}
        <OwnForm action={inLanguage(lang, '/desk/declarations/new')} csrf={csrf}>
          <Hidden fields={{ ...hidden, step: 'choose' }} />
          <button type="submit" class="quiet">
            {say.back}
          </button>
        </OwnForm>
      </>
    )
  })
}

/** Chosen from the page of an import: only what it enrolled, which further fields narrow. */
function OfImport({ lang, id }: { lang: Language; id: string | undefined }) {
  if (id === undefined || id === '') return null
  return (
    <p class="next">
      <input type="hidden" name="import" value={id} />
      {importWords[lang].declareOf}{' '}
      <a href={inLanguage(lang, `/desk/imports/${encodeURIComponent(id)}`)}>{importWords[lang].backToImport}</a>
    </p>
  )
}

function EffectShown({ lang, effect }: { lang: Language; effect: Effect }) {
  const say = declarationWords[lang]
  const { declarations, consents, leftOut } = effect
  return (
    <>
      {declarations.length === 0 ? null : (
        <>
          <h3>{say.groups}</h3>
          <p class="small">{say.groupsLead}</p>
          <table class="rows tight">
            <thead>
              <tr>
                <th scope="col">{say.coOwners}</th>
                <th scope="col">{say.terms}</th>
                <th scope="col">{say.patents}</th>
              </tr>
            </thead>
            <tbody>
              {declarations.map(({ coOwners, termsId: id, count, numbers }) => (
                <tr>
                  <th scope="row">
                    {coOwners.length === 0 ? (
                      <>
                        {say.alone} <span class="small faint">{say.inForceNow}</span>
                      </>
                    ) : (
                      coOwners.map(({ name }) => name[lang]).join(' / ')
                    )}
                  </th>
                  <td>{id}</td>
                  <td>
                    {fill(say.count, { count: readCount(count, lang) })}
                    <div class="small num faint">
                      {numbers.slice(0, numbersShownMax).join(', ')}
                      {count > numbersShownMax
                        ? ` ${fill(say.moreNumbers, { count: readCount(count - numbersShownMax, lang) })}`
                        : null}
                    </div>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
      {consents.length === 0 ? null : (
        <>
          <h3>{say.asks}</h3>
          <ul>
            {consents.map(({ name, ask, patents }) => (
              <li>
                {name[lang]} ({fill(say.count, { count: readCount(patents, lang) })}): {say[`ask_${ask}`]}
              </li>
            ))}
          </ul>
        </>
      )}
      {leftOut.count === 0 ? null : <LeftOut lang={lang} leftOut={leftOut} />}
    </>
  )
}

function LeftOut({ lang, leftOut }: { lang: Language; leftOut: Effect['leftOut'] }) {
  const say = declarationWords[lang]
  return (
    <>
      <h3>{fill(say.leftOut, { count: readCount(leftOut.count, lang) })}</h3>
      <ul>
        {Object.entries(leftOut.reasons).map(([code, count]) => (
          <li>
            {why(say, code)}: {fill(say.count, { count: readCount(count, lang) })}
          </li>
        ))}
      </ul>
      <details>
        <summary>{say.numbers.split(/[（(]/)[0]}</summary>
        <table class="rows tight">
          <tbody>
            {leftOut.items.slice(0, leftOutShownMax).map(({ number, code }) => (
              <tr>
                <th scope="row" class="num">
                  {number}
                </th>
                <td>{why(say, code)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </>
  )
}

function why(say: DeclarationWords, code: string): string {
  const words = new Map(Object.entries(say))
  return words.get(`why_${code}`) ?? code
}

function showProgress(c: Http, id: string, stop?: RegistryError): Promise<Response> {
  const { lang } = languageOf(c)
  const say = declarationWords[lang]
  const path = `/desk/declarations/batches/${encodeURIComponent(id)}`
  return officePage(
    c,
    'declarations',
    stop,
    async (_, csrf) => {
      const batch = await showBatch(c.var.ctx, id)
      const { total, finished } = batch.groups
      return (
        <>
          <p class="lead">{say[batch.state]}</p>
          <p>
            <label for="progress">{fill(say.finishedOf, { total, finished })}</label>
            <progress id="progress" max={total} value={finished} />
          </p>
          <p>{fill(say.declaredCount, { count: readCount(batch.patents.declared, lang) })}</p>
          {batch.state === 'working' ? (
            <p>
              <a href={inLanguage(lang, path)}>{say.reload}</a>
            </p>
          ) : null}
          {batch.fault === undefined ? null : <p>{fill(say.failed, { reason: batch.fault.text[lang] })}</p>}
          {batch.state === 'set_aside' ? (
            <OwnForm action={inLanguage(lang, `${path}/retry`)} csrf={csrf}>
              <p>
                <button type="submit">{say.retry}</button>
              </p>
            </OwnForm>
          ) : null}
          {batch.leftOut.length === 0 ? null : (
            <Nothing>
              {batch.leftOut.slice(0, leftOutShownMax).map(({ number, code }) => (
                <>
                  <span class="num">{number}</span> {why(say, code)}
                  <br />
                </>
              ))}
            </Nothing>
          )}
          <p>{say.nextConsents}</p>
          <p>
            <a href={inLanguage(lang, `/desk/consents?organisation=${encodeURIComponent(batch.organisation)}`)}>
              {say.toConsents}
            </a>{' '}
            ·{' '}
            <a href={inLanguage(lang, `/desk/declarations?organisation=${encodeURIComponent(batch.organisation)}`)}>
              {say.toDeclarations}
            </a>
          </p>
        </>
      )
    },
    { title: say.progress, path },
  )
}
