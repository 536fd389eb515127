import type { Child } from 'hono/jsx'
import { encumbranceKindWords, legalStatus, legalStatusWords } from '../../policies/vocabulary.ts'
import { today } from '../context.ts'
import { RegistryError } from '../errors.ts'
import type { Http } from '../http/api.ts'
import { fill, type Language, languageOf, readDate, said } from '../http/language.ts'
import { inLanguage, paths, Said } from '../http/page.tsx'
import { Choice } from '../http/parts.tsx'
import { pages } from '../http/problem-pages.tsx'
import { requireActingFor } from '../mandates/acting.ts'
import { changePatent } from '../patents/change.ts'
import { encumbranceKind, type Patent, patentChange } from '../patents/patent.ts'
import { findPatent } from '../patents/queries.ts'
import { listRelated } from '../patents/related/queries.ts'
import { relateToPatent, unrelateFromPatent } from '../patents/related/relate.ts'
import { relatedInput, relatedKind } from '../patents/related/related-item.ts'
import { relatedKindWords } from '../patents/related/words.ts'
import { patentIdOf } from '../patents/routes.ts'
import { recordStatus, statusEventInput } from '../patents/upkeep.ts'
import { OwnForm } from '../people/me-pages.tsx'
import { inputOrStop } from './accept.ts'
import { type Fields, given, goTo, orShowAgain, ownForm } from './form.ts'
import { sourceName } from './import-words.ts'
import { officePage } from './office.tsx'
import { ButtonForm, Field } from './parts.tsx'
import { portfolioWords } from './portfolio-words.ts'

const dates = ['priorityOn', 'filedOn', 'publishedOn', 'grantedOn'] as const
const titleCharactersMax = 1000
const numbersWrittenMax = 20

type Verb = (c: Http, id: string, fields: Fields) => Promise<unknown>

/** What a form of the page asks for, by the last part of its address. */
const verbs: Readonly<Record<string, Verb>> = {
  record: async (c, id, fields) => {
    const { patent } = await heldPatent(c, id)
    const change = inputOrStop(patentChange, changeIn(fields, patent, today(c.var.ctx)))
    if (Object.keys(change).length > 0) await changePatent(c.var.ctx, id, Number(fields.version), change)
  },
  status: (c, id, fields) => {
    const on = given(fields, 'on')
    const input = inputOrStop(statusEventInput, {
      value: fields.status,
      ...(on === undefined ? {} : { on }),
      source: fields.source ?? '',
      seenOn: given(fields, 'seenOn') ?? today(c.var.ctx),
    })
    return recordStatus(c.var.ctx, id, input)
  },
  encumbrance: async (c, id, fields) => {
    const { patent } = await heldPatent(c, id)
    const removed = given(fields, 'remove')
    const [from, until] = [given(fields, 'from'), given(fields, 'until')]
    const added = {
      kind: fields.kind,
      researchReserved: fields.researchReserved === 'yes',
      ...(from === undefined ? {} : { from }),
      ...(until === undefined ? {} : { until }),
    }
    const encumbrances =
      removed === undefined
        ? [...patent.encumbrances, added]
        : patent.encumbrances.filter((_, i) => i !== Number(removed))
    return changePatent(c.var.ctx, id, Number(fields.version), inputOrStop(patentChange, { encumbrances }))
  },
  related: (c, id, fields) => {
    const removed = given(fields, 'remove')
    if (removed !== undefined) return unrelateFromPatent(c.var.ctx, id, removed)
    const [doi, url] = [given(fields, 'doi'), given(fields, 'url')]
    const input = inputOrStop(relatedInput, {
      kind: fields.kind,
      title: { [languageOf(c).lang]: fields.relatedTitle ?? '' },
      ...(doi === undefined ? {} : { doi }),
      ...(url === undefined ? {} : { url }),
    })
    return relateToPatent(c.var.ctx, id, input)
  },
}

