import { endExclusion, exclude, readExclusions } from '../declarations/exclusions/exclude.ts'
import { type Exclusion, exclusionsInput } from '../declarations/exclusions/exclusion.ts'
import type { RegistryError } from '../errors.ts'
import type { Http } from '../http/api.ts'
import { type Language, languageOf } from '../http/language.ts'
import { inLanguage, paths } from '../http/page.tsx'
import { Choice } from '../http/parts.tsx'
import { pages } from '../http/problem-pages.tsx'
import { parseText } from '../patents/numbers/text.ts'
import { OwnForm } from '../people/me-pages.tsx'
import { inputOrStop } from './accept.ts'
import { declarationWords } from './declaration-words.ts'
import { type ForWhom, forWhom, Hidden } from './for-whom.tsx'
import { type Fields, given, goTo, orShowAgain, ownForm } from './form.ts'
import { officePage } from './office.tsx'
import { ButtonForm, Day, Field, Nothing } from './parts.tsx'
import { deskWords } from './words.ts'

/** What the office keeps out of every declaration. */
export const exclusionPages = pages()
  .on('GET', paths('/desk/exclusions'), (c) => showExclusions(c, {}))
  .on('POST', paths('/desk/exclusions'), async (c) => {
    const { fields, session } = await ownForm(c)
    return orShowAgain(
      async () => {
        const organisation = given(fields, 'organisation') ?? session.actingFor ?? ''
        await exclude(c.var.ctx, organisation, inputOrStop(exclusionsInput, { entries: entriesOf(fields) }))
        return goTo(c, `/desk/exclusions${backTo(fields)}`)
      },
      (stop) => showExclusions(c, fields, stop),
    )
  })
  .on('POST', paths('/desk/exclusions/remove'), async (c) => {
    const { fields, session } = await ownForm(c)
    return orShowAgain(
      async () => {
        await endExclusion(c.var.ctx, given(fields, 'organisation') ?? session.actingFor ?? '', fields.entry ?? '')
        return goTo(c, `/desk/exclusions${backTo(fields)}`)
      },
      (stop) => showExclusions(c, fields, stop),
    )
  })

function backTo(fields: Fields): string {
  const organisation = given(fields, 'organisation')
  return organisation === undefined ? '' : `?organisation=${encodeURIComponent(organisation)}`
}

/** The entries of whichever of the three forms was sent. */
function entriesOf(fields: Fields): Record<string, unknown>[] {
  const note = given(fields, 'note')
  const noted = note === undefined ? {} : { note }
  if (fields.form === 'numbers')
    return parseText(fields.numbers ?? '').map(({ input }) => ({ number: input, ...noted }))
  if (fields.form === 'years') {
    const [from, to] = [given(fields, 'filedFrom'), given(fields, 'filedTo')]
    return [
      {
        ...(from === undefined ? {} : { filedFrom: Number(from) }),
        ...(to === undefined ? {} : { filedTo: Number(to) }),
        ...noted,
      },
    ]
  }
  const rule = fields.rule === 'title' || fields.rule === 'inventor' ? fields.rule : 'ipc'
  return [{ [rule]: fields.value ?? '', ...noted }]
}

function showExclusions(c: Http, fields: Fields, stop?: RegistryError): Promise<Response> {
  return officePage(c, 'exclusions', stop, async (post, csrf) => {
    const { lang } = languageOf(c)
    const say = declarationWords[lang]
    const asked = c.req.query('organisation') ?? fields.organisation
    const whom = await forWhom(c, post, 'declare', '/desk/exclusions', asked)
    const entries = await readExclusions(c.var.ctx, whom.id)
    return (
      <>
        {whom.choice}
        <p class="lead">{say.exclusionsLead}</p>
        {entries.length === 0 ? (
          <Nothing>{say.noExclusions}</Nothing>
        ) : (
          <ExclusionRows lang={lang} entries={entries} whom={whom} csrf={csrf} />
        )}
        <AddForms lang={lang} fields={fields} whom={whom} csrf={csrf} />
      </>
    )
  })
}

function ExclusionRows({
  lang,
  entries,
  whom,
  csrf,
}: {
  lang: Language
  entries: readonly Exclusion[]
  whom: ForWhom
  csrf: string
}) {
  const say = declarationWords[lang]
  return (
    <>
      <p class="small">{say.removeSure}</p>
      <table class="rows tight">
        <thead>
          <tr>
            <th scope="col">{say.value}</th>
            <th scope="col">{say.rule}</th>
            <th scope="col">{say.note}</th>
            <th scope="col">{say.added}</th>
            <th scope="col">
              <span class="hide">{deskWords[lang].todo}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {entries.slice(0, entriesShownMax).map(({ id, rule, value, note, addedAt }) => (
            <tr>
              <th scope="row">
                <bdi class="num">{value}</bdi>
              </th>
              <td>{say[`rule_${rule}`]}</td>
              <td>{note ?? ''}</td>
              <td>
                <Day at={addedAt} lang={lang} />
              </td>
              <td>
                <ButtonForm
                  action={inLanguage(lang, '/desk/exclusions/remove')}
                  csrf={csrf}
                  fields={{ ...whom.fields, entry: id }}
                  label={say.remove}
                  about={value}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

/** A page stays within its size; the API lists all. */
const entriesShownMax = 60

function AddForms({ lang, fields, whom, csrf }: { lang: Language; fields: Fields; whom: ForWhom; csrf: string }) {
  const say = declarationWords[lang]
  const action = inLanguage(lang, '/desk/exclusions')
  return (
    <>
      <h2 id="entries" tabindex={-1}>
        {say.addNumbers}
      </h2>
      <OwnForm action={action} csrf={csrf}>
        <Hidden fields={{ ...whom.fields, form: 'numbers' }} />
        <label for="numbers">{say.addNumbersLabel}</label>
        <textarea id="numbers" name="numbers" rows={3} required autocomplete="off" spellcheck={false}>
          {fields.numbers ?? ''}
        </textarea>
        <label for="note-numbers">{say.note}</label>
        <input id="note-numbers" name="note" maxlength={500} autocomplete="off" />
        <p>
          <button type="submit">{say.add}</button>
        </p>
      </OwnForm>
      <h2>{say.addRule}</h2>
      <OwnForm action={action} csrf={csrf}>
        <Hidden fields={{ ...whom.fields, form: 'rule' }} />
        <div class="row">
          <Choice
            name="rule"
            label={say.rule}
            options={(['ipc', 'title', 'inventor'] as const).map((value) => ({ value, label: say[`rule_${value}`] }))}
            chosen={fields.rule ?? 'ipc'}
          />
          <Field id="value" label={say.ruleValue} value={fields.value} required maxlength={200} />
          <div>
            <label for="note-rule">{say.note}</label>
            <input id="note-rule" name="note" maxlength={500} autocomplete="off" />
          </div>
        </div>
        <p>
          <button type="submit">{say.add}</button>
        </p>
      </OwnForm>
      <h2>{say.years}</h2>
      <p class="small">{say.yearsHint}</p>
      <OwnForm action={action} csrf={csrf}>
        <Hidden fields={{ ...whom.fields, form: 'years' }} />
        <div class="row">
          <Field id="filedFrom" label={say.filedFrom} value={fields.filedFrom} maxlength={4} />
          <Field id="filedTo" label={say.filedTo} value={fields.filedTo} maxlength={4} />
        </div>
        <p>
          <button type="submit">{say.add}</button>
        </p>
      </OwnForm>
    </>
  )
}
