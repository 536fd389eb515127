import { revocationReasonWords } from '../../policies/vocabulary.ts'
import type { RegistryError } from '../errors.ts'
import { objectionInput } from '../grants/grant.ts'
import { objectToGrant } from '../grants/object.ts'
import { findGrant } from '../grants/queries.ts'
import type { Http } from '../http/api.ts'
import { languageOf } from '../http/language.ts'
import { inLanguage, paths } from '../http/page.tsx'
import { Choice } from '../http/parts.tsx'
import { pages } from '../http/problem-pages.tsx'
import { OwnForm } from '../people/me-pages.tsx'
import { inputOrStop } from './accept.ts'
import { type Fields, given, goTo, onceShown, orShowAgain, ownForm, shownField } from './form.ts'
import { grantResultWords } from './grant-result-words.ts'
import { grantsMovedFrom } from './objection-queries.ts'
import { officePage } from './office.tsx'
import { Day, Field, Nothing } from './parts.tsx'

/** A row stays a row; all of them are on the page of the grant. */
const numbersShownMax = 5

/** What a former institution or a holder can say against a grant: what follows is said before. */
export const objectionPages = pages()
  .on('GET', paths('/desk/objections'), (c) => showObjections(c, c.req.query()))
  .on('POST', paths('/desk/objections'), async (c) => {
    const { fields } = await ownForm(c)
    return orShowAgain(
      async () => {
        const input = inputOrStop(objectionInput, {
          reason: fields.reason,
          note: given(fields, 'note')?.replaceAll(/\s+/g, ' '),
        })
        await onceShown(c.var.ctx, fields, (ctx) =>
          objectToGrant(ctx, (fields.grant ?? '').trim().slice(0, 100), input),
        )
        return goTo(c, '/desk/objections?done=yes')
      },
      (stop) => showObjections(c, fields, stop),
    )
  })

function showObjections(c: Http, fields: Fields, stop?: RegistryError): Promise<Response> {
  return officePage(c, 'objections', stop, async ({ organisationId }, csrf) => {
    const { lang } = languageOf(c)
    const say = grantResultWords[lang]
    const { ctx } = c.var
    const ids = await grantsMovedFrom(ctx.db.read, organisationId, ctx.now)
    const moved = (await Promise.all(ids.map((id) => findGrant(ctx.db.read, id)))).flatMap((one) => one ?? [])
    return (
      <>
        {fields.done === 'yes' ? <p role="status">{say.objected}</p> : null}
        <p class="lead">{say.objectionLead}</p>
        <ul>
          {say.objectionEffects.split('\n').map((line) => (
            <li>{line}</li>
          ))}
        </ul>
        <h2>{say.moved}</h2>
        {moved.length === 0 ? (
          <Nothing>{say.noneMoved}</Nothing>
        ) : (
          <table class="rows">
            <thead>
              <tr>
                <th scope="col">{say.grant}</th>
                <th scope="col">{say.patents}</th>
                <th scope="col">{say.since}</th>
              </tr>
            </thead>
            <tbody>
              {moved.map(({ number, covered, issuedAt }) => (
                <tr>
                  <th scope="row">
                    <a class="num" href={inLanguage(lang, `/g/${number}`)}>
                      {number}
                    </a>
                  </th>
                  <td class="num">
                    {covered
                      .slice(0, numbersShownMax)
                      .map((one) => one.number)
                      .join(', ')}
                    {covered.length > numbersShownMax ? ` + ${covered.length - numbersShownMax}` : null}
                  </td>
                  <td>
                    <Day at={issuedAt} lang={lang} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        <h2>{say.object}</h2>
        <div class="box">
          <OwnForm action={inLanguage(lang, '/desk/objections')} csrf={csrf}>
            <input type="hidden" name={shownField} value={ctx.newId()} />
            <div class="row">
              <Field id="grant" label={say.grant} value={fields.grant} required maxlength={100} />
              <Choice
                name="reason"
                label={say.reason}
                options={objectionInput.shape.reason.options.map((value) => ({
                  value,
                  label: revocationReasonWords[value].label[lang],
                }))}
                chosen={fields.reason}
              />
            </div>
            <Field id="note" label={say.note} value={fields.note} required maxlength={1000} />
            <p>
              <button type="submit">{say.object}</button>
            </p>
          </OwnForm>
        </div>
      </>
    )
  })
}