/** A record of the portfolio is mended: bibliography, status, licences that stand in the way, and what goes with it. */
export const patentEditPages = pages()
  .on('GET', paths('/desk/portfolio/:number'), async (c) => showEdit(c, c.req.param('number') ?? '', {}))
  .on('POST', paths('/desk/portfolio/:number/:part'), async (c) => {
    const { fields } = await ownForm(c)
    const number = c.req.param('number') ?? ''
    const verb = new Map(Object.entries(verbs)).get(c.req.param('part') ?? '')
    if (!verb) throw new RegistryError('not_found', 'There is no such form.')
    return orShowAgain(
      async () => {
        await verb(c, await patentIdOf(c, number), fields)
        return goTo(c, `/desk/portfolio/${encodeURIComponent(number)}?saved=yes`)
      },
      (stop) => {
        if (stop.code === 'forbidden' || stop.code === 'not_found') throw stop
        return showEdit(c, number, fields, stop)
      },
    )
  })

/** The patent, for officers of a holder and of an agent that may enrol for one. */
async function heldPatent(c: Http, id: string): Promise<{ patent: Patent; version: number }> {
  const { ctx } = c.var
  const found = await findPatent(ctx.db.read, id, today(ctx))
  if (!found) throw new RegistryError('not_found', 'There is no such patent.')
  const on = today(ctx)
  const holders = found.patent.holders.filter(
    ({ from, until }) => (from === undefined || from <= on) && (until === undefined || until >= on),
  )
  await requireActingFor(
    ctx,
    holders.map(({ organisation }) => organisation.id),
    'enrol',
  )
  return found
}

/** What the form says otherwise than the record. An empty field says nothing: what is known is not taken away. */
function changeIn(fields: Fields, patent: Patent, on: string): Record<string, unknown> {
  const changed = (name: string, is: string | undefined) => {
    const text = given(fields, name)
    return text === undefined || text === is ? undefined : text
  }
  const title = { ja: changed('titleJa', patent.title.ja), en: changed('titleEn', patent.title.en) }
  const numbers = (fields.numbers ?? '')
    .split(/[\n\r]+/)
    .map((written) => written.trim())
    .filter((written) => written !== '')
    .slice(0, numbersWrittenMax)
  const recorded = patent.end?.estimated === false ? patent.end.on : undefined
  const expiresOn = changed('expiresOn', recorded)
  const members = {
    ...Object.fromEntries(dates.map((name) => [name, changed(name, patent[name])])),
    title: title.ja === undefined && title.en === undefined ? undefined : withoutUndefined(title),
    numbers: numbers.length === 0 ? undefined : numbers,
    expires:
      expiresOn === undefined ? undefined : { on: expiresOn, source: given(fields, 'expiresSource') ?? '', seenOn: on },
  }
  return withoutUndefined(members)
}

function withoutUndefined(members: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined))
}

