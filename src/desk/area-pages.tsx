import type { Child } from 'hono/jsx'
import { type AreaRecord, areaChange, areaInput } from '../areas/area.ts'
import { changeArea, openArea, publishArea, seesArea } from '../areas/keep.ts'
import { type AreaFound, findArea, listAreas } from '../areas/queries.ts'
import { relateToArea, unrelateFromArea } from '../areas/relate.ts'
import { readRules, writeRules } from '../areas/rules-text.ts'
import { RegistryError } from '../errors.ts'
import type { Http } from '../http/api.ts'
import { fill, type Language, languageOf, said } from '../http/language.ts'
import { inLanguage, paths, Said, showPage } from '../http/page.tsx'
import { Choice } from '../http/parts.tsx'
import { pages } from '../http/problem-pages.tsx'
import { csrfToken } from '../http/session-cookie.ts'
import { isSteward, memberOf } from '../organisations/rights.ts'
import { listRelated } from '../patents/related/queries.ts'
import { type RelatedItem, relatedInput, relatedKind } from '../patents/related/related-item.ts'
import { relatedKindWords } from '../patents/related/words.ts'
import { OwnForm } from '../people/me-pages.tsx'
import { inputOrStop } from './accept.ts'
import { areaDeskWords } from './area-words.ts'
import { type Fields, given, goTo, onceShown, orShowAgain, ownForm, shownField, toSignIn } from './form.ts'
import { ButtonForm, Field, Nothing, Stop } from './parts.tsx'
import { stewardPage } from './steward-office.tsx'

/** Those who keep an area mend it here; who holds a patent in it adds what goes with it. */
export const areaDeskPages = pages()
  .on('GET', paths('/desk/areas'), (c) => showAll(c, {}))
  .on('POST', paths('/desk/areas'), async (c) => {
    const { fields } = await ownForm(c)
    return orShowAgain(
      async () => {
        const made = await onceShown(c.var.ctx, fields, (ctx) => openArea(ctx, newArea(fields)))
        return goTo(c, `/desk/areas/${made.area.slug}`)
      },
      (stop) => showAll(c, fields, stop),
    )
  })
  .on('GET', paths('/desk/areas/:slug'), (c) => showOne(c, {}))
  .on('POST', paths('/desk/areas/:slug'), (c) =>
    acted(c, async (fields, slug) => {
      const change = inputOrStop(areaChange, textsOf(fields))
      await changeArea(c.var.ctx, slug, Number(fields.version ?? 0), change)
    }),
  )
  .on('POST', paths('/desk/areas/:slug/publish'), (c) =>
    acted(c, async (_, slug) => {
      await publishArea(c.var.ctx, slug)
    }),
  )
  .on('POST', paths('/desk/areas/:slug/items'), (c) =>
    acted(c, async (fields, slug) => {
      const item = inputOrStop(relatedInput, itemOf(fields))
      await onceShown(c.var.ctx, fields, (ctx) => relateToArea(ctx, slug, item))
    }),
  )
  .on('POST', paths('/desk/areas/:slug/items/remove'), (c) =>
    acted(c, (fields, slug) => unrelateFromArea(c.var.ctx, slug, fields.item ?? '')),
  )

async function acted(c: Http, act: (fields: Fields, slug: string) => Promise<void>): Promise<Response> {
  const { fields } = await ownForm(c)
  const slug = slugOf(c)
  return orShowAgain(
    async () => {
      await act(fields, slug)
      return goTo(c, `/desk/areas/${slug}`)
    },
    (stop) => showOne(c, fields, stop),
  )
}

function slugOf(c: Http): string {
  return (c.req.param('slug') ?? '').slice(0, 60)
}

function textsOf(fields: Fields) {
  const lines = (name: string) =>
    (fields[name] ?? '')
      .split(/\r?\n/)
      .map((line) => line.trim())
      .filter((line) => line !== '')
  const oneLine = (name: string) => (fields[name] ?? '').replaceAll(/\s+/g, ' ')
  return {
    title: { ja: oneLine('titleJa'), en: oneLine('titleEn') },
    summary: { ja: oneLine('summaryJa'), en: oneLine('summaryEn') },
    rules: readRules(fields.rules ?? ''),
    picked: lines('picked'),
    leftOut: lines('leftOut'),
  }
}

