import { type Context, today } from '../context.ts'
import type { RegistryError } from '../errors.ts'
import type { Http } from '../http/api.ts'
import { fill, type Language, languageOf, said } from '../http/language.ts'
import { pageSizeMax } from '../http/limits.ts'
import { inLanguage, paths, Said } from '../http/page.tsx'
import { Choice, Fact } from '../http/parts.tsx'
import { pages } from '../http/problem-pages.tsx'
import { OwnForm } from '../people/me-pages.tsx'
import { answerEnquiry, noSuchEnquiry } from '../usage/enquiries/answer.ts'
import { type EnquiryShown, enquiryAnswer } from '../usage/enquiries/enquiry.ts'
import { holdersActedFor, isAskedOf } from '../usage/enquiries/parties.ts'
import { findEnquiry, listReceived, listSent } from '../usage/enquiries/queries.ts'
import { showEnquiries, showEnquiry } from '../usage/enquiries/show.ts'
import { inputOrStop } from './accept.ts'
import { AnswerOf, AskerOf, EnquiryMark, PatentOf, SentTable, Written } from './enquiry-parts.tsx'
import { enquirySubjectWords, enquiryWords } from './enquiry-words.ts'
import { type Fields, given, goTo, orShowAgain, ownForm } from './form.ts'
import { officePage } from './office.tsx'
import { Day, Field, Nothing } from './parts.tsx'

/** Enquiries to the officer's organisation, to those it has a mandate of, and those that it sent itself. */
export const receivedEnquiriesPages = pages()
  .on('GET', paths('/desk/enquiries'), (c) => showList(c))
  .on('GET', paths('/desk/enquiries/:id'), (c) => showOne(c, c.req.param('id') ?? '', {}))
  .on('POST', paths('/desk/enquiries/:id'), async (c) => {
    const { fields } = await ownForm(c)
    const id = c.req.param('id') ?? ''
    return orShowAgain(
      async () => {
        const contact = given(fields, 'contact')
        const input = inputOrStop(enquiryAnswer, {
          decision: fields.decision,
          text: fields.text ?? '',
          ...(contact === undefined ? {} : { contact }),
        })
        await answerEnquiry(c.var.ctx, id, input)
        return goTo(c, `/desk/enquiries/${encodeURIComponent(id)}`)
      },
      (stop) => showOne(c, id, fields, stop),
    )
  })

function showList(c: Http): Promise<Response> {
  return officePage(c, 'enquiries', undefined, async ({ organisationId }, csrf) => {
    const { lang } = languageOf(c)
    const say = enquiryWords[lang]
    const { ctx } = c.var
    const [all, sent] = await Promise.all([
      holdersActedFor(ctx).then((holders) => listReceived(ctx.db.read, holders, undefined, undefined, pageSizeMax)),
      listSent(ctx.db.read, { personId: null, organisationId }, undefined, pageSizeMax),
    ])
    const waiting = await showEnquiries(ctx, all.filter(({ state }) => state === 'open').toReversed(), 'received')
    const done = await showEnquiries(
      ctx,
      all.filter(({ state }) => state !== 'open'),
      'received',
    )
    return (
      <>
        <p class="lead">{say.receivedLead}</p>
        {waiting.length === 0 ? (
          <Nothing>{say.noneReceived}</Nothing>
        ) : (
          <ReceivedTable lang={lang} enquiries={waiting} ctx={ctx} />
        )}
        {done.length === 0 ? null : (
          <>
            <h2>{say.done}</h2>
            <ReceivedTable lang={lang} enquiries={done} ctx={ctx} />
          </>
        )}
        <h2 id="sent">{say.sentByUs}</h2>
        {sent.length === 0 ? (
          <Nothing>{say.noneSent}</Nothing>
        ) : (
          <SentTable lang={lang} enquiries={await showEnquiries(ctx, sent, 'sent')} csrf={csrf} as="organisation" />
        )}
      </>
    )
  })
}

