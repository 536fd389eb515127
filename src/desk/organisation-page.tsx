import type { Child } from 'hono/jsx'
import { currentAgreement } from '../../policies/participation.ts'
import { today } from '../context.ts'
import { invalid, RegistryError } from '../errors.ts'
import type { Http } from '../http/api.ts'
import { type Language, languageOf } from '../http/language.ts'
import { inLanguage, paths } from '../http/page.tsx'
import { Choice } from '../http/parts.tsx'
import { pages } from '../http/problem-pages.tsx'
import { acceptParticipation } from '../organisations/accept-participation.ts'
import { participationInput } from '../organisations/application.ts'
import { findAcceptance } from '../organisations/application-queries.ts'
import { changeOrganisation } from '../organisations/change.ts'
import { listNames } from '../organisations/name-queries.ts'
import {
  grantApproval,
  type OrganisationName,
  organisationChange,
  ownNamesInput,
} from '../organisations/organisation.ts'
import { setOwnNames } from '../organisations/own-names.ts'
import { findNoticeAddress, findOrganisation } from '../organisations/queries.ts'
import { OwnForm } from '../people/me-pages.tsx'
import { leaveCommons } from '../standing/leave-organisation.ts'
import { leavingInput } from '../standing/participation.ts'
import { extentOf } from '../standing/participation-queries.ts'
import { inputOrStop } from './accept.ts'
import { SignatoryFields } from './application-form.tsx'
import { type Fields, given, goTo, orShowAgain, ownForm, reasonIn } from './form.ts'
import { officePage } from './office.tsx'
import { settingsWords } from './organisation-settings-words.ts'
import { nameSourceWords } from './organisation-words.ts'
import { Field } from './parts.tsx'
import { AcceptedFact, Extent, effectOf } from './steward-office.tsx'
import { stewardWords } from './steward-words.ts'

/** What an officer decides for the organisation: its record, its other names, its participation. */
export const organisationPages = pages()
  .on('GET', paths('/desk/organisation'), (c) => showSettings(c, {}))
  .on('POST', paths('/desk/organisation'), async (c) => {
    const { session, fields } = await ownForm(c)
    return orShowAgain(
      async () => {
        const id = session.actingFor ?? ''
        await changeOrganisation(
          c.var.ctx,
          id,
          Number(fields.version),
          inputOrStop(organisationChange, asChange(fields), 'organisation'),
        )
        return goTo(c, '/desk/organisation?saved=record')
      },
      (stop) => showSettings(c, fields, stop),
    )
  })
  .on('POST', paths('/desk/organisation/names'), async (c) => {
    const { session, fields } = await ownForm(c)
    return orShowAgain(
      async () => {
        const { names } = inputOrStop(ownNamesInput, { names: linesOf(fields.names ?? '') }, 'organisation')
        await setOwnNames(c.var.ctx, session.actingFor ?? '', names)
        return goTo(c, '/desk/organisation?saved=names')
      },
      (stop) => showSettings(c, fields, stop),
    )
  })
  .on('POST', paths('/desk/organisation/participation'), async (c) => {
    const { session, fields } = await ownForm(c)
    return orShowAgain(
      async () => {
        const input = inputOrStop(
          participationInput,
          {
            signatory: { name: fields['signatory-name'] ?? '', post: fields['signatory-post'] ?? '' },
            agreement:
              fields.accept === 'yes' ? { id: currentAgreement.id, sha256: fields.agreement ?? '' } : undefined,
          },
          'organisation',
        )
        await acceptParticipation(c.var.ctx, session.actingFor ?? '', input)
        return goTo(c, '/desk/organisation')
      },
      (stop) => showSettings(c, fields, stop),
    )
  })
  .on('GET', paths('/desk/organisation/leave'), (c) => showLeaving(c))
  .on('POST', paths('/desk/organisation/leave'), async (c) => {
    const { session, fields } = await ownForm(c)
    return orShowAgain(
      async () => {
        if (fields.confirm !== 'yes') throw invalid('/confirm', 'not_confirmed', 'Tick the box first.')
        const reason = reasonIn(fields)
        const input = inputOrStop(leavingInput, reason === undefined ? {} : { reason })
        await leaveCommons(c.var.ctx, session.actingFor ?? '', input.reason)
        return goTo(c, '/me')
      },
      (stop) => showLeaving(c, stop),
    )
  })

/** One name a line; more lines than names are allowed are told as such, not cut. */
function linesOf(text: string): string[] {
  return text
    .slice(0, linesCharactersMax)
    .split(/\r\n|\r|\n/)
    .map((one) => one.trim())
    .filter((one) => one !== '')
}

/** Thirty names of 300 characters, and room to see that there are too many. */
const linesCharactersMax = 20_000

/** An empty ROR id or 法人番号 leaves what is there; an empty address means none. */
function asChange(fields: Fields) {
  const ror = given(fields, 'ror')
  const corporateNumber = given(fields, 'corporateNumber')
  return {
    name: { ja: fields['name-ja'] ?? '', en: fields['name-en'] ?? '' },
    ...(ror === undefined ? {} : { ror }),
    ...(corporateNumber === undefined ? {} : { corporateNumber }),
    grantApproval: fields.grantApproval,
    noticeAddress: given(fields, 'noticeAddress') ?? null,
  }
}