function newArea(fields: Fields) {
  const curator = given(fields, 'curator')
  return inputOrStop(areaInput, {
    ...textsOf(fields),
    slug: fields.slug ?? '',
    ...(curator === undefined ? {} : { curator }),
  })
}

function itemOf(fields: Fields) {
  const [ja, en, note, doi, url] = ['itemJa', 'itemEn', 'note', 'doi', 'url'].map((name) => given(fields, name))
  return {
    kind: fields.kind ?? '',
    title: { ...(ja === undefined ? {} : { ja }), ...(en === undefined ? {} : { en }) },
    ...(note === undefined ? {} : { note: { [/[^ -~]/.test(note) ? 'ja' : 'en']: note } }),
    ...(doi === undefined ? {} : { doi }),
    ...(url === undefined ? {} : { url }),
  }
}

function showAll(c: Http, fields: Fields, stop?: RegistryError): Promise<Response> {
  const { lang } = languageOf(c)
  const say = areaDeskWords[lang]
  return stewardPage(c, { title: say.all, path: '/desk/areas' }, stop, async (csrf) => {
    const all = await listAreas(c.var.ctx.db.read)
    return (
      <>
        <ul>
          {all.map(({ area }) => (
            <li>
              <a href={inLanguage(lang, `/desk/areas/${area.slug}`)}>{area.title[lang]}</a>{' '}
              {area.state === 'draft' ? <small class="faint">{say.draft}</small> : null}
            </li>
          ))}
        </ul>
        <h2>{say.open}</h2>
        <OwnForm action={inLanguage(lang, '/desk/areas')} csrf={csrf}>
          <input type="hidden" name={shownField} value={c.var.ctx.newId()} />
          <Field id="slug" label={say.slug} value={fields.slug} required maxlength={60} />
          <Field id="curator" label={say.curator} value={fields.curator} maxlength={200} />
          <Texts lang={lang} fields={fields} />
          <p>
            <button type="submit">{say.create}</button>
          </p>
        </OwnForm>
      </>
    )
  })
}

async function showOne(c: Http, fields: Fields, stop?: RegistryError): Promise<Response> {
  const { lang } = languageOf(c)
  const say = areaDeskWords[lang]
  const { ctx, session } = c.var
  if (!session) return toSignIn(c)
  const slug = slugOf(c)
  const found = await findArea(ctx.db.read, slug)
  if (!found || !seesArea(ctx.actor, found.area)) throw new RegistryError('not_found', 'There is no such area.')
  const { area } = found
  const own = memberOf(ctx.actor)
  const keeps = isSteward(ctx.actor) || (own !== undefined && own === area.curatorId)
  const csrf = await csrfToken(c)
  const items = await listRelated(ctx.db.read, { areaId: area.id })
  const title = fill(say.keep, { title: area.title[lang] })
  return showPage(
    c,
    { title, path: `/desk/areas/${slug}`, cache: 'no-store', status: stop ? 422 : 200 },
    <>
      <p>
        <a href={inLanguage(lang, `/areas/${slug}`)}>{say.back}</a>
      </p>
      <h1>{title}</h1>
      <Stop stop={stop} lang={lang} />
      <h2>{say.items}</h2>
      <Items lang={lang} slug={slug} items={items} csrf={csrf} own={own} keeps={keeps} />
      {own === undefined && !keeps ? (
        <Nothing>{say.notYours}</Nothing>
      ) : (
        <AddItem lang={lang} slug={slug} fields={fields} csrf={csrf} shown={ctx.newId()} />
      )}
      {keeps ? <Mend lang={lang} found={found} csrf={csrf} fields={fields} /> : null}
    </>,
  )
}