function showEdit(c: Http, number: string, fields: Fields, stop?: RegistryError): Promise<Response> {
  const { lang } = languageOf(c)
  const say = portfolioWords[lang]
  const path = `/desk/portfolio/${encodeURIComponent(number)}`
  return officePage(
    c,
    'portfolio',
    stop,
    async (_, csrf) => {
      const { ctx } = c.var
      const id = await patentIdOf(c, number)
      const { patent, version } = await heldPatent(c, id)
      const related = await listRelated(ctx.db.read, { patentId: id })
      const action = inLanguage(lang, path)
      const shown = encodeURIComponent(patent.number)
      return (
        <>
          <p class="lead">
            <Said {...said(patent.title, lang)} />
          </p>
          <p>
            <a href={inLanguage(lang, '/desk/portfolio')}>{say.back}</a> ·{' '}
            <a href={inLanguage(lang, `/patents/${shown}`)}>{say.toRecord}</a> ·{' '}
            <a href={inLanguage(lang, `/desk/assignment?number=${shown}`)}>{say.assign}</a>
          </p>
          {c.req.query('saved') === undefined ? null : <p role="status">{say.saved}</p>}
          <p class="small">{say.editLead}</p>
          <RecordForm lang={lang} patent={patent} version={version} fields={fields} action={action} csrf={csrf} />
          <StatusForm lang={lang} patent={patent} fields={fields} on={today(ctx)} action={action} csrf={csrf} />
          <Encumbrances lang={lang} patent={patent} version={version} action={action} csrf={csrf} />
          <h2 id="related">{say.related}</h2>
          <p>{say.relatedLead}</p>
          <ul class="plain">
            {related.map((item) => (
              <li>
                {relatedKindWords[item.kind][lang]}: <Said {...said(item.title, lang)} />{' '}
                <ButtonForm
                  action={`${action}/related`}
                  csrf={csrf}
                  fields={{ remove: item.id }}
                  label={say.remove}
                  about={item.title[lang] ?? ''}
                />
              </li>
            ))}
          </ul>
          <RelatedForm lang={lang} fields={fields} action={action} csrf={csrf} />
        </>
      )
    },
    { title: fill(say.edit, { number }), path },
  )
}

type FormOf = { lang: Language; action: string; csrf: string }

function RecordForm({
  lang,
  action,
  csrf,
  patent,
  version,
  fields,
}: FormOf & { patent: Patent; version: number; fields: Fields }) {
  const say = portfolioWords[lang]
  const recorded = patent.end?.estimated === false ? patent.end : undefined
  return (
    <>
      <h2>{say.record}</h2>
      <OwnForm action={`${action}/record`} csrf={csrf}>
        <input type="hidden" name="version" value={String(version)} />
        <Field
          id="titleJa"
          label={say.titleJa}
          value={fields.titleJa ?? patent.title.ja}
          maxlength={titleCharactersMax}
        />
        <Field
          id="titleEn"
          label={say.titleEn}
          value={fields.titleEn ?? patent.title.en}
          maxlength={titleCharactersMax}
        />
        <div class="row">
          {dates.map((name) => (
            <Field id={name} type="date" label={say[name]} value={fields[name] ?? patent[name]} />
          ))}
        </div>
        <div class="row">
          <Field
            id="expiresOn"
            type="date"
            label={say.expiresOn}
            hint={say.expiresHint}
            value={fields.expiresOn ?? recorded?.on}
          />
          <Field
            id="expiresSource"
            label={say.statusSource}
            value={fields.expiresSource ?? recorded?.source ?? 'J-PlatPat'}
            maxlength={200}
          />
        </div>
        <p class="small">
          {say.numbersNow}: <span class="num">{patent.numbers.map(({ display }) => display[lang]).join(', ')}</span>
        </p>
        <label for="numbers">{say.addNumber}</label>
        <p class="hint" id="numbers-hint">
          {say.addNumberHint}
        </p>
        <textarea id="numbers" name="numbers" rows={2} spellcheck={false} aria-describedby="numbers-hint">
          {fields.numbers ?? ''}
        </textarea>
        <p>
          <button type="submit">{say.save}</button>
        </p>
      </OwnForm>
    </>
  )
}

function StatusForm({
  lang,
  action,
  csrf,
  patent: { status },
  fields,
  on,
}: FormOf & { patent: Patent; fields: Fields; on: string }) {
  const say = portfolioWords[lang]
  return (
    <>
      <h2>{say.statusTitle}</h2>
      <p>
        {fill(say.statusNow, {
          status: legalStatusWords[status.value].label[lang],
          source: sourceName(status.source, lang),
          day: readDate(status.seenOn, lang),
        })}{' '}
        {say.statusLead}
      </p>
      <OwnForm action={`${action}/status`} csrf={csrf}>
        <div class="row">
          <Choice
            name="status"
            label={say.statusNew}
            options={legalStatus.options.map((value) => ({ value, label: legalStatusWords[value].label[lang] }))}
            chosen={fields.status ?? status.value}
          />
          <Field id="on" type="date" label={say.statusOnDay} value={fields.on} max={on} />
          <Field id="source" label={say.statusSource} value={fields.source ?? 'J-PlatPat'} required maxlength={200} />
          <Field id="seenOn" type="date" label={say.seenOn} value={fields.seenOn ?? on} max={on} required />
          <div class="go">
            <button type="submit">{say.statusSave}</button>
          </div>
        </div>
      </OwnForm>
    </>
  )
}