function ReceivedTable({
  lang,
  enquiries,
  ctx,
}: {
  lang: Language
  enquiries: readonly EnquiryShown[]
  ctx: Pick<Context, 'now'>
}) {
  const say = enquiryWords[lang]
  return (
    <table class="rows">
      <thead>
        <tr>
          <th scope="col">{say.patent}</th>
          <th scope="col">{say.from}</th>
          <th scope="col">{say.subject}</th>
          <th scope="col">{say.state}</th>
        </tr>
      </thead>
      <tbody>
        {enquiries.map((one) => (
          <tr>
            <th scope="row">
              <PatentOf enquiry={one} lang={lang} />
              <div class="small faint">{one.holder.name[lang]}</div>
            </th>
            <td>
              <AskerOf enquiry={one} lang={lang} />
            </td>
            <td>
              {enquirySubjectWords[one.subject][lang]}
              <div>
                <a href={inLanguage(lang, `/desk/enquiries/${one.id}`)}>
                  {say.read}
                  <span class="hide"> {one.patent.number}</span>
                </a>
              </div>
            </td>
            <td>
              <EnquiryMark state={one.state} lang={lang} />
              <div class="small">
                <Day at={one.askedAt} lang={lang} />
                {one.state === 'open' ? ` ${waitsFor(one.askedAt, ctx, lang)}` : null}
              </div>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function waitsFor(askedAt: string, ctx: Pick<Context, 'now'>, lang: Language): string {
  const say = enquiryWords[lang]
  const days = Math.round((Date.parse(today(ctx)) - Date.parse(askedAt.slice(0, 10))) / 86_400_000)
  return days < 1 ? say.waitsToday : fill(say.waits, { days })
}

async function showOne(c: Http, id: string, fields: Fields, stop?: RegistryError): Promise<Response> {
  const { lang } = languageOf(c)
  const say = enquiryWords[lang]
  const below = { title: say.received, path: `/desk/enquiries/${encodeURIComponent(id)}` }
  return officePage(
    c,
    'enquiries',
    stop,
    async (_, csrf) => {
      const { ctx } = c.var
      const found = await findEnquiry(ctx.db.read, id.slice(0, 100))
      if (!found || !(await isAskedOf(ctx, found))) throw noSuchEnquiry()
      const shown = await showEnquiry(ctx, found, 'received')
      return (
        <>
          <p>
            <EnquiryMark state={shown.state} lang={lang} />{' '}
            {shown.state === 'open' ? <span class="small faint">{waitsFor(shown.askedAt, ctx, lang)}</span> : null}
          </p>
          <dl class="facts">
            <Fact name={say.patent}>
              <PatentOf enquiry={shown} lang={lang} /> <Said {...said(shown.patent.title, lang)} />
            </Fact>
            <Fact name={say.forHolder}>{shown.holder.name[lang]}</Fact>
            <Fact name={say.from}>
              <AskerOf enquiry={shown} lang={lang} />
            </Fact>
            <Fact name={say.subject}>{enquirySubjectWords[shown.subject][lang]}</Fact>
            <Fact name={say.askedOn}>
              <Day at={shown.askedAt} lang={lang} />
            </Fact>
            <Fact name={say.message}>
              {shown.message === undefined ? say.withdrawnText : <Written text={shown.message} />}
            </Fact>
          </dl>
          <AnswerOf enquiry={shown} lang={lang} />
          {shown.state === 'open' ? <AnswerForm lang={lang} id={shown.id} csrf={csrf} fields={fields} /> : null}
        </>
      )
    },
    below,
  )
}

function AnswerForm({ lang, id, csrf, fields }: { lang: Language; id: string; csrf: string; fields: Fields }) {
  const say = enquiryWords[lang]
  return (
    <div class="box">
      <OwnForm action={inLanguage(lang, `/desk/enquiries/${id}`)} csrf={csrf}>
        <p>{say.answerEffect}</p>
        <Choice
          name="decision"
          label={say.decision}
          options={(['answered', 'declined'] as const).map((value) => ({ value, label: say[value] }))}
          chosen={fields.decision ?? 'answered'}
        />
        <label for="text">{say.text}</label>
        <textarea id="text" name="text" rows={6} maxlength={4000} required>
          {fields.text ?? ''}
        </textarea>
        <Field id="contact" label={say.contact} hint={say.answerContactHint} value={fields.contact} maxlength={300} />
        <p>
          <button type="submit">{say.answerDo}</button>
        </p>
      </OwnForm>
    </div>
  )
}
