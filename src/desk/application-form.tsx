import { currentAgreement } from '../../policies/participation.ts'
import { type Language, readDate } from '../http/language.ts'
import { inLanguage } from '../http/page.tsx'
import { Choice } from '../http/parts.tsx'
import type { Application } from '../organisations/application.ts'
import { organisationKinds } from '../organisations/organisation.ts'
import { OwnForm } from '../people/me-pages.tsx'
import type { Fields } from './form.ts'
import { applicationStateWords, joinWords, kindWords } from './organisation-words.ts'
import { ButtonForm, Field, Mark } from './parts.tsx'

/** Name, kind, ids, signatory and agreement. */
export function ApplicationForm({
  lang,
  csrf,
  fields,
  again,
}: {
  lang: Language
  csrf: string
  fields: Fields
  again: boolean
}) {
  const say = joinWords[lang]
  return (
    <>
      <h2>{say.applicationTitle}</h2>
      <div class="box">
        <OwnForm action={inLanguage(lang, '/join')} csrf={csrf}>
          {again ? <input type="hidden" name="application" value={fields.application ?? ''} /> : null}
          <div class="row" id="name" tabindex={-1}>
            <Field id="name-ja" label={say.nameJa} value={fields['name-ja']} required maxlength={300} />
            <Field id="name-en" label={say.nameEn} value={fields['name-en']} required maxlength={300} />
          </div>
          <div class="row">
            <KindChoice lang={lang} chosen={fields.kind} />
            <Field
              id="country"
              label={say.country}
              hint={say.countryHint}
              value={fields.country ?? 'JP'}
              required
              maxlength={2}
            />
          </div>
          <div class="row">
            <Field id="ror" label={say.ror} value={fields.ror} maxlength={100} />
            <Field id="corporateNumber" label={say.corporateNumber} value={fields.corporateNumber} maxlength={50} />
          </div>
          <SignatoryFields lang={lang} fields={fields} />
          <p>
            <button type="submit">{again ? say.sendAgain : say.send}</button>
          </p>
        </OwnForm>
      </div>
    </>
  )
}

export function KindChoice({ lang, chosen }: { lang: Language; chosen: string | undefined }) {
  return (
    <Choice
      name="kind"
      label={joinWords[lang].kind}
      options={organisationKinds.map((kind) => ({ value: kind, label: kindWords[kind][lang] }))}
      chosen={chosen ?? 'university'}
    />
  )
}

/** Who accepts the agreement for the organisation, and the box that says so. */
export function SignatoryFields({ lang, fields }: { lang: Language; fields: Fields }) {
  const say = joinWords[lang]
  return (
    <>
      <fieldset id="signatory" tabindex={-1}>
        <legend>{say.signatory}</legend>
        <p class="hint">{say.signatoryLead}</p>
        <div class="row">
          <Field
            id="signatory-name"
            label={say.signatoryName}
            value={fields['signatory-name']}
            required
            maxlength={200}
          />
          <Field
            id="signatory-post"
            label={say.signatoryPost}
            value={fields['signatory-post']}
            required
            maxlength={200}
          />
        </div>
      </fieldset>
      <fieldset id="agreement" tabindex={-1}>
        <legend>{say.agreement}</legend>
        <p class="hint">
          <a href={inLanguage(lang, '/participation')}>{currentAgreement.title[lang]}</a>{' '}
          <code>{currentAgreement.sha256.slice(0, 16)}…</code>
        </p>
        <input type="hidden" name="agreement" value={currentAgreement.sha256} />
        <label class="choice">
          <input type="checkbox" name="accept" value="yes" required />
          <span>{say.acceptAgreement}</span>
        </label>
      </fieldset>
    </>
  )
}

const likes = {
  waiting: 'unrecognised',
  returned: 'ask',
  approved: 'allowed',
  declined: 'not_allowed',
  withdrawn: 'not_needed',
} as const

/** The applicant's own applications: where each stands, and what to do. */
export function ApplicationTable({
  lang,
  csrf,
  applications,
}: {
  lang: Language
  csrf: string
  applications: readonly Application[]
}) {
  const say = joinWords[lang]
  return (
    <table class="rows">
      <thead>
        <tr>
          <th scope="col">{say.organisation}</th>
          <th scope="col">{say.state}</th>
          <th scope="col">{say.appliedOn}</th>
          <th scope="col">{say.todo}</th>
        </tr>
      </thead>
      <tbody>
        {applications.map((one) => {
          const name = one.proposed.name[lang]
          const live = one.state === 'waiting' || one.state === 'returned'
          return (
            <tr>
              <th scope="row">{name}</th>
              <td>
                <Mark like={likes[one.state]}>{applicationStateWords[one.state][lang]}</Mark>
                {one.reason === undefined ? null : <div class="small">{one.reason}</div>}
                {one.state === 'approved' ? <div class="small">{say.nowOfficer}</div> : null}
              </td>
              <td>
                <time datetime={one.appliedAt}>{readDate(one.appliedAt.slice(0, 10), lang)}</time>
              </td>
              <td>
                {live ? (
                  <>
                    <a href={inLanguage(lang, `/join?application=${encodeURIComponent(one.id)}`)}>
                      {say.mend}
                      <span class="hide"> {name}</span>
                    </a>
                    <ButtonForm
                      action={inLanguage(lang, '/me/applications/withdraw')}
                      csrf={csrf}
                      fields={{ application: one.id }}
                      label={say.withdraw}
                      about={name}
                    />
                  </>
                ) : one.state === 'approved' ? (
                  <a href={inLanguage(lang, '/desk/imports')}>
                    {say.begin}
                    <span class="hide"> {name}</span>
                  </a>
                ) : null}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