function Encumbrances({
  lang,
  action,
  csrf,
  patent: { encumbrances },
  version,
}: FormOf & { patent: Patent; version: number }): Child {
  const say = portfolioWords[lang]
  const period = (from: string | undefined, until: string | undefined) =>
    from === undefined && until === undefined
      ? ''
      : `(${[from, until].map((day) => (day === undefined ? '' : readDate(day, lang))).join(' – ')})`
  return (
    <>
      <h2 id="encumbrances" tabindex={-1}>
        {say.encumbrances}
      </h2>
      <p>{say.encumbrancesLead}</p>
      {encumbrances.length === 0 ? <p class="small faint">{say.noEncumbrances}</p> : null}
      <ul class="plain">
        {encumbrances.map(({ kind, researchReserved, from, until }, i) => (
          <li>
            {encumbranceKindWords[kind].label[lang]} {period(from, until)}{' '}
            {researchReserved ? <span class="small faint">{say.researchReserved}</span> : null}{' '}
            <ButtonForm
              action={`${action}/encumbrance`}
              csrf={csrf}
              fields={{ version: String(version), remove: String(i) }}
              label={say.remove}
              about={encumbranceKindWords[kind].label[lang]}
            />
          </li>
        ))}
      </ul>
      <details>
        <summary>{say.encumbranceAdd}</summary>
        <OwnForm action={`${action}/encumbrance`} csrf={csrf}>
          <input type="hidden" name="version" value={String(version)} />
          <div class="row">
            <div>
              <label for="encumbranceKind">{say.encumbranceKind}</label>
              <select id="encumbranceKind" name="kind">
                {encumbranceKind.options.map((kind) => (
                  <option value={kind}>{encumbranceKindWords[kind].label[lang]}</option>
                ))}
              </select>
            </div>
            <Field id="from" type="date" label={say.from} />
            <Field id="until" type="date" label={say.until} />
          </div>
          <label class="choice">
            <input type="checkbox" name="researchReserved" value="yes" />
            <span>{say.researchReserved}</span>
          </label>
          <p>
            <button type="submit">{say.encumbranceAdd}</button>
          </p>
        </OwnForm>
      </details>
    </>
  )
}

function RelatedForm({ lang, action, csrf, fields }: FormOf & { fields: Fields }) {
  const say = portfolioWords[lang]
  return (
    <details open={fields.relatedTitle !== undefined}>
      <summary>{say.relatedAdd}</summary>
      <OwnForm action={`${action}/related`} csrf={csrf}>
        <div class="row">
          <div>
            <label for="relatedKind">{say.relatedKind}</label>
            <select id="relatedKind" name="kind">
              {relatedKind.options.map((kind) => (
                <option value={kind} selected={fields.kind === kind}>
                  {relatedKindWords[kind][lang]}
                </option>
              ))}
            </select>
          </div>
          <Field id="relatedTitle" label={say.relatedTitle} value={fields.relatedTitle} required maxlength={300} />
        </div>
        <div class="row">
          <Field id="doi" label={say.relatedDoi} hint={say.relatedHint} value={fields.doi} maxlength={300} />
          <Field id="url" type="url" label={say.relatedUrl} value={fields.url} maxlength={1000} />
        </div>
        <p>
          <button type="submit">{say.relatedAdd}</button>
        </p>
      </OwnForm>
    </details>
  )
}
