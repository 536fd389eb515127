import type { Child } from 'hono/jsx'
import type { VerdictValue } from '../../policies/vocabulary.ts'
import { fill, type Language } from '../http/language.ts'
import { inLanguage } from '../http/page.tsx'
import type { EnquiryShown, EnquiryState } from '../usage/enquiries/enquiry.ts'
import { enquiryStateWords, enquirySubjectWords, enquiryWords } from './enquiry-words.ts'
import { ButtonForm, Day, Mark } from './parts.tsx'

const likes: Readonly<Record<EnquiryState, VerdictValue>> = {
  open: 'ask',
  answered: 'allowed',
  declined: 'not_allowed',
  withdrawn: 'not_needed',
}

export function EnquiryMark({ state, lang }: { state: EnquiryState; lang: Language }) {
  return <Mark like={likes[state]}>{enquiryStateWords[state][lang]}</Mark>
}

/** Enquiries as their asker sees them, with the answers. */
export function SentTable({
  lang,
  enquiries,
  csrf,
  as,
}: {
  lang: Language
  enquiries: readonly EnquiryShown[]
  csrf: string
  as: 'oneself' | 'organisation'
}) {
  const say = enquiryWords[lang]
  return (
    <table class="rows">
      <thead>
        <tr>
          <th scope="col">{say.patent}</th>
          <th scope="col">{say.to}</th>
          <th scope="col">{say.message}</th>
          <th scope="col">{say.state}</th>
        </tr>
      </thead>
      <tbody>
        {enquiries.map((one) => (
          <tr>
            <th scope="row">
              <PatentOf enquiry={one} lang={lang} />
            </th>
            <td>{one.holder.name[lang]}</td>
            <td>
              {enquirySubjectWords[one.subject][lang]}
              <Written text={one.message} />
            </td>
            <td>
              <EnquiryMark state={one.state} lang={lang} />
              <div class="small">
                <Day at={one.askedAt} lang={lang} />
              </div>
              <AnswerOf enquiry={one} lang={lang} />
              {one.state === 'open' ? (
                <>
                  <ButtonForm
                    action={inLanguage(lang, '/me/enquiries/withdraw')}
                    csrf={csrf}
                    fields={{ enquiry: one.id, as }}
                    label={say.withdraw}
                    about={one.patent.number}
                  />
                  <p class="small faint">{say.withdrawHint}</p>
                </>
              ) : null}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

export function PatentOf({ enquiry: { patent }, lang }: { enquiry: EnquiryShown; lang: Language }) {
  return (
    <a class="num" href={inLanguage(lang, `/patents/${encodeURIComponent(patent.number)}`)}>
      {patent.number}
    </a>
  )
}

/** The answer, and how to reach the other side once both have said how. */
export function AnswerOf({ enquiry: { answer, contacts, side }, lang }: { enquiry: EnquiryShown; lang: Language }) {
  const say = enquiryWords[lang]
  if (answer === undefined) return null
  return (
    <>
      <p class="small">
        <b>{say.answer}</b> <Day at={answer.at} lang={lang} />
        {answer.actedBy === undefined ? null : (
          <> {fill(say.answeredBy, { name: answer.actedBy.organisation.name[lang] })}</>
        )}
      </p>
      <Written text={answer.text} />
      <p class="small">
        <b>{say.theirs}</b>{' '}
        {contacts === undefined ? (
          <span class="faint">{say.noContacts}</span>
        ) : (
          <bdi class="pick">{side === 'sent' ? contacts.holder : contacts.asker}</bdi>
        )}
      </p>
    </>
  )
}

/** Who asks, as the holder sees it. */
export function AskerOf({ enquiry: { asker }, lang }: { enquiry: EnquiryShown; lang: Language }): Child {
  const say = enquiryWords[lang]
  if (asker === undefined) return <span class="faint">—</span>
  return (
    <>
      {asker.organisation === undefined ? null : <div>{asker.organisation.name[lang]}</div>}
      <bdi>{asker.name ?? (asker.organisation === undefined ? say.nobody : '')}</bdi>
      {asker.orcid === undefined ? null : <div class="small faint">{asker.orcid}</div>}
    </>
  )
}

/** What a person wrote, in its own lines. */
export function Written({ text }: { text: string | undefined }) {
  if (text === undefined) return null
  return (
    <p class="small" dir="auto">
      {text.split('\n').map((line, i) => (
        <>
          {i === 0 ? null : <br />}
          {line}
        </>
      ))}
    </p>
  )
}