function Items({
  lang,
  slug,
  items,
  csrf,
  own,
  keeps,
}: {
  lang: Language
  slug: string
  items: readonly RelatedItem[]
  csrf: string
  own: string | undefined
  keeps: boolean
}) {
  const say = areaDeskWords[lang]
  if (items.length === 0) return <Nothing>{say.noItems}</Nothing>
  return (
    <table class="rows">
      <tbody>
        {items.map((item) => (
          <tr>
            <th scope="row">
              <Said {...said(item.title, lang)} />
            </th>
            <td>{relatedKindWords[item.kind][lang]}</td>
            <td>{item.by?.name[lang] ?? ''}</td>
            <td>
              {keeps || (own !== undefined && item.by?.id === own) ? (
                <ButtonForm
                  action={inLanguage(lang, `/desk/areas/${slug}/items/remove`)}
                  csrf={csrf}
                  fields={{ item: item.id }}
                  label={say.remove}
                  about={said(item.title, lang).text}
                />
              ) : null}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function AddItem({
  lang,
  slug,
  fields,
  csrf,
  shown,
}: {
  lang: Language
  slug: string
  fields: Fields
  csrf: string
  shown: string
}): Child {
  const say = areaDeskWords[lang]
  return (
    <OwnForm action={inLanguage(lang, `/desk/areas/${slug}/items`)} csrf={csrf}>
      <fieldset>
        <legend>{say.add}</legend>
        <p class="hint">{say.addNote}</p>
        <input type="hidden" name={shownField} value={shown} />
        <Choice
          name="kind"
          label={say.kind}
          chosen={fields.kind}
          options={relatedKind.options.map((value) => ({ value, label: relatedKindWords[value][lang] }))}
        />
        <div class="row">
          <Field id="itemJa" label={say.titleJa} value={fields.itemJa} maxlength={300} />
          <Field id="itemEn" label={say.titleEn} value={fields.itemEn} maxlength={300} />
        </div>
        <div class="row">
          <Field id="doi" label={say.doi} value={fields.doi} maxlength={300} />
          <Field id="url" label={say.url} value={fields.url} type="url" maxlength={1000} />
        </div>
        <Field id="note" label={say.note} value={fields.note} maxlength={300} />
        <p>
          <button type="submit">{say.add}</button>
        </p>
      </fieldset>
    </OwnForm>
  )
}

function Mend({ lang, found, csrf, fields }: { lang: Language; found: AreaFound; csrf: string; fields: Fields }) {
  const say = areaDeskWords[lang]
  const { area, version } = found
  const address = inLanguage(lang, `/desk/areas/${area.slug}`)
  return (
    <>
      <h2>{say.mend}</h2>
      <OwnForm action={address} csrf={csrf}>
        <input type="hidden" name="version" value={String(version)} />
        <Texts lang={lang} fields={fields.rules === undefined ? fieldsOf(area) : fields} />
        <p>
          <button type="submit">{say.save}</button>
        </p>
      </OwnForm>
      {area.state === 'draft' ? (
        <OwnForm action={`${address}/publish`} csrf={csrf}>
          <p>{say.publishNote}</p>
          <p>
            <button type="submit">{say.publish}</button>
          </p>
        </OwnForm>
      ) : null}
    </>
  )
}

function fieldsOf(area: AreaRecord): Fields {
  return {
    titleJa: area.title.ja,
    titleEn: area.title.en,
    summaryJa: area.summary.ja,
    summaryEn: area.summary.en,
    rules: writeRules(area.rules),
    picked: area.picked.join('\n'),
    leftOut: area.leftOut.join('\n'),
  }
}

function Texts({ lang, fields }: { lang: Language; fields: Fields }) {
  const say = areaDeskWords[lang]
  const long = (name: 'summaryJa' | 'summaryEn' | 'rules' | 'picked' | 'leftOut', hint?: string) => (
    <div>
      <label for={name}>{say[name]}</label>
      {hint === undefined ? null : (
        <p class="hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
      <textarea
        id={name}
        name={name}
        rows={3}
        spellcheck={false}
        aria-describedby={hint === undefined ? undefined : `${name}-hint`}
      >
        {fields[name] ?? ''}
      </textarea>
    </div>
  )
  return (
    <>
      <div class="row">
        <Field id="titleJa" label={say.titleJa} value={fields.titleJa} required maxlength={120} />
        <Field id="titleEn" label={say.titleEn} value={fields.titleEn} required maxlength={120} />
      </div>
      <div class="row">
        {long('summaryJa')}
        {long('summaryEn')}
      </div>
      {long('rules', say.rulesHint)}
      <div class="row">
        {long('picked')}
        {long('leftOut')}
      </div>
    </>
  )
}