function showSettings(c: Http, fields: Fields, stop?: RegistryError): Promise<Response> {
  return officePage(c, 'organisation', stop, async ({ organisationId }, csrf) => {
    const { lang } = languageOf(c)
    const say = settingsWords[lang]
    const { read } = c.var.ctx.db
    const [found, address, names, accepted] = await Promise.all([
      findOrganisation(read, organisationId),
      findNoticeAddress(read, organisationId),
      listNames(read, organisationId),
      findAcceptance(read, organisationId),
    ])
    if (!found) throw new RegistryError('not_found', 'There is no such organisation.')
    const { organisation, version } = found
    const shown: Fields = {
      'name-ja': organisation.name.ja,
      'name-en': organisation.name.en,
      ror: organisation.ror ?? '',
      corporateNumber: organisation.corporateNumber ?? '',
      noticeAddress: address ?? '',
      grantApproval: organisation.grantApproval ?? 'automatic',
      version: String(version),
      ...fields,
    }
    return (
      <>
        <p class="lead">{say.lead}</p>
        {c.req.query('saved') === undefined ? null : <p role="status">{say.saved}</p>}
        <h2>{say.record}</h2>
        <RecordForm lang={lang} csrf={csrf} fields={shown} />
        <h2 id="other-names">{say.names}</h2>
        <NamesForm lang={lang} csrf={csrf} names={names} written={fields.names} />
        <h2>{say.participation}</h2>
        <dl class="facts">
          <AcceptedFact lang={lang} accepted={accepted} />
        </dl>
        {accepted?.agreement.sha256 === currentAgreement.sha256 ? null : (
          <>
            <h3>{say.acceptNow}</h3>
            <p>{say.acceptLead}</p>
            <div class="box">
              <OwnForm action={inLanguage(lang, '/desk/organisation/participation')} csrf={csrf}>
                <SignatoryFields lang={lang} fields={fields} />
                <p>
                  <button type="submit">{say.record_acceptance}</button>
                </p>
              </OwnForm>
            </div>
          </>
        )}
        <h3>{say.leave}</h3>
        <p>
          {say.leaveLead} <a href={inLanguage(lang, '/desk/organisation/leave')}>{say.toLeave}</a>
        </p>
      </>
    )
  })
}

function RecordForm({ lang, csrf, fields }: { lang: Language; csrf: string; fields: Fields }) {
  const say = settingsWords[lang]
  return (
    <>
      <p>{say.recordLead}</p>
      <div class="box">
        <OwnForm action={inLanguage(lang, '/desk/organisation')} csrf={csrf}>
          <input type="hidden" name="version" value={fields.version ?? ''} />
          <div class="row" id="name" tabindex={-1}>
            <Field id="name-ja" label={say.nameJa} value={fields['name-ja']} required maxlength={300} />
            <Field id="name-en" label={say.nameEn} value={fields['name-en']} required maxlength={300} />
          </div>
          <div class="row">
            <Field id="ror" label={say.ror} value={fields.ror} maxlength={100} />
            <Field id="corporateNumber" label={say.corporateNumber} value={fields.corporateNumber} maxlength={50} />
          </div>
          <div class="row">
            <Field
              id="noticeAddress"
              label={say.noticeAddress}
              hint={say.noticeHint}
              value={fields.noticeAddress}
              maxlength={254}
            />
            <Choice
              name="grantApproval"
              label={say.grantApproval}
              options={grantApproval.options.map((value) => ({ value, label: say[value] }))}
              chosen={fields.grantApproval}
            />
          </div>
          <p>
            <button type="submit">{say.save}</button>
          </p>
        </OwnForm>
      </div>
    </>
  )
}

function NamesForm({
  lang,
  csrf,
  names,
  written,
}: {
  lang: Language
  csrf: string
  names: readonly OrganisationName[]
  written: string | undefined
}) {
  const say = settingsWords[lang]
  const own = names.filter(({ source }) => source === 'own').map(({ name }) => name)
  return (
    <>
      <p>{say.namesLead}</p>
      <div class="box">
        <OwnForm action={inLanguage(lang, '/desk/organisation/names')} csrf={csrf}>
          <label for="names">{say.namesField}</label>
          <textarea id="names" name="names" rows={4}>
            {written ?? own.join('\n')}
          </textarea>
          <p>
            <button type="submit">{say.save}</button>
          </p>
        </OwnForm>
      </div>
      <h3>{say.foundBy}</h3>
      <ul class="plain">
        {names.map(({ name, source }) => (
          <li>
            <bdi>{name}</bdi> <span class="small faint">{nameSourceWords[source][lang]}</span>
          </li>
        ))}
      </ul>
    </>
  )
}

/** What leaving does, before it is done. */
function showLeaving(c: Http, stop?: RegistryError): Promise<Response> {
  return officePage(c, 'organisation', stop, async ({ organisationId }, csrf): Promise<Child> => {
    const { lang } = languageOf(c)
    const say = settingsWords[lang]
    const { ctx } = c.var
    const extent = await extentOf(ctx.db.read, organisationId, ctx.now)
    return (
      <>
        <h2>{say.leaveTitle}</h2>
        <Extent lang={lang} extent={extent} on={today(ctx)} />
        <p>{effectOf(lang, 'leave', extent)}</p>
        <div class="box danger">
          <OwnForm action={inLanguage(lang, '/desk/organisation/leave')} csrf={csrf}>
            <label for="reason">{say.leaveReason}</label>
            <textarea id="reason" name="reason" maxlength={500} rows={2} />
            <label class="choice" id="confirm" tabindex={-1}>
              <input type="checkbox" name="confirm" value="yes" required />
              <span>{stewardWords[lang].confirm}</span>
            </label>
            <p>
              <button type="submit">{say.leaveButton}</button>
            </p>
          </OwnForm>
        </div>
        <p>
          <a href={inLanguage(lang, '/desk/organisation')}>{say.back}</a>
        </p>
      </>
    )
  })
}
